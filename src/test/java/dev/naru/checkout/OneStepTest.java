package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.HubClock;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import dev.naru.testing.Receiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Windows that charge by themselves: whatever happens after the charge, the payment's end and the
 * PG's book agree.
 */
@OwnOrders
class OneStepTest {

  private static final String PG = "settle";
  private static final Duration ENDS = Duration.ofSeconds(40);
  private static final Receiver SHOP = Receiver.start();

  private final Hub hub = Hub.shared();
  private final Api api = new Api(hub.url());
  private final Book book = new Book(hub);

  @AfterAll
  static void end() {
    SHOP.close();
  }

  private FormBuyer open(Map<String, Object> order) {
    return FormBuyer.open(hub.url(), order);
  }

  private JsonNode payment(FormBuyer buyer) {
    return api.get("/payments/" + buyer.impUid()).response();
  }

  private String status(FormBuyer buyer) {
    return payment(buyer).path("status").asString();
  }

  private void becomes(FormBuyer buyer, String status) {
    await().atMost(ENDS).until(() -> status(buyer), status::equals);
  }

  /** What all charges of an order still have. */
  private long balance(Map<String, Object> order) {
    return book.charges(String.valueOf(order.get("merchant_uid"))).stream()
        .mapToLong(line -> line.path("balance").asLong())
        .sum();
  }

  private void isGivenBack(Map<String, Object> order, int charges) {
    await().atMost(ENDS).until(() -> balance(order) == 0);
    List<JsonNode> lines = book.charges(String.valueOf(order.get("merchant_uid")));
    assertThat(lines).hasSize(charges);
    assertThat(lines).allSatisfy(line -> assertThat(line.path("cancels")).hasSize(1));
  }

  private static Map<String, Object> asking(int status) {
    Map<String, Object> order = FormBuyer.order(PG);
    String path = "/confirm/" + order.get("merchant_uid");
    SHOP.answers(path, n -> status);
    order.put("confirm_url", SHOP.url(path));
    return order;
  }

