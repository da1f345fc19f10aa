package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Paths, queries and headers that are wrong, written byte by byte: not even Tomcat's own refusals
 * are pages.
 */
class BadPathTest {

  private static final Shop SHOP = Shop.fresh();

  private static Wire.Got get(String target) {
    return Wire.raw(
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s"
            .formatted(target, SHOP.api().token()));
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing, 404",
    "/, 404",
    "//, 404",
    "/users, 404",
    "/payments/a/b/c, 404",
    "/PAYMENTS/status/all, 404",
    "/cards/366/x, 404",
    "/error, 404",
    "/WEB-INF/web.xml, 404",
    "/payments/%00, 400",
    "/payments/a%00b, 400",
    "/payments/a%2Fb, 404",
    "/subscribe/customers/a%2Fb, 404",
    "/payments/%5C, 404",
    "/payments/%zz, 400",
    "/payments/%ff, 400",
    "/payments/..%2f..%2fetc, 404",
    "/payments/../../etc/passwd, 400",
    "/payments/imp_000000000000;a=b, 404",
    "/payments/\u00ea, 400",
    "/payments?imp_uid[]=a\"b, 400",
    "/payments?imp_uid[]=%ff, 400",
    "/payments/status/all?page=%00, 400",
    "/payments/status/all?page=1&page=2, 400",
    "/payments/find/%20, 404",
    "/payments/find/a%0Ab, 404",
    "payments, 400"
  })
  void refusesPaths(String target, int status) {
    Wire.refused(get(target), status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/payments/",
        "/payments/find/",
        "/payments/findAll/",
        "/payments/prepare/",
        "/subscribe/customers/",
        "/cards/",
        "/banks/"
      })
  void doesNotFindWhatIsTooLong(String path) {
    Wire.refused(get(path + "x".repeat(2_000)), 404);
    Wire.refused(get(path + "%EA%B0%80".repeat(500)), 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/9.9|Host: localhost",
        "GET|Host: localhost",
        "G<T / HTTP/1.1|Host: localhost",
        "GET / HTTP/1.1",
        "GET / HTTP/1.1|Host: a|Host: b",
        "GET / HTTP/1.1|Host: local host",
        "POST /users/getToken HTTP/1.1|Host: localhost|Content-Length: -1",
        "POST /users/getToken HTTP/1.1|Host: localhost|Content-Length: 1|Content-Length: 2",
        "POST /users/getToken HTTP/1.1|Host: localhost|Transfer-Encoding: nonsense",
        "TRACE /users/pg HTTP/1.1|Host: localhost",
        "NONSENSE /users/pg HTTP/1.1|Host: localhost"
      })
  void brokenRequestsGetNoPage(String head) {
    noPage(Wire.raw(head.replace("|", "\r\n")));
  }

  @Test
  void aHeaderThatIsTooLargeGetsNoPage() {
    noPage(Wire.raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000)));
    noPage(get("/payments?" + "a".repeat(20_000)));
  }

  @Test
  void anAuthorizationInAnotherAlphabetIsWrong() {
    Wire.refused(
        Wire.raw("GET /users/pg HTTP/1.1\r\nHost: localhost\r\nAuthorization: \u00e9\u00ff"), 401);
  }

  /** The envelope, or where the connection is not worth an answer, nothing at all. */
  private static void noPage(Wire.Got got) {
    assertThat(got.status()).isBetween(400, 505);
    if (!got.text().isEmpty()) {
      Wire.refused(got, got.status());
    }
  }
}
