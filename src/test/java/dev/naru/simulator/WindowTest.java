package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Toss Payments' windows, driven as a browser without script would. */
@Apart
class WindowTest {

  @TempDir Path data;
  private Shop shop;

  @BeforeEach
  void start() {
    shop = new Shop(data);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private HttpResponse<String> open(String kind, String order, String method) {
    Map<String, String> request = new LinkedHashMap<>();
    request.put("clientKey", "test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm");
    request.put("customerKey", "buyer 1");
    request.put("method", method);
    request.put("amount", "60000");
    request.put("orderId", order);
    request.put("orderName", "<b>사과</b>");
    request.put("customerName", "홍길동");
    request.put("successUrl", "http://shop.test/ok?a=1");
    request.put("failUrl", "http://shop.test/fail");
    return shop.get(
        shop.url
            + "/tosspayments/window/"
            + kind
            + "?"
            + Shop.encode(request, StandardCharsets.UTF_8));
  }

  private Map<String, String> pay(HttpResponse<String> opened, String number) {
    return Shop.query(
        Shop.location(
            shop.press(opened, Map.of("method", "card", "card_number", number, "action", "pay"))));
  }

  private HttpResponse<String> confirm(Map<String, String> back, long amount) {
    return shop.tossPost(
        "payments/confirm",
        Map.of(
            "paymentKey", back.getOrDefault("paymentKey", ""),
            "orderId", back.getOrDefault("orderId", ""),
            "amount", amount));
  }

  @Test
  void shows_a_test_window_in_two_languages() {
    String window = shop.url + Shop.location(open("payment", "window-1", ""));
    HttpResponse<String> korean = shop.get(window);
    HttpResponse<String> english = shop.get(window + "?lang=en");

    assertThat(korean.body()).contains("60,000원 결제하기", "실제로 결제되지 않습니다", "&lt;b&gt;사과", "60,000원");
    assertThat(english.body()).contains(">Pay KRW 60,000<", "No money moves", "lang=\"en\"");
    for (String id :
        new String[] {
          "card-number", "pay", "close", "outcome", "method-card", "method-vbank", "bank"
        }) {
      assertThat(korean.body()).contains("id=\"" + id + "\"");
    }
    assertThat(korean.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(korean.headers().firstValue("X-Frame-Options")).isEmpty();
    assertThat(korean.body()).doesNotContain("style=", "onclick");
  }

  @Test
  void pays_and_confirms_once() {
    Map<String, String> back = pay(open("payment", "window-2", "CARD"), Shop.GOOD_CARD);
    assertThat(back).containsEntry("amount", "60000").containsEntry("orderId", "window-2");

    assertThat(confirm(back, 1).statusCode()).isEqualTo(400);
    assertThat(shop.book("tosspayments", "window-2")).isEmpty();
    JsonNode paid = Shop.json(confirm(back, 60000));
    assertThat(paid.path("status").asString()).isEqualTo("DONE");
    assertThat(Shop.json(confirm(back, 60000)).path("code").asString())
        .isEqualTo("ALREADY_PROCESSED_PAYMENT");
    assertThat(shop.book("tosspayments", "window-2")).hasSize(1);

    Map<String, String> second = pay(open("payment", "window-2", "CARD"), Shop.GOOD_CARD);
    assertThat(Shop.json(confirm(second, 60000)).path("code").asString())
        .isEqualTo("DUPLICATED_ORDER_ID");
  }

  @Test
  void a_payment_must_be_confirmed_within_ten_minutes() {
    Map<String, String> back = pay(open("payment", "window-6", "CARD"), Shop.GOOD_CARD);
    shop.ahead = Duration.ofMinutes(11);

    assertThat(Shop.json(shop.tossGet("payments/orders/window-6")).path("status").asString())
        .isEqualTo("EXPIRED");
    assertThat(Shop.json(confirm(back, 60000)).path("code").asString())
        .isEqualTo("NOT_FOUND_PAYMENT_SESSION");
    assertThat(shop.book("tosspayments", "window-6")).isEmpty();
  }

  @Test
  void a_window_survives_a_restart_and_leads_to_one_place() {
    String path = Shop.location(open("payment", "window-3", "CARD"));
    shop.close();
    shop = new Shop(data);

    Map<String, String> buyer =
        Map.of("method", "card", "card_number", Shop.GOOD_CARD, "action", "pay");
    String first = Shop.location(shop.form(shop.url + path, buyer));
    assertThat(Shop.location(shop.form(shop.url + path, buyer))).isEqualTo(first);
    assertThat(Shop.location(shop.get(shop.url + path))).isEqualTo(first);
    assertThat(Shop.json(confirm(Shop.query(first), 60000)).path("status").asString())
        .isEqualTo("DONE");
  }

  @Test
  void tells_the_shop_when_the_buyer_leaves_or_the_card_is_wrong() {
    HttpResponse<String> closed =
        shop.press(open("payment", "window-4", "CARD"), Map.of("action", "close"));
    assertThat(Shop.query(Shop.location(closed)))
        .containsEntry("code", "PAY_PROCESS_CANCELED")
        .doesNotContainKey("orderId");
    assertThat(pay(open("payment", "window-4", "CARD"), "4000000000000077"))
        .containsEntry("code", "INVALID_CARD_NUMBER")
        .containsEntry("orderId", "window-4");
    assertThat(
            shop.press(
                    open("payment", "window-4", "CARD"),
                    Map.of("method", "card", "card_number", "12", "action", "pay"))
                .body())
        .contains("role=\"alert\"");
  }

  @Test
  void an_outcome_from_the_list_outweighs_the_card() {
    HttpResponse<String> paid =
        shop.press(
            open("payment", "window-5", "TRANSFER"),
            Map.of("method", "transfer", "outcome", "BALANCE", "action", "pay"));
    assertThat(Shop.json(confirm(Shop.query(Shop.location(paid)), 60000)).path("code").asString())
        .isEqualTo("REJECT_CARD_PAYMENT");
    assertThat(Shop.json(shop.tossGet("payments/orders/window-5")).path("status").asString())
        .isEqualTo("ABORTED");
  }

  @Test
  void registers_a_card() {
    Map<String, String> back = pay(open("billing", "", ""), Shop.GOOD_CARD);
    assertThat(back).containsEntry("customerKey", "buyer 1");
    Map<String, String> issue =
        Map.of("authKey", back.getOrDefault("authKey", ""), "customerKey", "buyer 1");

    JsonNode key = Shop.json(shop.tossPost("billing/authorizations/issue", issue));
    assertThat(key.path("billingKey").asString()).isNotEmpty();
    assertThat(shop.tossPost("billing/authorizations/issue", issue).statusCode()).isEqualTo(400);
  }

  @Test
  void refuses_to_lead_to_a_script() {
    assertThat(
            shop.get(
                    shop.url
                        + "/tosspayments/window/payment?clientKey=test_ck_1&amount=100&orderId=abcdef"
                        + "&successUrl=javascript:alert(1)&failUrl=http://a")
                .statusCode())
        .isEqualTo(400);
  }
}