  @ParameterizedTest
  @ValueSource(strings = {"card", "trans", "phone"})
  void isPaidWhenTheBrowserIsBack(String method) {
    Map<String, Object> order = FormBuyer.order(PG);
    order.put("pay_method", method);
    order.put("notice_url", api.at("/sandbox/hooks/" + order.get("merchant_uid")).toString());
    FormBuyer buyer = open(order);
    assertThat(status(buyer)).isEqualTo("ready");
    buyer.pay(Api.GOOD_CARD);
    assertThat(buyer.comeBack()).isEqualTo(303);
    JsonNode paid = payment(buyer);
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("pay_method").asString()).isEqualTo(method);
    assertThat(paid.path("pg_provider").asString()).isEqualTo(PG);
    assertThat(paid.path("pg_tid").asString()).hasSize(40);
    assertThat(balance(order)).isEqualTo(10_000);
    assertThat(buyer.comeBack()).isEqualTo(303);
    await().atMost(ENDS).until(() -> hooks(order).size() >= 1);
    assertThat(hooks(order)).hasSize(1);
    for (int part : List.of(3_000, 7_000)) {
      Api.Answer cancel =
          api.post("/payments/cancel", Map.of("imp_uid", buyer.impUid(), "amount", part));
      assertThat(cancel.code()).as(cancel.message()).isZero();
    }
    assertThat(balance(order)).isZero();
  }

  private JsonNode hooks(Map<String, Object> order) {
    return api.get("/sandbox/hooks/" + order.get("merchant_uid")).body();
  }

  @Test
  void isPaidAlthoughTheBrowserIsGone() {
    Map<String, Object> order = FormBuyer.order(PG);
    FormBuyer buyer = open(order).pay(Api.GOOD_CARD);
    becomes(buyer, "paid");
    assertThat(balance(order)).isEqualTo(10_000);
  }

  @Test
  void aDeclineAndABuyerWhoGivesUpAreFailures() {
    FormBuyer declined = open(FormBuyer.order(PG)).pay("4000000000000010");
    assertThat(declined.comeBack()).isEqualTo(303);
    assertThat(status(declined)).isEqualTo("failed");
    assertThat(payment(declined).path("fail_reason").asString()).isEqualTo("[CA31]이용한도 초과");
    FormBuyer left = open(FormBuyer.order(PG)).giveUp();
    assertThat(left.comeBack()).isEqualTo(303);
    assertThat(payment(left).path("fail_reason").asString()).contains("취소");
  }

  @Test
  void aVetoIsACancelAtOnce() {
    Map<String, Object> order = asking(500);
    FormBuyer buyer = open(order).pay(Api.GOOD_CARD);
    assertThat(buyer.comeBack()).isEqualTo(303);
    becomes(buyer, "failed");
    assertThat(payment(buyer).path("fail_reason").asString())
        .isEqualTo("고객사 요청에 의해 결제를 중단합니다. (상세사유 : 알 수 없음)");
    assertThat(payment(buyer).path("cancel_amount").asInt()).isZero();
    isGivenBack(order, 1);
    // The order is free again.
    Map<String, Object> again = new HashMap<>(order);
    again.remove("confirm_url");
    FormBuyer second = open(again).pay(Api.GOOD_CARD);
    assertThat(second.comeBack()).isEqualTo(303);
    assertThat(status(second)).isEqualTo("paid");
    assertThat(balance(order)).isEqualTo(10_000);
  }

  @Test
  void aShopThatAgreesIsAskedOnce() {
    Map<String, Object> order = asking(200);
    FormBuyer buyer = open(order).pay(Api.GOOD_CARD);
    assertThat(buyer.comeBack()).isEqualTo(303);
    becomes(buyer, "paid");
    assertThat(SHOP.got("/confirm/" + order.get("merchant_uid"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4000000000009011", "4000000000009012", "4000000000009013", "4000000000009014"})
  void aVetoedChargeIsGivenBackOnceWhateverBecomesOfTheAnswer(String card) {
    Map<String, Object> order = asking(403);
    FormBuyer buyer = open(order).pay(card);
    becomes(buyer, "failed");
    isGivenBack(order, 1);
    assertThat(status(buyer)).isEqualTo("failed");
  }

  @Test
  void ofTwoWindowsOneIsGivenBack() {
    Map<String, Object> order = FormBuyer.order(PG);
    FormBuyer first = open(order);
    FormBuyer second = open(order);
    first.pay(Api.GOOD_CARD);
    second.pay(Api.GOOD_CARD);
    assertThat(first.comeBack()).isEqualTo(303);
    assertThat(second.comeBack()).isEqualTo(303);
    await().atMost(ENDS).until(() -> balance(order) == 10_000);
    assertThat(List.of(status(first), status(second))).containsExactlyInAnyOrder("paid", "failed");
    assertThat(book.charges(String.valueOf(order.get("merchant_uid")))).hasSize(2);
  }

  @Test
  void theLayerIsClosedTooLate() {
    Map<String, Object> order = FormBuyer.order(PG);
    FormBuyer buyer = open(order).pay(Api.GOOD_CARD);
    buyer.closeLayer();
    becomes(buyer, "paid");
    assertThat(balance(order)).isEqualTo(10_000);
  }

  @Test
  void theLayerIsClosedBeforeTheCharge() {
    Map<String, Object> order = FormBuyer.order(PG);
    FormBuyer buyer = open(order);
    buyer.closeLayer();
    assertThat(status(buyer)).isEqualTo("failed");
    buyer.pay(Api.GOOD_CARD);
    isGivenBack(order, 1);
    assertThat(status(buyer)).isEqualTo("failed");
  }

  @Test
  void whatTheBrowserSaysChargesNothing() {
    Map<String, Object> order = FormBuyer.order(PG);
    FormBuyer paid = open(FormBuyer.order(PG)).pay(Api.GOOD_CARD);
    FormBuyer buyer = open(order);
    assertThat(buyer.comeBack(paid.brought())).isEqualTo(400);
    assertThat(status(buyer)).isEqualTo("ready");
    assertThat(buyer.comeBack(Map.of())).isEqualTo(400);
    Map<String, String> lie = new HashMap<>(paid.brought());
    lie.put("mchtTrdNo", orderId(buyer));
    assertThat(buyer.comeBack(lie)).isEqualTo(303);
    assertThat(status(buyer)).isNotEqualTo("paid");
    assertThat(balance(order)).isZero();
  }

  private String orderId(FormBuyer buyer) {
    return org.springframework.jdbc.core.simple.JdbcClient.create(hub.database().dataSource())
        .sql("select order_id from attempt where merchant_id = 1 and imp_uid = :uid")
        .param("uid", buyer.impUid())
        .query(String.class)
        .single();
  }

  @Test
  void anAccountIsIssuedAndPaidInto() throws Exception {
    Map<String, Object> order = FormBuyer.order(PG);
    order.put("pay_method", "vbank");
    order.put("vbank_due", "20991231");
    FormBuyer buyer = open(order).pay("");
    assertThat(buyer.comeBack()).isEqualTo(303);
    JsonNode waiting = payment(buyer);
    assertThat(waiting.path("status").asString()).isEqualTo("ready");
    assertThat(waiting.path("vbank_code").asString()).isEqualTo("088");
    assertThat(waiting.path("vbank_holder").asString()).isEqualTo("나루상점");
    deposit(waiting.path("vbank_num").asString());
    becomes(buyer, "paid");
    Map<String, Object> refund = new HashMap<>();
    refund.put("imp_uid", buyer.impUid());
    assertThat(api.post("/payments/cancel", refund).status()).isEqualTo(200);
    refund.put("refund_holder", "김나루");
    refund.put("refund_bank", "088");
    refund.put("refund_account", "110-123-456789");
    assertThat(api.post("/payments/cancel", refund).code()).isZero();
    assertThat(balance(order)).isZero();
  }

  @Test
  void aVetoedAccountIsClosed() {
    Map<String, Object> order = asking(403);
    order.put("pay_method", "vbank");
    FormBuyer buyer = open(order).pay("");
    becomes(buyer, "failed");
    String orderId = orderId(buyer);
    await()
        .atMost(ENDS)
        .until(
            () ->
                FormBuyer.book(hub.simulatorUrl(), PG).stream()
                    .filter(line -> line.path("order_id").asString().equals(orderId))
                    .allMatch(line -> line.path("status").asString().equals("CANCELLED")));
  }

  private void deposit(String number) throws Exception {
    URI to = hub.simulatorUrl().resolve("/_sim/vbanks/settle/" + number + "/deposit");
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(to).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
          BodyHandlers.discarding());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "card, buyer_tel, buyer_tel",
    "vbank, company, company",
    "phone, company, company",
    "phone, company_en, company_en",
  })
  void whatThePgNeedsIsAskedFor(String method, String left, String named) {
    Map<String, Object> order = FormBuyer.order(PG);
    order.put("pay_method", method);
    order.remove(left);
    JsonNode answer = FormBuyer.prepare(hub.url(), order);
    assertThat(answer.path("code").asInt()).isNotZero();
    assertThat(answer.path("message").asString()).contains(named);
  }

  @Test
  void aWindowForABillingKeyIsNone() {
    Map<String, Object> order = FormBuyer.order(PG);
    order.put("customer_uid", "customer-" + order.get("merchant_uid"));
    assertThat(FormBuyer.prepare(hub.url(), order).path("message").asString())
        .contains("지원하지 않는 기능");
  }

  /** Neither browser nor notice: the PG's books are read when the window's time is over. */
  @Test
  void aChargeNobodyToldOfIsFoundInTheBooks() {
    try (Hub own = Hub.start(Map.of())) {
      Api shop = new Api(own.url());
      Map<String, Object> silent = FormBuyer.order(PG);
      FormBuyer buyer = FormBuyer.open(own.url(), silent).pay("4000000000009002");
      Map<String, Object> nothing = FormBuyer.order(PG);
      FormBuyer left = FormBuyer.open(own.url(), nothing);
      Map<String, Object> abandoned = FormBuyer.order(PG);
      FormBuyer late = FormBuyer.open(own.url(), abandoned);
      late.closeLayer();
      late.pay("4000000000009002");
      assertThat(shop.get("/payments/" + buyer.impUid()).response().path("status").asString())
          .isEqualTo("ready");
      own.bean(HubClock.class).offset(Duration.ofMinutes(31));
      Api later = new Api(own.url());
      await()
          .atMost(ENDS)
          .until(
              () -> later.get("/payments/" + buyer.impUid()).response().path("status").asString(),
              "paid"::equals);
      Book ownBook = new Book(own);
      await()
          .atMost(ENDS)
          .until(
              () ->
                  ownBook
                          .charges(String.valueOf(abandoned.get("merchant_uid")))
                          .getFirst()
                          .path("balance")
                          .asInt()
                      == 0);
      assertThat(later.get("/payments/" + late.impUid()).response().path("status").asString())
          .isEqualTo("failed");
      assertThat(later.get("/payments/" + left.impUid()).response().path("status").asString())
          .isEqualTo("ready");
    }
  }
}
