package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Pg;
import dev.naru.connector.facts.Reads;
import dev.naru.connector.facts.Reads.Door;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.testing.Api;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What shops' pages really send to a window: it opens as it does without it. */
@OwnOrders
class PagesSendTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Of every kind that a page may send, besides what it cannot do without. */
  private static final List<String> OPTIONAL =
      List.of(
          "currency",
          "tax_free",
          "vat_amount",
          "vat",
          "language",
          "buyer_addr",
          "buyer_postcode",
          "customer_uid",
          "customer_id",
          "custom_data",
          "notice_url",
          "confirm_url",
          "m_redirect_url",
          "app_scheme",
          "channelKey",
          "channelGroupId",
          "promotion_id",
          "escrow",
          "bypass",
          "country");

  private final Api api = new Api(Hub.shared().url());

  private static Map<String, Object> order(String pg) {
    Map<String, Object> order = FormBuyer.order(pg);
    order.put("buyer_email", "buyer@example.com");
    if (pg.startsWith("naverpay")) {
      order.put(
          "naverProducts",
          List.of(
              Map.of(
                  "categoryType",
                  "FOOD",
                  "categoryId",
                  "DELIVERY",
                  "uid",
                  "tea",
                  "name",
                  "차",
                  "count",
                  1)));
    }
    return order;
  }

  private Api.Answer ask(String path, Map<String, Object> params, boolean numbered) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", "imp00000000");
    body.put("page", "https://shop.example/cart");
    body.put("every_field", numbered);
    body.put("params", params);
    return api.bare(
        HttpRequest.newBuilder(api.at(path))
            .header("Content-Type", "application/json")
            .header("Origin", "https://shop.example")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private Api.Answer prepare(Map<String, Object> params) {
    return ask("/checkout/prepare", params, false);
  }

  private void opens(Map<String, Object> params) {
    Api.Answer answer = prepare(params);
    assertThat(answer.code()).as("%s %s", answer.message(), params).isZero();
  }

  private JsonNode payment(Api.Answer prepared) {
    assertThat(prepared.code()).as(prepared.message()).isZero();
    return api.get("/payments/" + prepared.response().path("imp_uid").asString()).response();
  }

  static Stream<Arguments> windows() {
    Map<String, List<String>> windows =
        Map.of(
            "tosspayments", List.of("card", "vbank", "trans", "phone", "kakaopay"),
            "html5_inicis", List.of("card", "vbank", "trans", "phone"),
            "settle", List.of("card", "vbank", "trans", "phone"),
            "kakaopay", List.of("card"),
            "naverpay", List.of("card"),
            "payco", List.of("card", "trans", "vbank"),
            "paymentwall", List.of("card"));
    return windows.entrySet().stream()
        .flatMap(pg -> pg.getValue().stream().map(method -> Arguments.of(pg.getKey(), method)));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void whatNobodyReadsIsNotJudged(String pg, String method) {
    Pg<?> known = Hub.shared().bean(PgDirectory.class).find(pg).orElseThrow();
    for (Object odd : List.of("odd", 7, List.of("odd"), Map.of("odd", List.of(Map.of())))) {
      Map<String, Object> params = order(pg);
      params.put("pay_method", method);
      for (String name : Reads.unread(Door.WINDOW, known, method)) {
        params.putIfAbsent(name.replaceFirst("[.].*", ""), below(name, odd));
      }
      opens(params);
    }
  }

  private static Object below(String name, Object odd) {
    int dot = name.indexOf('.');
    return dot < 0 ? odd : Map.of(name.substring(dot + 1), odd);
  }

  @Test
  void whatIsReadIsJudged() {
    Map<String, Object> odd =
        Map.of(
            "card", "366",
            "display", Map.of("card_quota", "many"),
            "useCardPoint", "odd",
            "products", "odd");
    odd.forEach(
        (name, value) -> {
          Map<String, Object> params = order("tosspayments");
          params.put(name, value);
          assertThat(prepare(params).code()).as(name).isNotZero();
        });
    Map<String, Object> due = order("tosspayments");
    due.put("pay_method", "vbank");
    due.put("vbank_due", "tomorrow");
    assertThat(prepare(due).code()).isNotZero();
  }

  @ParameterizedTest
  @MethodSource("windows")
  void whatSaysNothingIsAbsent(String pg, String method) {
    for (String word : List.of("", " ", "null", "undefined")) {
      Map<String, Object> params = order(pg);
      params.put("pay_method", method);
      OPTIONAL.forEach(name -> params.put(name, word));
      Reads.particular(Door.WINDOW).stream()
          .filter(name -> name.indexOf('.') < 0)
          .forEach(name -> params.putIfAbsent(name, word));
      opens(params);
    }
    Map<String, Object> params = order(pg);
    params.put("pay_method", method);
    OPTIONAL.forEach(name -> params.put(name, null));
    opens(params);
  }

  @ParameterizedTest
  @CsvSource({
    "tosspayments, 2039-12-31",
    "html5_inicis, 20391231",
    "settle, 2039/12/31",
    "tosspayments, 2039-12-31 23:59",
    "html5_inicis, 20391231235959",
    "settle, 2039-12-31 23:59:59.000",
    "tosspayments, 2039-12-31T14:59:59.000Z",
    "html5_inicis, 2208955199.5"
  })
  void datesUntilWhenToPay(String pg, String due) {
    Map<String, Object> params = order(pg);
    params.put("pay_method", "vbank");
    params.put("vbank_due", due);
    opens(params);
  }

  /** As the samples in Vue and React have it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"display\":{\"card_quota\":\"0\"}}",
        "{\"display\":{\"card_quota\":\"2,3\"}}",
        "{\"display\":{\"card_quota\":3}}",
        "{\"display\":{\"card_quota\":[\"2\",\"3\"]}}",
        "{\"display\":\"0\"}",
        "{\"digital\":{\"a\":1},\"pay_method\":\"phone\",\"company_en\":\"Naru\"}",
        "{\"digital\":\"Y\",\"pay_method\":\"phone\",\"company_en\":\"Naru\"}",
        "{\"escrow\":0,\"popup\":\"\",\"appCard\":[]}",
        "{\"tax_free\":\"0\"}",
        "{\"tax_free\":\"100\",\"vat_amount\":\"\"}",
        "{\"card\":\"\",\"period\":\"1m\",\"bypass\":\"\"}",
        "{\"card\":{\"direct\":{\"code\":366,\"quota\":\"0\"},\"detail\":\"all\"}}",
        "{\"language\":{},\"company\":12,\"phone\":[1]}"
      })
  void numberedScriptsCheckNoTypes(String odd) {
    for (String pg : List.of("tosspayments", "html5_inicis", "settle")) {
      Map<String, Object> params = order(pg);
      params.putAll(JSON.convertValue(JSON.readTree(odd), JSON.constructType(Map.class)));
      JsonNode made = payment(ask("/checkout/prepare", params, true));
      assertThat(made.path("amount").asInt()).isEqualTo(10_000);
    }
  }

  @Test
  void numberedScriptsDoNotGuessMoney() {
    for (String name : List.of("amount", "tax_free", "vat_amount")) {
      for (Object wrong : List.of("15,000", "100.5", "1000원", "-1", 0.5, List.of(), "0x10")) {
        Map<String, Object> params = order("html5_inicis");
        params.put(name, wrong);
        assertThat(ask("/checkout/prepare", params, true).code())
            .as("%s=%s", name, wrong)
            .isNotZero();
      }
    }
  }

  /** Today's script says what is wrong. */
  @Test
  void todaysScriptIsStrict() {
    Map<String, Object> params = order("html5_inicis");
    params.put("display", Map.of("card_quota", "0"));
    assertThat(prepare(params).code()).isNotZero();
    params = order("html5_inicis");
    params.put("tax_free", "0");
    assertThat(prepare(params).code()).isNotZero();
  }

  @ParameterizedTest
  @CsvSource({
    "html5_inicis.INIBillTst, html5_inicis",
    "html5_inicis.iniescrow0, html5_inicis",
    "inicis.INIBillTst, html5_inicis",
    "settle.nxva_sb_il, settle",
    "kakaopay.TC0ONETIME, kakaopay",
    "kakaopay.TCSUBSCRIP, kakaopay"
  })
  void publishedMids(String pg, String provider) {
    Map<String, Object> params = order(provider);
    params.put("pg", pg);
    assertThat(payment(prepare(params)).path("pg_provider").asString()).isEqualTo(provider);
  }

  @ParameterizedTest
  @CsvSource({"kcp, 결제", "danal, 결제", "kcp_v2, 결제", "bankholder, 결제"})
  void aPgThatIsThereForSomethingElse(String pg, String what) {
    Api.Answer answer = prepare(order(pg));
    assertThat(answer.message())
        .isEqualTo("PG(" + pg + ")에는 " + what + "에 사용할 수 있는 채널이 없습니다. 지원하지 않는 기능입니다.");
    assertThat(answer.code()).isEqualTo(-1);
  }

  @Test
  void aPaidOrderHasACodeOfItsOwn() {
    String paid = Api.newOrder();
    api.post("/subscribe/payments/onetime", Api.keyIn(paid, "tosspayments", Api.GOOD_CARD));
    Map<String, Object> params = order("html5_inicis");
    params.put("merchant_uid", paid);
    Api.Answer answer = prepare(params);
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.message()).isEqualTo("이미 결제가 이루어진 거래건입니다.");
    assertThat(answer.body().path("error_code").asString("")).isEqualTo("F1002");
    assertThat(answer.response().isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inicis_unified", "kcp_v2", "inicis"})
  void whatAnIdentityWindowDoesNotReadIsNotJudged(String pg) {
    Map<String, Object> params = new HashMap<>();
    params.put("pg", pg);
    params.put("merchant_uid", Api.newOrder());
    params.put("carrier", "LG");
    Api.Answer answer = ask("/checkout/certification", params, false);
    assertThat(answer.code()).as(answer.message()).isZero();
    params.put("pg", "danal");
    assertThat(ask("/checkout/certification", params, false).code()).isNotZero();
  }

  @Test
  void whatAnIdentityWindowIsToldAsNothing() {
    for (String word : new ArrayList<>(List.of("", "null", "undefined"))) {
      Map<String, Object> params = new HashMap<>();
      params.put("pg", "danal");
      params.put("merchant_uid", Api.newOrder());
      List.of("name", "phone", "carrier", "company", "min_age", "popup", "m_redirect_url")
          .forEach(name -> params.put(name, word));
      assertThat(ask("/checkout/certification", params, false).code()).isZero();
    }
  }
}
