package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a window is asked for with, over HTTP: whatever is wrong makes no payment. */
class PrepareTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Hub hub = Hub.shared();
  private final Api api = new Api(hub.url());

  private static Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("pg", "tosspayments");
    String order = Api.newOrder();
    params.put("merchant_uid", order);
    params.put("name", name(order));
    params.put("amount", 10_000);
    return params;
  }

  private static String name(String order) {
    return "의자 " + order;
  }

  private static Map<String, Object> body(Map<String, Object> params) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", "imp00000000");
    body.put("page", "https://shop.example/cart?id=1");
    body.put("params", params);
    return body;
  }

  private Api.Answer prepare(Map<String, Object> body) {
    return send(JSON.writeValueAsString(body), "https://shop.example");
  }

  private Api.Answer send(String body, String origin) {
    return api.bare(
        HttpRequest.newBuilder(api.at("/checkout/prepare"))
            .header("Content-Type", "application/json")
            .header("Origin", origin)
            .POST(BodyPublishers.ofString(body)));
  }

  /** Those of this order or of its name: others use the same hub, and a mistake spares one. */
  private int payments(String order) {
    return JdbcClient.create(hub.database().dataSource())
        .sql("select count(*) from payment where merchant_uid = :order or doc ->> 'name' = :name")
        .param("order", order)
        .param("name", name(order))
        .query(Integer.class)
        .single();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("merchant_uid", null),
        Arguments.of("merchant_uid", ""),
        Arguments.of("merchant_uid", 7),
        Arguments.of("merchant_uid", "x".repeat(41)),
        Arguments.of("merchant_uid", "a\u0000b"),
        Arguments.of("amount", null),
        Arguments.of("amount", "10000"),
        Arguments.of("amount", 0),
        Arguments.of("amount", -1),
        Arguments.of("amount", 100.5),
        Arguments.of("amount", 1e300),
        Arguments.of("amount", List.of(1)),
        Arguments.of("name", null),
        Arguments.of("currency", "ABC"),
        Arguments.of("tax_free", 10_001),
        Arguments.of("tax_free", -1),
        Arguments.of("vat_amount", 10_001),
        Arguments.of("buyer_email", "e".repeat(65)),
        Arguments.of("customer_uid", "c".repeat(81)),
        Arguments.of("pg", "nobody"),
        Arguments.of("pg", "tosspayments.other"),
        Arguments.of("channelKey", "channel-key-unknown"),
        Arguments.of("notice_url", "ftp://shop.example/x"),
        Arguments.of("notice_url", List.of("javascript:alert(1)")),
        Arguments.of("confirm_url", "not a url"),
        Arguments.of("m_redirect_url", "javascript:alert(1)"),
        Arguments.of("app_scheme", "1 2"),
        Arguments.of("bypass", Map.of("x", "y\u0000")),
        Arguments.of("bypass", "{}"),
        Arguments.of("pay_method", "bogus"),
        Arguments.of("pay_method", 1),
        Arguments.of("escrow", "yes"),
        Arguments.of("useCardPoint", "Y"),
        Arguments.of("customer_id", 7),
        Arguments.of("display", "x"),
        Arguments.of("display", Map.of("card_quota", "3")),
        Arguments.of("display", Map.of("card_quota", List.of("3"))),
        Arguments.of("display", Map.of("only_installment", "x")),
        Arguments.of("card", "366"),
        Arguments.of("card", Map.of("direct", "366")),
        Arguments.of("card", Map.of("direct", Map.of("code", 366))),
        Arguments.of("card", Map.of("direct", Map.of("code", "366", "quota", -1))),
        Arguments.of("card", Map.of("direct", Map.of("code", "366", "quota", 1.5))),
        Arguments.of("card", Map.of("direct", Map.of("code", "366", "quota", 3_000_000_000L))),
        Arguments.of("card", Map.of("detail", List.of("366"))),
        Arguments.of("card", Map.of("detail", List.of(Map.of("enabled", true)))),
        Arguments.of("products", Map.of("id", "x")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsRefused(String name, @Nullable Object value) {
    Map<String, Object> params = params();
    String order = String.valueOf(params.get("merchant_uid"));
    params.put(name, value);
    Api.Answer answer = prepare(body(params));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(answer.message()).isNotBlank();
    assertThat(answer.response().isNull()).isTrue();
    assertThat(payments(order)).isZero();
  }

  /** What is wrong where it is read, and nobody's business elsewhere. */
  static Stream<Arguments> ofSome() {
    return Stream.of(
        Arguments.of("tosspayments", "vbank", "vbank_due", "tomorrow"),
        Arguments.of("tosspayments", "vbank", "vbank_due", "2030-13-45"),
        Arguments.of("tosspayments", "phone", "digital", 1),
        Arguments.of("html5_inicis", "card", "period", "2030"),
        Arguments.of("html5_inicis", "card", "card", Map.of("interest_free", "3")),
        Arguments.of("payco", "card", "popup", "wide"),
        Arguments.of("naverpay", "card", "naverPopupMode", "no"),
        Arguments.of("naverpay", "card", "naverProducts", "tea"),
        Arguments.of("naverpay", "card", "naverUseCfm", "2030-12-31"));
  }

  @ParameterizedTest
  @MethodSource("ofSome")
  void whatNobodyReadsIsNotJudged(String pg, String method, String name, Object value) {
    Map<String, Object> params = params();
    params.put(name, value);
    params.put("pay_method", "card");
    assertThat(prepare(body(params)).code()).isZero();
    params.put("merchant_uid", Api.newOrder());
    params.put("pg", pg);
    params.put("pay_method", method);
    Api.Answer answer = prepare(body(params));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains(name);
  }

  /** Texts that people read are cut at V1's limit, in characters and not in halves of them. */
  @Test
  void longTextsAreCut() {
    Map<String, Object> params = params();
    params.put("name", "의".repeat(39) + "\uD83E\uDE91\uD83E\uDE91");
    params.put("buyer_name", "가".repeat(28));
    params.put("buyer_tel", "1".repeat(17));
    params.put("buyer_addr", "a".repeat(129));
    params.put("buyer_postcode", "1".repeat(9));
    assertThat(prepare(body(params)).code()).isZero();
    JsonNode kept = api.get("/payments/find/" + params.get("merchant_uid")).response();
    assertThat(kept.path("name").asString()).isEqualTo("의".repeat(39) + "\uD83E\uDE91");
    assertThat(kept.path("buyer_name").asString()).isEqualTo("가".repeat(16));
    assertThat(kept.path("buyer_tel").asString()).isEqualTo("1".repeat(16));
    assertThat(kept.path("buyer_addr").asString()).isEqualTo("a".repeat(128));
    assertThat(kept.path("buyer_postcode").asString()).isEqualTo("1".repeat(8));
  }

  /** What pages do send, and what is as good as nothing. */
  @Test
  void whatIsUsualIsTaken() {
    Map<String, Object> params = params();
    params.put("escrow", "false");
    params.put("digital", true);
    params.put("popup", null);
    params.put("vbank_due", "2030-12-31 23:59:59");
    params.put("biz_num", "1234567890");
    params.put("buyer_tel", 1012345678);
    params.put("display", Map.of("card_quota", List.of()));
    params.put(
        "card",
        Map.of(
            "direct",
            Map.of("code", "366", "quota", 0),
            "detail",
            List.of(Map.of("card_code", "*"))));
    params.put("phone", Map.of("carrier", "SKT"));
    params.put("period", Map.of("from", "20300101", "to", "20301231"));
    params.put("bypass", Map.of("tosspayments", Map.of("useInternationalCardOnly", true)));
    params.put("unheard_of", Map.of("a", 1));
    params.put("notice_url", List.of("https://shop.example/a", "https://shop.example/b"));
    assertThat(prepare(body(params)).code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "null",
        "7",
        "{}",
        "{\"user_code\":\"imp00000000\",\"params\":[]}",
        "{\"user_code\":\"imp00000000\",\"params\":{\"merchant_uid\":\"a\",\"name\":\"b\",\"amount\":1e-999999999}}"
      })
  void aBodyThatIsNoRequestIsRefused(String body) {
    Api.Answer answer = send(body, "https://shop.example");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(-1);
  }

  @Test
  void whoAsksMustBeKnown() {
    Map<String, Object> body = body(params());
    body.put("user_code", "imp99999999");
    assertThat(prepare(body).status()).isEqualTo(400);
    body.put("user_code", "imp00000000");
    body.put("tier_code", "ZZZ");
    assertThat(prepare(body).status()).isEqualTo(404);
    body.remove("tier_code");
    body.put("page", "https://other.example/");
    assertThat(prepare(body).status()).isEqualTo(400);
  }

  @Test
  void anotherAmountThanRegisteredIsRefused() {
    Map<String, Object> params = params();
    String order = String.valueOf(params.get("merchant_uid"));
    assertThat(api.post("/payments/prepare", Map.of("merchant_uid", order, "amount", 9_000)).code())
        .isZero();
    assertThat(prepare(body(params)).code()).isEqualTo(1);
    assertThat(payments(order)).isZero();
  }

  @Test
  void aPaidOrderIsRefused() {
    String order = Api.newOrder();
    assertThat(
            api.post("/subscribe/payments/onetime", Api.keyIn(order, "tosspayments", Api.GOOD_CARD))
                .code())
        .isZero();
    Map<String, Object> params = params();
    params.put("merchant_uid", order);
    assertThat(prepare(body(params)).code()).isEqualTo(1);
  }

  @Test
  void aWindowIsMade() {
    Map<String, Object> body = body(params());
    Api.Answer answer = prepare(body);
    assertThat(answer.code()).isZero();
    assertThat(answer.response().path("presentation").asString()).isEqualTo("iframe");
    assertThat(answer.response().path("url").asString())
        .startsWith(hub.url() + "/checkout/1-")
        .matches(".*-[0-9a-f]{32}");
    String impUid = answer.response().path("imp_uid").asString();
    assertThat(api.get("/payments/" + impUid).response().path("status").asString())
        .isEqualTo("ready");
  }

  @Test
  void aForgedReturnChangesNothing() {
    for (String pg : List.of("tosspayments", "html5_inicis")) {
      Map<String, Object> params = params();
      params.put("pg", pg);
      Api.Answer answer = prepare(body(params));
      URI back = URI.create(answer.response().path("url").asString() + "/return");
      String impUid = answer.response().path("imp_uid").asString();
      assertThat(status(back, "paymentKey=stolen&orderId=another&amount=10000")).isEqualTo(400);
      assertThat(
              status(
                  back,
                  "resultCode=0000&resultMsg=ok&mid=INIpayTest&orderNumber=x&authToken=t"
                      + "&idc_name=fc&authUrl=http%3A%2F%2Fevil.example%2Fapi%2FpayAuth"
                      + "&netCancelUrl=http%3A%2F%2Fevil.example%2F"))
          .isEqualTo(400);
      assertThat(status(back, "P_STATUS=00&P_TID=t&P_REQ_URL=http%3A%2F%2Fevil.example"))
          .isEqualTo(400);
      String order = orderId(impUid);
      assertThat(
              status(
                  back,
                  "resultCode=0000&resultMsg=ok&mid=INIpayTest&authToken=t&idc_name=fc&orderNumber="
                      + order
                      + "&authUrl=http%3A%2F%2Fevil.example%2Fapi%2FpayAuth"
                      + "&netCancelUrl=http%3A%2F%2Fevil.example%2F"))
          .isEqualTo(400);
      assertThat(
              status(
                  back,
                  "P_STATUS=00&P_TID=t&idc_name=fc&P_AMT=10000&P_NOTI="
                      + order
                      + "&P_REQ_URL=http%3A%2F%2Fevil.example%2Fsmart%2FpayReq.ini"))
          .isEqualTo(400);
      assertThat(status(back, "%zz=%&&=&")).isEqualTo(400);
      assertThat(api.get("/payments/" + impUid).response().path("status").asString())
          .isEqualTo("ready");
    }
    assertThat(status(api.at("/checkout/1-" + "0".repeat(32) + "/return"), "a=b")).isEqualTo(404);
    assertThat(status(api.at("/checkout/nobody/return"), "a=b")).isEqualTo(404);
  }

  @Test
  void anotherAmountThanAskedForIsNotCharged() {
    Api.Answer answer = prepare(body(params()));
    String impUid = answer.response().path("imp_uid").asString();
    URI back = URI.create(answer.response().path("url").asString() + "/return");
    assertThat(status(back, "paymentKey=p&amount=1&orderId=" + orderId(impUid))).isEqualTo(303);
    var payment = api.get("/payments/" + impUid).response();
    assertThat(payment.path("status").asString()).isEqualTo("failed");
  }

  private String orderId(String impUid) {
    return JdbcClient.create(hub.database().dataSource())
        .sql("select order_id from attempt where merchant_id = 1 and imp_uid = :uid")
        .param("uid", impUid)
        .query(String.class)
        .single();
  }

  @Test
  void aNoticeOfNobodyIsNotAcknowledged() {
    assertThat(status(api.at("/notices/1/channel-key-unknown"), "a=b")).isEqualTo(404);
    assertThat(status(api.at("/notices/../x"), "a=b")).isEqualTo(404);
  }

  private int status(URI target, String form) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(target)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
