package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Kakao Pay as V1 shows it: payments, keys with and without a first charge, and what follows. */
class KakaopayTest {

  private static final Shop SHOP = Shop.fresh();
  private static final Duration ENDS = Duration.ofSeconds(30);
  private static final String ANSWER_LOST = "4000000000009002";

  private final Api api = SHOP.api();

  private static JsonNode book(JsonNode payment) {
    return Deposits.book("/_sim/books/kakaopay?tid=" + payment.path("pg_tid").asString());
  }

  /** The parameters of a window for a key. */
  private static Map<String, Object> key(String customer, long amount) {
    Map<String, Object> order = PayWindow.order("kakaopay.TCSUBSCRIP");
    order.put("customer_uid", customer);
    order.put("amount", amount);
    order.put("name", "정기 구독");
    return order;
  }

  private static String customer() {
    return "customer-" + Api.newOrder();
  }

  private Api.Answer again(String customer, long amount) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("customer_uid", customer);
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("amount", amount);
    parameters.put("name", "정기 구독 2회차");
    return api.post("/subscribe/payments/again", parameters);
  }

  private JsonNode payment(JsonNode known) {
    return api.get("/payments/" + known.path("imp_uid").asString()).response();
  }

  private void endsAs(JsonNode payment, String status) {
    await().atMost(ENDS).until(() -> payment(payment).path("status").asString().equals(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kakaopay", "kakaopay.TC0ONETIME"})
  void aPaymentLooksAsV1ShowsIt(String pg) {
    Map<String, Object> order = PayWindow.order(pg);
    // Kakao Pay has no such method: what the buyer picks counts.
    order.put("pay_method", "trans");
    JsonNode payment = PayWindow.paid(SHOP, order, PayWindow.card("4518420000001111"));
    assertThat(payment.path("pg_provider").asString()).isEqualTo("kakaopay");
    assertThat(payment.path("pg_id").asString()).isEqualTo("TC0ONETIME");
    assertThat(payment.path("pay_method").asString()).isEqualTo("card");
    assertThat(payment.path("emb_pg_provider").isNull()).isTrue();
    assertThat(payment.path("card_code").asString()).isEqualTo("366");
    assertThat(payment.path("card_name").asString()).isEqualTo("신한카드");
    assertThat(payment.path("card_number").asString()).startsWith("451842*");
    assertThat(payment.path("apply_num").asString()).hasSize(8);
    assertThat(payment.path("pg_tid").asString()).startsWith("T");
    assertThat(book(payment)).hasSize(1);
  }

  @Test
  void moneyIsRecordedAsPoints() {
    JsonNode payment =
        PayWindow.paid(
            SHOP,
            PayWindow.order(PayWindow.KAKAOPAY),
            Map.of("action", "pay", "method", "transfer"));
    assertThat(payment.path("pay_method").asString()).isEqualTo("point");
    assertThat(payment.path("card_name").isNull()).isTrue();
  }

  @Test
  void aClosedWindowAndADeclineFail() {
    JsonNode closed =
        PayWindow.press(SHOP, PayWindow.order(PayWindow.KAKAOPAY), Map.of("action", "close"));
    assertThat(closed.path("status").asString()).isEqualTo("failed");
    assertThat(closed.path("fail_reason").asString()).isEqualTo("[결제포기] 사용자가 결제를 취소하셨습니다");
    JsonNode declined =
        PayWindow.press(
            SHOP, PayWindow.order(PayWindow.KAKAOPAY), PayWindow.card("4000000000000010"));
    assertThat(declined.path("status").asString()).isEqualTo("failed");
    assertThat(declined.path("fail_reason").asString()).isEqualTo("[-780]이용 한도를 넘었습니다.");
    assertThat(declined.path("fail_code").asString()).isEqualToIgnoringCase("limit_exceeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {ANSWER_LOST, "4000000000009003", "4000000000009004"})
  void aMissingAnswerIsFoundOut(String number) {
    JsonNode payment =
        PayWindow.press(SHOP, PayWindow.order(PayWindow.KAKAOPAY), PayWindow.card(number));
    endsAs(payment, "paid");
    assertThat(book(payment(payment))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4000000000009011", ANSWER_LOST, "4000000000009013", "4000000000009014"})
  @Execution(ExecutionMode.CONCURRENT)
  void aCancelIsMadeInPartsAndOnce(String number) {
    String magic = number.equals(ANSWER_LOST) ? "4000000000009012" : number;
    JsonNode payment =
        PayWindow.paid(SHOP, PayWindow.order(PayWindow.KAKAOPAY), PayWindow.card(magic));
    String impUid = payment.path("imp_uid").asString();
    Api.Answer part = api.post("/payments/cancel", Map.of("imp_uid", impUid, "amount", 1_000));
    assertThat(part.code()).as(part.message()).isIn(0, 1);
    await().atMost(ENDS).until(() -> payment(payment).path("cancel_amount").asInt() == 1_000);
    Api.Answer rest = api.post("/payments/cancel", Map.of("imp_uid", impUid));
    assertThat(rest.code()).as(rest.message()).isIn(0, 1);
    await().atMost(ENDS).until(() -> payment(payment).path("cancel_amount").asInt() == 11_000);
    JsonNode line = book(payment).path(0);
    assertThat(line.path("balance").asInt()).isZero();
    assertThat(line.path("cancels")).hasSize(2);
  }

  @Test
  void aRefusedCancelChangesNothing() {
    JsonNode payment =
        PayWindow.paid(
            SHOP, PayWindow.order(PayWindow.KAKAOPAY), PayWindow.card("4000000000009015"));
    Api.Answer refused =
        api.post("/payments/cancel", Map.of("imp_uid", payment.path("imp_uid").asString()));
    assertThat(refused.code()).isEqualTo(-1);
    assertThat(payment(payment).path("status").asString()).isEqualTo("paid");
    assertThat(book(payment).path(0).path("balance").asInt()).isEqualTo(11_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"currency|USD|KRW", "display|{\"card_quota\":[2,3]}|display.card_quota"})
  void whatThePgCannotDoIsToldBeforeAWindow(String name, String value, String told) {
    Map<String, Object> order = PayWindow.order(PayWindow.KAKAOPAY);
    order.put(name, name.equals("display") ? Map.of("card_quota", java.util.List.of(2, 3)) : value);
    Api.Answer answer = PayWindow.asked(SHOP, order);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(answer.message()).contains(told);
  }

  @Test
  void aWindowOverNothingIssuesAKeyAlone() {
    String customer = customer();
    JsonNode issued = PayWindow.paid(SHOP, key(customer, 0), PayWindow.card(Api.GOOD_CARD));
    assertThat(issued.path("customer_uid").asString()).isEqualTo(customer);
    assertThat(issued.path("customer_uid_usage").asString()).isEqualTo("issue");
    assertThat(issued.path("amount").asInt()).isZero();
    JsonNode listed = api.get("/subscribe/customers/" + customer).response();
    assertThat(listed.path("pg_provider").asString()).isEqualTo("kakaopay");
    assertThat(listed.path("card_name").asString()).endsWith("카드");
    Api.Answer charged = again(customer, 9_900);
    assertThat(charged.response().path("status").asString()).isEqualTo("paid");
    assertThat(charged.response().path("customer_uid_usage").asString()).isEqualTo("payment");
    JsonNode line = book(charged.response()).path(0);
    assertThat(line.path("amount").asInt()).isEqualTo(9_900);
    Api.Answer cancelled =
        api.post(
            "/payments/cancel",
            Map.of("imp_uid", charged.response().path("imp_uid").asString(), "amount", 900));
    assertThat(cancelled.code()).as(cancelled.message()).isZero();
    assertThat(book(charged.response()).path(0).path("balance").asInt()).isEqualTo(9_000);
    assertThat(api.delete("/subscribe/customers/" + customer).code()).isZero();
    assertThat(again(customer, 100).code()).isEqualTo(1);
    assertThat(api.get("/subscribe/customers/" + customer).status()).isEqualTo(404);
  }

  @Test
  void aWindowOverAnAmountChargesItAndIssuesTheKey() {
    String customer = customer();
    JsonNode first = PayWindow.paid(SHOP, key(customer, 4_900), PayWindow.card(Api.GOOD_CARD));
    assertThat(first.path("customer_uid_usage").asString()).isEqualTo("payment");
    assertThat(first.path("amount").asInt()).isEqualTo(4_900);
    assertThat(book(first).path(0).path("balance").asInt()).isEqualTo(4_900);
    assertThat(again(customer, 4_900).response().path("status").asString()).isEqualTo("paid");
    Api.Answer cancelled =
        api.post("/payments/cancel", Map.of("imp_uid", first.path("imp_uid").asString()));
    assertThat(cancelled.response().path("status").asString()).isEqualTo("cancelled");
    assertThat(book(first).path(0).path("balance").asInt()).isZero();
    assertThat(again(customer, 4_900).response().path("status").asString()).isEqualTo("paid");
  }

  @Test
  void aChargingWindowThatIsDeclinedLeavesNoKey() {
    String customer = customer();
    JsonNode failed =
        PayWindow.press(SHOP, key(customer, 4_900), PayWindow.card("4000000000000028"));
    assertThat(failed.path("status").asString()).isEqualTo("failed");
    assertThat(api.get("/subscribe/customers/" + customer).status()).isEqualTo(404);
  }

  /** Its key is lost with the answer, and the PG does not tell it again: so the money goes back. */
  @ParameterizedTest
  @ValueSource(strings = {ANSWER_LOST, "4000000000009003", "4000000000009004"})
  void aChargeWhoseKeyIsLostGoesBack(String number) {
    String customer = customer();
    Map<String, Object> order = key(customer, 4_900);
    String merchantUid = String.valueOf(order.get("merchant_uid"));
    order.put("notice_url", api.at("/sandbox/hooks/" + merchantUid).toString());
    JsonNode payment = PayWindow.press(SHOP, order, PayWindow.card(number));
    endsAs(payment, "failed");
    String orderId =
        SHOP.database()
            .sql("select order_id from attempt where merchant_id = :shop and imp_uid = :uid")
            .param("shop", SHOP.merchant().id())
            .param("uid", payment.path("imp_uid").asString())
            .query(String.class)
            .single();
    await()
        .atMost(ENDS)
        .until(
            () ->
                Deposits.book("/_sim/books/kakaopay?order_id=" + orderId)
                        .path(0)
                        .path("balance")
                        .asInt(-1)
                    == 0);
    assertThat(payment(payment).path("fail_reason").asString()).contains("빌링키");
    assertThat(api.get("/subscribe/customers/" + customer).status()).isEqualTo(404);
    await()
        .atMost(ENDS)
        .untilAsserted(
            () ->
                assertThat(api.get("/sandbox/hooks/" + merchantUid).body().toString())
                    .contains("failed"));
  }

  /** The hub died between keeping the key and writing the payment: both are there. */
  @Test
  void aChargeWhoseKeyIsKeptIsPaid() {
    String customer = customer();
    PayWindow.paid(SHOP, key(customer, 0), PayWindow.card(Api.GOOD_CARD));
    JsonNode prepared = PayWindow.prepare(SHOP, key(customer, 4_900));
    SHOP.database()
        .sql(
            """
            update billing_key set issued_by = :uid
            where merchant_id = :shop and customer_uid = :customer
            """)
        .param("uid", prepared.path("imp_uid").asString())
        .param("shop", SHOP.merchant().id())
        .param("customer", customer)
        .update();
    JsonNode payment = PayWindow.press(SHOP, prepared, PayWindow.card(ANSWER_LOST));
    endsAs(payment, "paid");
    assertThat(book(payment(payment)).path(0).path("balance").asInt()).isEqualTo(4_900);
    assertThat(payment(payment).path("customer_uid_usage").asString()).isEqualTo("payment");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aChargeOfAKeyThatNeverReachedThePgFails() {
    String customer = customer();
    PayWindow.paid(SHOP, key(customer, 0), PayWindow.card("4000000000009001"));
    Api.Answer unknown = again(customer, 9_900);
    assertThat(unknown.code()).isZero();
    endsAs(unknown.response(), "failed");
  }

  /** Nobody tells its TID, so nobody could cancel it: it is neither paid nor failed. */
  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aChargeOfAKeyWithoutAnAnswerStaysReady() {
    String customer = customer();
    PayWindow.paid(SHOP, key(customer, 0), PayWindow.card(ANSWER_LOST));
    Api.Answer unknown = again(customer, 9_900);
    assertThat(unknown.response().path("status").asString()).isEqualTo("ready");
    // Long after the time in which a PG that knows of nothing is believed.
    await()
        .during(Duration.ofSeconds(7))
        .atMost(ENDS)
        .until(() -> payment(unknown.response()).path("status").asString().equals("ready"));
    Map<String, Object> taken = new HashMap<>();
    taken.put("customer_uid", customer);
    taken.put("merchant_uid", unknown.response().path("merchant_uid").asString());
    taken.put("amount", 9_900);
    assertThat(api.post("/subscribe/payments/again", taken).code()).isEqualTo(1);
  }

  @Test
  void aShopWithoutRecurringPaymentsHasNoWindowForKeys() {
    Shop single = Shop.bare().withChannel("kakaopay", Map.of("recurringCid", ""));
    Map<String, Object> order = key(customer(), 0);
    order.put("pg", "kakaopay");
    Api.Answer answer = PayWindow.asked(single, order);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(answer.message()).contains("정기결제");
  }
}
