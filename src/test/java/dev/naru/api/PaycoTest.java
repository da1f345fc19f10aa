package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Payments by PAYCO, and V1's {@code /payco/orders/status}. */
class PaycoTest {

  private static final Shop SHOP = Shop.fresh();

  private static final Duration ENDS = Duration.ofSeconds(20);

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
    assertThat(payment.path("pg_id").asString()).isEqualTo("PARTNERTEST");
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
    assertThat(declined.path("fail_reason").asString()).contains("한도를 초과");
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

  /** Whatever the shop asked for, the buyer picks on the order sheet. */
  @ParameterizedTest
  @ValueSource(strings = {"vbank", "card"})
  void anAccountOfTheSheetIsPaidInto(String method) {
    Map<String, Object> order = PayWindow.order(PayWindow.PAYCO);
    order.put("pay_method", method);
    JsonNode waiting =
        PayWindow.press(SHOP, order, Map.of("action", "pay", "method", "vbank", "bank", "88"));
    assertThat(waiting.path("status").asString()).as(waiting.toString()).isEqualTo("ready");
    assertThat(waiting.path("pay_method").asString()).isEqualTo("vbank");
    assertThat(waiting.path("vbank_code").asString()).isEqualTo("088");
    assertThat(waiting.path("vbank_name").asString()).contains("신한");
    assertThat(waiting.path("vbank_date").asLong()).isPositive();
    Deposits.deposit(waiting);
    await().atMost(ENDS).until(() -> payment(waiting).path("status").asString().equals("paid"));
    assertThat(payment(waiting).path("pg_tid")).isEqualTo(waiting.path("pg_tid"));
    Api.Answer part =
        api.post(
            "/payments/cancel",
            Map.of(
                "imp_uid", waiting.path("imp_uid").asString(),
                "amount", 1_000,
                "refund_holder", "김나루",
                "refund_bank", "088",
                "refund_account", "11012345678901"));
    assertThat(part.code()).as(part.message()).isZero();
    assertThat(payment(waiting).path("cancel_amount").asInt()).isEqualTo(1_000);
  }

  /** It is not signed: what the PG's books do not tell did not happen. */
  @Test
  void aDepositThatNobodyMadeDoesNotCount() {
    Map<String, Object> order = PayWindow.order(PayWindow.PAYCO);
    JsonNode waiting =
        PayWindow.press(SHOP, order, Map.of("action", "pay", "method", "vbank", "bank", "88"));
    JsonNode line =
        Deposits.book("/_sim/books/payco?tid=" + waiting.path("pg_tid").asString()).path(0);
    String told =
        """
        {"sellerOrderReferenceKey":"%s","orderNo":"%s","totalPaymentAmt":11000,"paymentCompletionYn":"Y",
         "paymentCompleteYmdt":"20260101090000","paymentDetails":[{"paymentMethodCode":"02",
          "nonBankbookSettleInfo":{"accountNo":"%s"}}]}
        """
            .formatted(
                line.path("order_id").asString(),
                waiting.path("pg_tid").asString(),
                waiting.path("vbank_num").asString());
    assertThat(tell(told)).isEqualTo(500);
    assertThat(payment(waiting).path("status").asString()).isEqualTo("ready");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9_900})
  void aWindowForAKeyNeverCharges(int shown) {
    Map<String, Object> order = PayWindow.order("payco.AUTOPAY");
    String customer = "customer-" + order.get("merchant_uid");
    order.put("customer_uid", customer);
    order.put("amount", shown);
    JsonNode issued = PayWindow.paid(SHOP, order, PayWindow.card("4518420000001111"));
    assertThat(issued.path("customer_uid_usage").asString()).isEqualTo("issue");
    JsonNode listed = api.get("/subscribe/customers/" + customer).response();
    assertThat(listed.path("pg_provider").asString()).isEqualTo("payco");
    assertThat(listed.path("card_name").asString()).isEqualTo("신한카드");
    Api.Answer charged = again(customer);
    assertThat(charged.response().path("status").asString())
        .as(charged.message())
        .isEqualTo("paid");
    assertThat(charged.response().path("card_name").asString()).isEqualTo("신한카드");
    Api.Answer part = cancel(charged.response(), 900);
    assertThat(part.code()).as(part.message()).isZero();
    JsonNode line =
        Deposits.book("/_sim/books/payco?tid=" + charged.response().path("pg_tid").asString())
            .path(0);
    assertThat(line.path("balance").asInt()).isEqualTo(9_000);
    assertThat(api.delete("/subscribe/customers/" + customer).code()).isZero();
    assertThat(again(customer).code()).isEqualTo(1);
  }

  /** As PAYCO, or anybody else, tells of a deposit; the status that answers it. */
  private int tell(String json) {
    String door =
        "/notices/" + Long.toString(SHOP.merchant().id(), 36) + "/" + SHOP.channelKey("payco");
    String form = "response=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(api.at(door))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode payment(JsonNode known) {
    return api.get("/payments/" + known.path("imp_uid").asString()).response();
  }

  private Api.Answer cancel(JsonNode payment, int amount) {
    String impUid = payment.path("imp_uid").asString();
    return api.post("/payments/cancel", Map.of("imp_uid", impUid, "amount", amount));
  }

  private Api.Answer again(String customer) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("customer_uid", customer);
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("amount", 9_900);
    parameters.put("name", "정기 구독");
    return api.post("/subscribe/payments/again", parameters);
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
