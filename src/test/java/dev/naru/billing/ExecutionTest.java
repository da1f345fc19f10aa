package dev.naru.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.billing.ExecutionStore.Claim;
import dev.naru.connector.Approval;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.Order;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Payments;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Who executes what: runners that race on one database, and runners that died at every step. The
 * hub's own runner is kept still, or is the one that takes over.
 */
@Apart
class ExecutionTest {

  private static final long DEMO = 1;
  private static final Hub HUB = Hub.start(Map.of());

  private final Api api = new Api(HUB.url());
  private final Book book = new Book(HUB);
  private final HubClock clock = HUB.bean(HubClock.class);
  private final ExecutionStore store = HUB.bean(ExecutionStore.class);
  private final Executions executions = HUB.bean(Executions.class);
  private final ScheduleLoop loop = HUB.bean(ScheduleLoop.class);

  @BeforeAll
  static void still() throws InterruptedException {
    HUB.bean(ScheduleLoop.class).drain();
  }

  @AfterAll
  static void end() {
    HUB.close();
  }

  private String customer(String pg) {
    Map<String, Object> key = Api.keyIn("none", pg, Api.GOOD_CARD);
    key.remove("merchant_uid");
    String customer = "customer-" + UUID.randomUUID();
    assertThat(api.issueKey(customer, key).code()).isZero();
    return customer;
  }

