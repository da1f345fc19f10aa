package dev.naru.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.LooksAtPages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every page that has an address of its own, in both languages, both colour schemes and two widths.
 * Hosted pages and the simulators' windows, which somebody has to come to, are {@code PagesTest}'s.
 */
@LooksAtPages
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

  private final Hub hub = Hub.shared();
  private final Onlooker onlooker = new Onlooker();

  /** A page. Whoever adds one adds its line. */
  record Seen(String name, String path, int status) {
    @Override
    public String toString() {
      return path;
    }
  }

  static Stream<Seen> pages() {
    return Stream.of(
        new Seen("start", "/", 200),
        new Seen("nowhere", "/nowhere", 404),
        new Seen("not-for-browsers", "/users/getToken", 405),
        new Seen("no-link", "/link/1-0000000000000000", 404),
        new Seen("no-window", "/checkout/1-00000000000000000000000000000000", 404),
        new Seen("cards", "/sandbox/cards", 200),
        new Seen("hooks", "/sandbox/hooks/demo", 200),
        new Seen("hooks-got", "/sandbox/hooks/look", 200),
        new Seen("outbox", "/sandbox/outbox", 200),
        new Seen("gateways", "/sandbox/gateways", 200),
        new Seen("books", "/sandbox/books/tosspayments", 200),
        new Seen("docs", "/docs", 200),
        new Seen("demo-card", "/demo", 200),
        new Seen("demo-vbank", "/demo?flow=vbank", 200),
        new Seen("demo-key", "/demo?flow=key", 200),
        new Seen("demo-identity", "/demo?flow=identity", 200),
        new Seen("demo-promotion", "/demo?flow=promotion", 200),
        new Seen("demo-link", "/demo?flow=link", 200));
  }

  @AfterAll
  void leave() {
    onlooker.close();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void isGoodToLookAt(Seen page) throws Exception {
    something(page);
    assertThat(onlooker.look(page.name(), hub.url() + page.path(), page.status(), opened -> {}))
        .isEmpty();
  }

  /** What there is to list. */
  private void something(Seen page) throws Exception {
    Api api = new Api(hub.url());
    switch (page.name()) {
      case "hooks-got" ->
          send(
              HttpRequest.newBuilder(at(page.path()))
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString("{\"merchant_uid\": \"o\", \"status\": \"paid\"}")));
      case "books" ->
          api.post(
              "/subscribe/payments/onetime",
              Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD));
      case "outbox" ->
          api.post(
              "/certifications/otp/request",
              Map.<String, Object>of(
                  "pg",
                  "danal",
                  "name",
                  "Kim",
                  "phone",
                  "010-1234-5678",
                  "birth",
                  "900101",
                  "gender_digit",
                  "1",
                  "carrier",
                  "KT"));
      default -> {
        // Is there by itself.
      }
    }
  }

  /** What programs send, V1's clients among them, and Java's own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/json",
        "application/json, text/plain, */*",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
      })
  void programsGetWhatTheyGot(String accept) throws Exception {
    for (Seen page :
        pages()
            .filter(one -> one.path().matches("/nowhere|/users.*|/sandbox/(?!cards).*"))
            .toList()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(at(page.path()));
      if (!accept.isEmpty()) {
        request.header("Accept", accept);
      }
      HttpResponse<String> answer = send(request);
      assertThat(answer.statusCode()).isEqualTo(page.status());
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .as(page.path())
          .startsWith("application/json");
      JsonMapper.shared().readTree(answer.body());
    }
  }

  /** A list says that nothing is there while that is so, and only then. */
  @Test
  void aListIsEmptyOrNot() throws Exception {
    String path = "/sandbox/hooks/emptied";
    assertThat(browse(path)).contains("아직 받은 웹훅이 없습니다").doesNotContain("order-7");
    send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"merchant_uid\": \"order-7\"}")));
    assertThat(browse(path)).contains("order-7").doesNotContain("아직 받은 웹훅이 없습니다");
  }

  private String browse(String path) throws Exception {
    return send(HttpRequest.newBuilder(at(path)).header("Accept", BROWSER)).body();
  }

  /** Somebody who calls with a token is a program, whatever it says that it takes. */
  @Test
  void aTokenIsAProgram() throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(at("/nowhere"))
                .header("Accept", BROWSER)
                .header("Authorization", "token"));
    assertThat(answer.body()).startsWith("{\"code\":-1");
  }

  @Test
  void textsAreCompressedAndTypeIsKept() throws Exception {
    HttpResponse<byte[]> page =
        HTTP.send(
            HttpRequest.newBuilder(at("/docs")).header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofByteArray());
    assertThat(page.headers().firstValue("Content-Encoding")).contains("gzip");
    HttpResponse<Void> type =
        HTTP.send(
            HttpRequest.newBuilder(at("/assets/look/pretendard-1-3-9/91.woff2")).build(),
            BodyHandlers.discarding());
    assertThat(type.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
  }

  private URI at(String path) {
    return URI.create(hub.url() + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
