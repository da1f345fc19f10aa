package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** V1's payment URLs over HTTP. */
@OwnOrders
class LinkPayTest {

  private final Links links = new Links();

  private static long later() {
    return System.currentTimeMillis() / 1_000 + 3_600;
  }

  private static HttpResponse<String> page(URI link) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString());
    }
  }

  private static void refused(Api.Answer answer, int status) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.code()).isNotZero();
    assertThat(answer.message()).isNotBlank();
    assertThat(answer.body().has("response")).isTrue();
  }

  private static long count() {
    return JdbcClient.create(Hub.shared().database().dataSource())
        .sql("select count(*) from pay_link where merchant_id = 1")
        .query(Long.class)
        .single();
  }

  /** Published examples and the parameter table differ in form and in the type of the expiry. */
  static Stream<Map<String, Object>> forms() {
    return Stream.of(
        Links.order(),
        Links.with(Links.order(), "expired_at", later()),
        Links.wrapped(Links.order(), later()),
        Links.wrapped(Links.with(Links.order(), "amount", "10000"), String.valueOf(later())));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isMadeAndShown(Map<String, Object> form) throws Exception {
    URI link = links.made(form);
    assertThat(link.toString()).matches(Hub.shared().url() + "/link/[0-9a-z]+-[0-9a-f]{16}");
    HttpResponse<String> page = page(link);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("나루상점 주문 결제", "나무 의자", "10,000원", "토스페이먼츠 카드", "이니시스 카드")
        .doesNotContain("010-0000-0000", "buyer@example.com");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void lookingAtItMakesNoPayment() throws Exception {
    Map<String, Object> order = Links.order();
    order.remove("pay_methods");
    order.put("direct", Map.of("pg", "tosspayments", "pay_method", "card"));
    URI link = links.made(order);
    assertThat(page(link).body()).contains("data-direct=\"true\"");
    assertThat(links.found(order).status()).isEqualTo(404);
  }

  @Test
  void beginsAPayment() {
    Map<String, Object> order = Links.order();
    URI link = links.made(order);
    Api.Answer begun = links.pay(link, 0);
    assertThat(begun.body().path("url").asString())
        .matches(Hub.shared().url() + "/checkout/[0-9a-z]+-[0-9a-f]{32}");
    var payment = links.found(order).response();
    assertThat(payment.path("status").asString()).isEqualTo("ready");
    assertThat(payment.path("pg_provider").asString()).isEqualTo("tosspayments");
    assertThat(payment.path("amount").asInt()).isEqualTo(10_000);
    assertThat(payment.path("buyer_tel").asString()).isEqualTo("010-0000-0000");
    assertThat(payment.path("custom_data").asString()).isEqualTo("{\"cart\":7}");
    refused(links.pay(link, 3), 400);
    refused(links.pay(link, -1), 400);
  }

  @Test
  void endsWhenDisabled() throws Exception {
    Map<String, Object> order = Links.order();
    URI link = links.made(order);
    for (int i = 0; i < 2; i++) {
      Api.Answer disabled = links.disable(link);
      assertThat(disabled.status()).isEqualTo(200);
      assertThat(disabled.body().path("shortenedUrl").asString()).isEqualTo(link.toString());
    }
    assertThat(page(link).body()).contains("사용할 수 없는 결제 링크입니다").doesNotContain("data-method");
    refused(links.pay(link, 0), 200);
    assertThat(links.found(order).status()).isEqualTo(404);
    refused(links.send("PUT", Links.PATH + "/1-0123456789abcdef", ""), 404);
    refused(links.send("PUT", Links.PATH + "/nobody", ""), 404);
  }

  @Test
  void endsWhenItsTimeHasCome() throws Exception {
    Map<String, Object> order = Links.order();
    URI link = links.made(Links.with(order, "expired_at", later()));
    int rows =
        JdbcClient.create(Hub.shared().database().dataSource())
            .sql("update pay_link set expires_at = created_at where code = ?")
            .param(link.getPath().replaceFirst(".*-", ""))
            .update();
    assertThat(rows).isEqualTo(1);
    assertThat(page(link).body()).contains("사용할 수 없는 결제 링크입니다");
    refused(links.pay(link, 0), 200);
    assertThat(links.found(order).status()).isEqualTo(404);
  }

  @Test
  void anOrderThatIsPaidIsNotPaidAgain() throws Exception {
    Map<String, Object> order = Links.order();
    URI link = links.made(order);
    Map<String, Object> card =
        Api.keyIn(String.valueOf(order.get("merchant_uid")), "tosspayments", Api.GOOD_CARD);
    new Api(Hub.shared().url()).post("/subscribe/payments/onetime", card);
    assertThat(page(link).body()).contains("결제가 완료되었습니다").doesNotContain("data-method");
    refused(links.pay(link, 0), 200);
    refused(links.post(order), 200);
  }

  static Stream<Arguments> wrong() {
    Map<String, Object> bad = new LinkedHashMap<>();
    bad.put("title", "x".repeat(101));
    bad.put("user_code", "nobody");
    bad.put("amount", -1);
    bad.put("merchant_uid", "x".repeat(41));
    bad.put("currency", "EURO");
    bad.put("tax_free", 20_000);
    bad.put("notice_url", "ftp://example.com");
    bad.put("expired_at", 1_000);
    bad.put("tier_code", "ZZ9");
    bad.put("direct", Map.of("pg", "tosspayments", "pay_method", "card"));
    bad.put("pay_methods", List.of(Map.of("pg", "nobody", "pay_method", "card")));
    return Stream.concat(
        bad.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue())),
        Stream.of(
            Arguments.of("expired_at", "soon"),
            Arguments.of("amount", "many"),
            Arguments.of("amount", 0.5),
            Arguments.of("pay_methods", List.of()),
            Arguments.of("pay_methods", "card"),
            Arguments.of("pay_methods", List.of(Map.of("pay_method", "card"))),
            Arguments.of("pay_methods", List.of(Map.of("channelKey", "nobody", "pay_method", "x"))),
            Arguments.of("pay_methods", List.of(Map.of("pg", "danal", "pay_method", "card"))),
            Arguments.of("payment_info", "{"),
            Arguments.of("payment_info", "[]")));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void refusesWhatNoWindowCouldBeOpenedFor(String name, Object value) {
    long before = count();
    Api.Answer answer = links.post(Links.with(Links.order(), name, value));
    assertThat(answer.status()).as("%s: %s", name, answer.body()).isIn(400, 404, 501);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(answer.message()).isNotBlank();
    assertThat(count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title",
        "user_code",
        "amount",
        "merchant_uid",
        "name",
        "currency",
        "buyer_tel",
        "pay_methods"
      })
  void refusesWhatLacks(String name) {
    Map<String, Object> order = Links.order();
    order.remove(name);
    refused(links.post(order), 400);
  }

  @Test
  void refusesOtherBodiesAndMethods() throws Exception {
    for (String body : List.of("", "[]", "{", "title=1")) {
      refused(links.send("POST", Links.PATH, body), 400);
    }
    refused(links.send("GET", Links.PATH + "?x=1", ""), 405);
    assertThat(page(Hub.shared().url().resolve("/link/1-0123456789abcdef")).statusCode())
        .isEqualTo(404);
    refused(links.send("POST", "/link/1-0123456789abcdef/pay", "{\"method\":0}"), 404);
  }
}