  private List<String> scheduled(String pg, int count) {
    List<Map<String, Object>> entries =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    Map.<String, Object>of(
                        "merchant_uid",
                        Api.newOrder(),
                        "schedule_at",
                        clock.instant().getEpochSecond() + 2,
                        "amount",
                        1_000 + i,
                        "name",
                        "Plan"))
            .toList();
    Api.Answer answer =
        api.post(
            "/subscribe/payments/schedule",
            Map.of("customer_uid", customer(pg), "schedules", entries));
    assertThat(answer.code()).as(answer.message()).isZero();
    return entries.stream().map(entry -> String.valueOf(entry.get("merchant_uid"))).toList();
  }

  private JsonNode read(String order) {
    return api.get("/subscribe/payments/schedule/" + order).response();
  }

  /** Claims as a runner would that sees the time at which all of them are due. */
  private List<Claim> claim(Duration lease, int most) {
    Instant due = clock.instant().plusSeconds(5);
    return store.claim(due, due.plus(lease), Map.of("tosspayments", most, "html5_inicis", most));
  }

  private void paidOnce(List<String> orders) {
    assertThat(orders)
        .allSatisfy(
            order -> {
              assertThat(read(order).path("payment_status").asString()).isEqualTo("paid");
              assertThat(book.charges(order)).hasSize(1);
            });
  }

  @Test
  void runnersShareAndNoneIsExecutedTwice() throws Exception {
    List<String> orders = scheduled("tosspayments", 40);
    Queue<String> claimed = new ConcurrentLinkedQueue<>();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService runners = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int runner = 0; runner < 2; runner++) {
        var _ =
            runners.submit(
                () -> {
                  start.await();
                  List<Claim> mine = claim(Duration.ofMinutes(1), 3);
                  while (!mine.isEmpty()) {
                    mine.forEach(claim -> claimed.add(claim.merchantUid()));
                    mine.forEach(executions::execute);
                    mine = claim(Duration.ofMinutes(1), 3);
                  }
                  return true;
                });
      }
      start.countDown();
    }
    assertThat(claimed).containsExactlyInAnyOrderElementsOf(orders);
    paidOnce(orders);
  }

  /** A lease ended under a runner that lives: both go on, and one of them has no effect. */
  @Test
  void whoLostItsLeaseDoesNothing() throws Exception {
    List<String> orders = scheduled("tosspayments", 10);
    List<Claim> slow = claim(Duration.ofMillis(1), 100);
    Instant due = clock.instant().plusSeconds(10);
    List<Claim> quick = store.claim(due, due.plusSeconds(60), Map.of("tosspayments", 100));
    assertThat(quick).hasSize(10);
    try (ExecutorService runners = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<Claim> claims : List.of(slow, quick)) {
        claims.forEach(claim -> runners.execute(() -> executions.execute(claim)));
      }
    }
    paidOnce(orders);
    assertThat(orders)
        .as("nothing is left of the reservations that were undone")
        .allSatisfy(
            order ->
                assertThat(api.get("/payments/findAll/" + order).response().path("total").asInt())
                    .isOne());
  }

  /** The reservation is undone with the mark: no trace of it may stay, nor an attempt. */
  @Test
  void aReservationWhoseMarkFailsIsUndone() {
    String order = scheduled("tosspayments", 1).getFirst();
    List<Claim> first = claim(Duration.ofMillis(1), 100);
    Instant due = clock.instant().plusSeconds(10);
    assertThat(store.claim(due, due.plusSeconds(60), Map.of("tosspayments", 100))).hasSize(1);
    first.forEach(executions::execute);
    assertThat(api.get("/payments/findAll/" + order).status()).isEqualTo(404);
    assertThat(read(order).path("schedule_status").asString()).isEqualTo("scheduled");
    api.post("/subscribe/payments/unschedule", Map.of("merchant_uid", order));
  }

  @Test
  void whatIsRevokedOrMovedAfterTheClaimIsNotExecuted() {
    List<String> orders = scheduled("html5_inicis", 2);
    List<Claim> claims = claim(Duration.ofMinutes(1), 100);
    api.post("/subscribe/payments/unschedule", Map.of("merchant_uid", orders.get(0)));
    long later = clock.instant().getEpochSecond() + 9_000;
    api.put("/subscribe/payments/schedule/" + orders.get(1), Map.of("schedule_at", later));
    claims.forEach(executions::execute);
    assertThat(read(orders.get(0)).path("schedule_status").asString()).isEqualTo("revoked");
    assertThat(read(orders.get(1)).path("schedule_status").asString()).isEqualTo("scheduled");
    orders.forEach(order -> assertThat(book.charges(order)).isEmpty());
  }

  @Test
  void aRunnerThatDiedBeforeTheReservationIsReplaced() throws Exception {
    List<String> orders = scheduled("tosspayments", 3);
    assertThat(claim(Duration.ofSeconds(1), 100)).hasSize(3);
    loop.resume();
    await().atMost(Duration.ofSeconds(40)).until(() -> allDone(orders));
    loop.drain();
    paidOnce(orders);
  }

  private boolean allDone(List<String> orders) {
    return orders.stream()
        .noneMatch(order -> read(order).path("payment_status").asString("").isEmpty());
  }

  /** Reserves as a runner does, and dies: before the call, or before its result is written. */
  private Payment reserved(String order, boolean called) {
    Merchant merchant = HUB.bean(Merchants.class).get(DEMO);
    Schedule schedule = HUB.bean(ScheduleStore.class).find(DEMO, order).orElseThrow();
    BillingKeys keys = HUB.bean(BillingKeys.class);
    Payments.Route route = keys.routes(keys.get(DEMO, schedule.customerUid()), null).getFirst();
    Claim claim =
        claim(Duration.ofMinutes(1), 100).stream()
            .filter(one -> one.merchantUid().equals(order))
            .findFirst()
            .orElseThrow();
    Payment payment =
        store.together(
            DEMO,
            () -> {
              Payment fresh =
                  HUB.bean(Payments.class)
                      .reserve(merchant, route, schedule.purchase(), Attempt.Verb.CHARGE_KEY);
              assertThat(store.execute(claim, fresh.impUid(), clock.instant())).isTrue();
              return fresh;
            });
    if (called) {
      Function<Order, Outcome<Approval>> call = route.call();
      assertThat(call.apply(payment.order(payment.attempt()))).isInstanceOf(Outcome.Ok.class);
    }
    return payment;
  }

  /** Whoever takes over finds out first whether the PG has charged. */
  @Test
  void aChargeWhoseRunnerDiedIsFoundOrMade() {
    Map<String, Payment> reserved = new LinkedHashMap<>();
    for (String pg : List.of("tosspayments", "html5_inicis")) {
      for (boolean called : List.of(false, true)) {
        String order = scheduled(pg, 1).getFirst();
        reserved.put(order, reserved(order, called));
        assertThat(read(order).path("schedule_status").asString()).isEqualTo("executed");
        assertThat(read(order).path("payment_status").isNull()).isTrue();
      }
    }
    List<String> orders = List.copyOf(reserved.keySet());
    await().atMost(Duration.ofSeconds(60)).until(() -> allDone(orders));
    // INICIS would not refuse a second charge of the order: what it has not charged stays so.
    String notMade = orders.get(2);
    assertThat(read(notMade).path("payment_status").asString()).isEqualTo("failed");
    assertThat(book.charges(notMade)).isEmpty();
    paidOnce(orders.stream().filter(order -> !order.equals(notMade)).toList());
    reserved.forEach(
        (order, payment) ->
            assertThat(read(order).path("imp_uid").asString()).isEqualTo(payment.impUid().value()));
  }
}
