package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchants;
import dev.naru.payment.flow.Cancellations;
import dev.naru.payment.store.BalanceStore;
import dev.naru.payment.store.PaymentStore;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Somebody gives money back in the PG's console, and the hub learns of it. */
@OwnOrders
class OutsideRefundTest {

  private static final Duration ENDS = Duration.ofSeconds(40);

  private final Hub hub = Hub.shared();
  private final Api api = new Api(hub.url());
  private final Book book = new Book(hub);

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void aRefundAtThePgBecomesACancelAndFurtherOnesWork(String pg) {
    String order = paid(pg, Api.GOOD_CARD);
    refund(order, 3_000, 7_000);
    // More than is left is refused: by the PG, from which the hub then learns why; or by the hub,
    // if
    // the PG has told of the refund by then.
    assertThat(cancel(order, Map.of("amount", 8_000)).code()).isNotZero();
    JsonNode known = read(order);
    assertThat(known.path("status").asString()).isEqualTo("cancelled");
    assertThat(known.path("cancel_amount").asInt()).isEqualTo(3_000);
    assertThat(balance(order)).isEqualTo(7_000);
    await().atMost(ENDS).until(() -> hooks(order).size() == 1);
    assertThat(hooks(order).get(0).path("fields").path("status").asString()).isEqualTo("cancelled");

    assertThat(cancel(order, Map.of("amount", 2_000)).code()).isZero();
    assertThat(cancel(order, Map.of()).response().path("cancel_amount").asInt()).isEqualTo(10_000);
    assertThat(read(order).path("cancel_history").valueStream().map(c -> c.path("amount").asInt()))
        .containsExactly(3_000, 2_000, 5_000);
    assertThat(book.charges(order).getFirst().path("balance").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle", "nice_v2"})
  void allOfItRefundedAtThePgIsACancelledPayment(String pg) {
    String order = paid(pg, Api.GOOD_CARD);
    refund(order, 10_000, 0);
    assertThat(cancel(order, Map.of()).code()).isNotZero();
    assertThat(read(order).path("cancel_amount").asInt()).isEqualTo(10_000);
    assertThat(balance(order)).isZero();
  }

  /** Books that tell whether a payment stands say nothing of one that was given back in parts. */
  @Test
  void whatBooksDoNotTellIsNotTakenOver() {
    String order = paid("nice_v2", Api.GOOD_CARD);
    assertThat(cancel(order, Map.of("amount", 2_000)).code()).isZero();
    refund(order, 8_000, 0);
    assertThat(cancel(order, Map.of("amount", 3_000)).code()).isNotZero();
    assertThat(read(order).path("cancel_amount").asInt()).isEqualTo(2_000);
    assertThat(balance(order)).isEqualTo(8_000);
  }

  /** The answer to our cancel is lost, and somebody gives back something else meanwhile. */
  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void aRefundAtThePgBesideACancelWithoutAnAnswer(String pg) throws Exception {
    // Of this card a cancel times out before it is done.
    String order = paid(pg, "4000000000009011");
    Thread shop = Thread.ofVirtual().start(() -> cancel(order, Map.of("amount", 4_000)));
    await().atMost(ENDS).until(() -> payment(order).cancelRunning().isPresent());
    refund(order, 3_000, 7_000);
    await().atMost(ENDS).until(() -> read(order).path("cancel_amount").asInt() == 7_000);
    assertThat(book.charges(order).getFirst().path("balance").asInt()).isEqualTo(3_000);
    shop.join();
    assertThat(cancel(order, Map.of()).response().path("cancel_amount").asInt()).isEqualTo(10_000);
  }

  @Test
  void aRefusalThatHasAnotherReasonChangesNothing() {
    String order = paid("tosspayments", "4000000000009015");
    assertThat(cancel(order, Map.of()).code()).isEqualTo(-1);
    assertThat(read(order).path("cancel_amount").asInt()).isZero();
  }

  private String paid(String pg, String card) {
    String order = Api.newOrder();
    Map<String, Object> parameters = Api.keyIn(order, pg, card);
    parameters.put("notice_url", api.at("/sandbox/hooks/" + order).toString());
    Api.Answer answer = api.post("/subscribe/payments/onetime", parameters);
    assertThat(answer.response().path("status").asString()).isEqualTo("paid");
    return order;
  }

  /** By the connector alone, past the hub's books: as a person in the PG's console would. */
  private void refund(String order, int amount, int left) {
    Payment payment = payment(order);
    Attempt attempt = payment.attempt();
    CancelOrder outside =
        new CancelOrder(
            hub.bean(Ids.class).opaque("console"),
            1,
            payment.order(attempt),
            Cancellations.ref(attempt),
            attempt.intent(),
            Money.krw(amount),
            Tax.NONE,
            Money.krw(amount + left),
            Money.krw(left),
            "console",
            null,
            null,
            null,
            false);
    assertThat(
            hub.bean(Channels.class)
                .get(payment.merchantId(), payment.via().channelKey())
                .require(Cancels.class)
                .cancel(outside))
        .isInstanceOf(Outcome.Ok.class);
  }

  private Payment payment(String order) {
    return hub.bean(PaymentStore.class)
        .find(merchantId(), new ImpUid(read(order).path("imp_uid").asString()))
        .orElseThrow();
  }

  private long merchantId() {
    return hub.bean(Merchants.class).byUserCode("imp00000000").orElseThrow().id();
  }

  private long balance(String order) {
    return hub.bean(BalanceStore.class).of(payment(order)).all().total().sum();
  }

  private Api.Answer cancel(String order, Map<String, ?> more) {
    Map<String, Object> all = new java.util.HashMap<>(more);
    all.put("merchant_uid", order);
    return api.post("/payments/cancel", all);
  }

  private JsonNode read(String order) {
    return api.get("/payments/find/" + order).response();
  }

  private List<JsonNode> hooks(String order) {
    return Stream.of(api.get("/sandbox/hooks/" + order).body())
        .flatMap(JsonNode::valueStream)
        .filter(hook -> hook.path("fields").path("status").asString("").equals("cancelled"))
        .toList();
  }
}
