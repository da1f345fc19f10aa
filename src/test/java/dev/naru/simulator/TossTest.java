package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Apart
class TossTest {

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

  private JsonNode keyIn(String order, String number) {
    return Shop.json(shop.tossPost("payments/key-in", Shop.card(order, 1004, number)));
  }

  private static String code(HttpResponse<String> answer) {
    return answer.statusCode() + " " + Shop.json(answer).path("code").asString("");
  }

  @Test
  void charges_a_card_and_tells_about_it() {
    JsonNode paid = keyIn("order-01", Shop.GOOD_CARD);

    assertThat(paid.path("status").asString()).isEqualTo("DONE");
    assertThat(paid.path("method").asString()).isEqualTo("카드");
    assertThat(paid.path("mId").asString()).isEqualTo("tosstest");
    assertThat(paid.path("balanceAmount").asLong()).isEqualTo(1004);
    assertThat(paid.path("approvedAt").asString()).endsWith("+09:00");
    assertThat(paid.path("card").path("number").asString()).isEqualTo("53100000****0000");
    assertThat(Shop.json(shop.tossGet("payments/orders/order-01"))).isEqualTo(paid);
    assertThat(Shop.json(shop.tossGet("payments/" + paid.path("paymentKey").asString())))
        .isEqualTo(paid);
    assertThat(shop.book("tosspayments", "order-01").get(0).path("balance").asLong())
        .isEqualTo(1004);
  }

  @Test
  void charges_an_order_once() {
    keyIn("order-02", Shop.GOOD_CARD);

    assertThat(code(shop.tossPost("payments/key-in", Shop.card("order-02", 1004, Shop.GOOD_CARD))))
        .isEqualTo("400 DUPLICATED_ORDER_ID");
    assertThat(shop.book("tosspayments", "order-02")).hasSize(1);
  }

  @Test
  void keeps_merchants_apart_by_secret_key() {
    keyIn("order-03", Shop.GOOD_CARD);

    assertThat(
            shop.send(
                    shop.tossAs("test_sk_other", "payments/orders/order-03").GET(),
                    StandardCharsets.UTF_8)
                .statusCode())
        .isEqualTo(404);
    assertThat(
            code(
                shop.tossPost(
                    shop.tossAs("live_sk_x", "payments/key-in"),
                    Shop.card("order-03", 1004, Shop.GOOD_CARD))))
        .isEqualTo("401 UNAUTHORIZED_KEY");
  }

  @ParameterizedTest
  @CsvSource({
    "4000000000000002,403 REJECT_CARD_COMPANY",
    "4000000000000010,403 EXCEED_MAX_ONE_DAY_AMOUNT",
    "4000000000000028,403 REJECT_CARD_PAYMENT",
    "4000000000000036,400 INVALID_CARD_LOST_OR_STOLEN",
    "4000000000000077,400 INVALID_CARD_NUMBER",
    "4000000000000101,403 FDS_ERROR",
    "4000000000000119,400 CARD_PROCESSING_ERROR",
    "1234,400 INVALID_CARD_NUMBER"
  })
  void declines(String number, String code) {
    assertThat(code(shop.tossPost("payments/key-in", Shop.card("order-04", 1004, number))))
        .isEqualTo(code);
    assertThat(shop.book("tosspayments", "order-04").valueStream())
        .allMatch(line -> line.path("declined").asBoolean());
  }

  @Test
  void cancels_in_parts_up_to_what_is_left() {
    String path = "payments/" + keyIn("order-05", Shop.GOOD_CARD).path("paymentKey").asString();

    JsonNode part =
        Shop.json(shop.tossPost(path + "/cancel", Map.of("cancelReason", "a", "cancelAmount", 4)));
    assertThat(part.path("status").asString()).isEqualTo("PARTIAL_CANCELED");
    assertThat(part.path("cancels").get(0).path("refundableAmount").asLong()).isEqualTo(1000);
    assertThat(
            code(
                shop.tossPost(path + "/cancel", Map.of("cancelReason", "a", "cancelAmount", 1001))))
        .isEqualTo("403 NOT_CANCELABLE_AMOUNT");
    assertThat(
            Shop.json(shop.tossPost(path + "/cancel", Map.of("cancelReason", "rest")))
                .path("status")
                .asString())
        .isEqualTo("CANCELED");
    assertThat(code(shop.tossPost(path + "/cancel", Map.of("cancelReason", "again"))))
        .isEqualTo("400 ALREADY_CANCELED_PAYMENT");
    assertThat(shop.book("tosspayments", "order-05").get(0).path("cancels")).hasSize(2);
  }

  @Test
  void answers_a_repeated_idempotency_key_with_the_first_answer() {
    Map<String, Object> card = Shop.card("order-06", 1004, Shop.GOOD_CARD);
    HttpResponse<String> first =
        shop.tossPost(shop.toss("payments/key-in").header("Idempotency-Key", "k1"), card);
    HttpResponse<String> second =
        shop.tossPost(shop.toss("payments/key-in").header("Idempotency-Key", "k1"), card);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(
            code(
                shop.tossPost(
                    shop.toss("payments/key-in").header("Idempotency-Key", "k".repeat(301)), card)))
        .isEqualTo("400 INVALID_IDEMPOTENCY_KEY");
    assertThat(
            code(
                shop.tossPost(
                    shop.toss("payments/key-in")
                        .header("TossPayments-Test-Code", "FAILED_INTERNAL_SYSTEM_PROCESSING"),
                    card)))
        .isEqualTo("500 FAILED_INTERNAL_SYSTEM_PROCESSING");
  }

  @Test
  void issues_charges_and_deletes_billing_keys() {
    Map<String, Object> card = Shop.card("x", 0, Shop.GOOD_CARD);
    card.put("customerKey", "buyer1");
    JsonNode issued = Shop.json(shop.tossPost("billing/authorizations/card", card));
    String path = "billing/" + issued.path("billingKey").asString();
    Map<String, Object> charge = new LinkedHashMap<>();
    charge.put("amount", 5000);
    charge.put("customerKey", "buyer1");
    charge.put("orderId", "order-13");
    charge.put("orderName", "구독");

    JsonNode paid = Shop.json(shop.tossPost(path, charge));
    assertThat(paid.path("type").asString()).isEqualTo("BILLING");
    assertThat(paid.path("status").asString()).isEqualTo("DONE");
    charge.put("customerKey", "another");
    assertThat(code(shop.tossPost(path, charge))).isEqualTo("400 NOT_MATCHES_CUSTOMER_KEY");
    assertThat(shop.send(shop.toss(path).DELETE(), StandardCharsets.UTF_8).statusCode())
        .isEqualTo(200);
    charge.put("customerKey", "buyer1");
    assertThat(code(shop.tossPost(path, charge))).isEqualTo("400 INVALID_BILL_KEY_REQUEST");

    card.put("cardNumber", "4000000000000051");
    assertThat(code(shop.tossPost("billing/authorizations/card", card)))
        .isEqualTo("403 INVALID_PASSWORD");
    card.put("cardNumber", "4000000000000028");
    String magic =
        Shop.json(shop.tossPost("billing/authorizations/card", card)).path("billingKey").asString();
    charge.put("orderId", "order-14");
    assertThat(code(shop.tossPost("billing/" + magic, charge)))
        .isEqualTo("403 REJECT_CARD_PAYMENT");
  }
}
