package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Payments by PAYCO, and V1's {@code /payco/orders/status}. */
class PaycoTest {

  private static final Shop SHOP = Shop.fresh();

  private final Api api = SHOP.api();

  private static String path(JsonNode payment) {
    return "/payco/orders/status/" + payment.path("imp_uid").asString();
  }

  private static JsonNode told(JsonNode payment) {
    return Deposits.book("/_sim/told/payco?tid=" + payment.path("pg_tid").asString());
  }

  @Test
  void aPaymentLooksAsV1ShowsIt() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYCO);
    assertThat(payment.path("pg_provider").asString()).isEqualTo("payco");
    assertThat(payment.path("pg_id").asString()).isEqualTo("naru-payco");
    assertThat(payment.path("pay_method").asString()).isEqualTo("card");
    assertThat(payment.path("amount").asInt()).isEqualTo(11_000);
    assertThat(payment.path("card_name").asString()).endsWith("카드");
    assertThat(payment.path("card_number").asString()).contains("*");
    assertThat(payment.path("pg_tid").asString()).isNotBlank();
    assertThat(payment.path("sandbox").asBoolean()).isTrue();
  }

  @Test
  void aClosedWindowAndADeclineFail() {
    JsonNode closed =
        PayWindow.press(SHOP, PayWindow.order(PayWindow.PAYCO), Map.of("action", "close"));
    assertThat(closed.path("status").asString()).isEqualTo("failed");
    assertThat(closed.path("fail_reason").asString()).contains("취소");
    JsonNode declined =
        PayWindow.press(SHOP, PayWindow.order(PayWindow.PAYCO), PayWindow.card("4000000000000010"));
    assertThat(declined.path("status").asString()).isEqualTo("failed");
    assertThat(declined.path("fail_reason").asString()).contains("limit_exceeded");
  }

  @Test
  void aLostAnswerIsFoundOut() {
    for (String number : new String[] {"4000000000009002", "4000000000009003"}) {
      JsonNode payment =
          PayWindow.paid(SHOP, PayWindow.order(PayWindow.PAYCO), PayWindow.card(number));
      assertThat(Deposits.book("/_sim/books/payco?tid=" + payment.path("pg_tid").asString()))
          .hasSize(1);
    }
  }

  @Test
  void aCancelIsMadeInPartsAndFoundOut() {
    JsonNode payment =
        PayWindow.paid(SHOP, PayWindow.order(PayWindow.PAYCO), PayWindow.card("4000000000009012"));
    String impUid = payment.path("imp_uid").asString();
    Api.Answer part = api.post("/payments/cancel", Map.of("imp_uid", impUid, "amount", 1_000));
    assertThat(part.code()).as(part.message()).isZero();
    assertThat(part.response().path("cancel_amount").asInt()).isEqualTo(1_000);
    assertThat(api.post("/payments/cancel", Map.of("imp_uid", impUid)).code()).isZero();
    JsonNode line =
        Deposits.book("/_sim/books/payco?tid=" + payment.path("pg_tid").asString()).path(0);
    assertThat(line.path("balance").asInt()).isZero();
    assertThat(line.path("cancels")).hasSize(2);
  }

  @Test
  void theLastStatusCounts() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYCO);
    for (String status : new String[] {"DELIVERY_START", "PURCHASE_DECISION", "CANCELED"}) {
      Api.Answer json = api.post(path(payment), Map.of("status", status));
      assertThat(json.status()).as(json.message()).isEqualTo(200);
      assertThat(json.code()).isZero();
      assertThat(json.response().propertyNames()).containsExactly("status");
      assertThat(json.response().path("status").asString()).isEqualTo(status);
      assertThat(api.postForm(path(payment), Map.of("status", status))).isEqualTo(json);
      assertThat(told(payment))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line.path("fields").path("status").asString())
                      .isEqualToIgnoringCase(status));
    }
  }

  @Test
  void whatWasGivenBackMayOnlyBeCancelled() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYCO);
    api.post("/payments/cancel", Map.of("imp_uid", payment.path("imp_uid").asString()));
    Wire.refused(api.post(path(payment), Map.of("status", "DELIVERY_START")), 200, 1);
    assertThat(api.post(path(payment), Map.of("status", "CANCELED")).code()).isZero();
  }

  @Test
  void whatThePgDoesNotAnswerIsSaidSo() {
    for (String number : new String[] {"4000000000009031", "4000000000009032"}) {
      JsonNode payment =
          PayWindow.paid(SHOP, PayWindow.order(PayWindow.PAYCO), PayWindow.card(number));
      Api.Answer first = api.post(path(payment), Map.of("status", "DELIVERY_START"));
      Wire.refused(first, 500, -1);
      assertThat(first.message()).contains("알 수 없습니다");
      assertThat(api.post(path(payment), Map.of("status", "DELIVERY_START")).code()).isZero();
      // What the simulator did not hear is no line of its own.
      assertThat(told(payment)).hasSize(1);
    }
    JsonNode refused =
        PayWindow.paid(SHOP, PayWindow.order(PayWindow.PAYCO), PayWindow.card("4000000000009035"));
    Wire.refused(api.post(path(refused), Map.of("status", "DELIVERY_START")), 200, -1);
    assertThat(told(refused)).isEmpty();
  }

  /** Two that differ must not overtake each other on their way to the PG. */
  @Test
  void oneIsToldAtATime() {
    JsonNode payment =
        PayWindow.paid(SHOP, PayWindow.order(PayWindow.PAYCO), PayWindow.card("4000000000009031"));
    CompletableFuture<Api.Answer> slow =
        CompletableFuture.supplyAsync(
            () -> api.post(path(payment), Map.of("status", "DELIVERY_START")));
    await().until(() -> calls(payment, "calling") == 1);
    Api.Answer meanwhile = api.post(path(payment), Map.of("status", "PURCHASE_DECISION"));
    Wire.refused(meanwhile, 500, -1);
    assertThat(meanwhile.message()).contains("이전 요청");
    Wire.refused(slow.join(), 500, -1);
    assertThat(calls(payment, "unknown")).isEqualTo(1);
    assertThat(api.post(path(payment), Map.of("status", "PURCHASE_DECISION")).code()).isZero();
    assertThat(calls(payment, "done")).isEqualTo(1);
  }

  private static int calls(JsonNode payment, String state) {
    return SHOP.database()
        .sql("select count(*) from sale_call where merchant_id = ? and imp_uid = ? and state = ?")
        .params(SHOP.merchant().id(), payment.path("imp_uid").asString(), state)
        .query(Integer.class)
        .single();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "delivery_start", "SHIPPED", "null"})
  void refusesWhatIsNoStatus(String status) {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYCO);
    long before = SHOP.rows("sale_call");
    Wire.refused(api.post(path(payment), Map.of("status", status)), 200, -1);
    Wire.refused(api.postForm(path(payment), Map.of("status", status)), 200, -1);
    Wire.refused(api.post(path(payment), Map.of()), 200, -1);
    assertThat(SHOP.rows("sale_call")).isEqualTo(before);
    assertThat(told(payment)).isEmpty();
  }

  @Test
  void refusesWhatIsNotPaidByIt() {
    Map<String, String> status = Map.of("status", "DELIVERY_START");
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYCO);
    long before = SHOP.rows("sale_call");
    Wire.refused(api.post("/payco/orders/status/imp_000000000000", status), 404, -1);
    Wire.refused(api.post("/payco/orders/status/x", status), 404, -1);
    Wire.refused(Shop.fresh().api().post(path(payment), status), 404, -1);
    Wire.refused(api.post(path(SHOP.paid(Shop.TOSS)), status), 501, -1);
    Wire.refused(api.post(path(PayWindow.paid(SHOP, PayWindow.NAVERPAY)), status), 501, -1);
    JsonNode open = PayWindow.opened(SHOP, PayWindow.order(PayWindow.PAYCO));
    assertThat(open.path("status").asString()).isEqualTo("ready");
    Wire.refused(api.post(path(open), status), 200, 1);
    assertThat(SHOP.rows("sale_call")).isEqualTo(before);
  }
}
