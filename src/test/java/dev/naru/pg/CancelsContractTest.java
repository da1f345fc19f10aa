package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.Money;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Cancels} and {@link PartialCancels}, of what was paid by a card. */
final class CancelsContractTest {

  private static final World WORLD = World.get();

  static Stream<Pg<?>> canceling() {
    return byCard(Cancels.class);
  }

  static Stream<Pg<?>> cancelingParts() {
    return byCard(PartialCancels.class);
  }

  /** {@link DirectContractTest} has those that are paid otherwise. */
  private static Stream<Pg<?>> byCard(Class<? extends Capability> can) {
    return Stream.concat(
            World.having(List.of(KeyIn.class, can)), World.having(List.of(Checkout.class, can)))
        .distinct();
  }

  private static Cancels cancels(Pg<?> pg) {
    return WORLD.connector(pg, Cancels.class);
  }

  private static Money balance(Pg<?> pg, Order order) {
    PgRecord record = KeyInContractTest.found(pg, order).orElseThrow();
    assertThat(record.balance().minor()).isEqualTo(WORLD.paid(pg, order));
    return record.balance();
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void cancelsTheWhole(Pg<?> pg) {
    Order order = WORLD.order(10_000);
    Approval approval = WORLD.paid(pg, order, World.GOOD);
    CancelOrder cancel = WORLD.cancel(order, approval, 10_000, 10_000);
    Canceled canceled = World.ok(cancels(pg).cancel(cancel));
    assertThat(canceled.at())
        .isBetween(approval.at().minusSeconds(5), approval.at().plusSeconds(60));
    assertThat(WORLD.paid(pg, order)).isZero();
    assertThat(KeyInContractTest.found(pg, order).orElseThrow().state())
        .isEqualTo(PgRecord.State.CANCELED);
    CancelOrder another = WORLD.cancel(order, approval, 10_000, 10_000);
    assertThat(World.declined(cancels(pg).cancel(another)).reason())
        .isEqualTo(Reason.ALREADY_CANCELED);
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void aReversalGivesBackWhateverWasCharged(Pg<?> pg) {
    for (long expected : List.of(7_000L, 12_000L)) {
      Order order = WORLD.order(10_000);
      Approval approval = WORLD.paid(pg, order, World.GOOD);
      World.ok(
          cancels(pg)
              .cancel(
                  CancelOrder.reversal(
                      World.expecting(expected, order),
                      approval.ref(),
                      approval.memo(),
                      "승인 금액 불일치")));
      assertThat(WORLD.paid(pg, order)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("cancelingParts")
  void partsSumUp(Pg<?> pg) {
    Order order = WORLD.order(10_000);
    Approval approval = WORLD.paid(pg, order, World.GOOD);
    World.ok(cancels(pg).cancel(WORLD.cancel(order, approval, 3_000, 10_000)));
    assertThat(balance(pg, order)).isEqualTo(Money.krw(7_000));
    World.ok(cancels(pg).cancel(WORLD.cancel(order, approval, 2_500, 7_000)));
    assertThat(balance(pg, order)).isEqualTo(Money.krw(4_500));
    World.ok(cancels(pg).cancel(WORLD.cancel(order, approval, 4_500, 4_500)));
    assertThat(balance(pg, order)).isEqualTo(Money.krw(0));
    assertThat(WORLD.charges(pg, order).getFirst().path("cancels").size()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("cancelingParts")
  void moreThanIsLeftIsDeclined(Pg<?> pg) {
    Order order = WORLD.order(10_000);
    Approval approval = WORLD.paid(pg, order, World.GOOD);
    World.ok(cancels(pg).cancel(WORLD.cancel(order, approval, 6_000, 10_000)));
    CancelOrder tooMuch = WORLD.cancel(order, approval, 6_000, 10_000);
    assertThat(World.declined(cancels(pg).cancel(tooMuch)).reason()).isEqualTo(Reason.OVER_CANCEL);
    assertThat(WORLD.paid(pg, order)).isEqualTo(4_000);
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void aRefusalChangesNothing(Pg<?> pg) {
    Order order = WORLD.order(10_000);
    Approval approval = WORLD.paid(pg, order, "4000000000009015");
    assertThat(
            World.declined(cancels(pg).cancel(WORLD.cancel(order, approval, 10_000, 10_000)))
                .reason())
        .isEqualTo(Reason.NOT_CANCELABLE);
    assertThat(WORLD.paid(pg, order)).isEqualTo(10_000);
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void aLostAnswerConverges(Pg<?> pg) {
    for (String number : List.of("4000000000009012", "4000000000009014")) {
      Order order = WORLD.order(10_000);
      CancelOrder cancel = WORLD.cancel(order, WORLD.paid(pg, order, number), 4_000, 10_000);
      World.unknown(cancels(pg).cancel(cancel));
      converge(pg, order, cancel);
      assertThat(WORLD.charges(pg, order).getFirst().path("cancels").size()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("canceling")
  @Execution(ExecutionMode.CONCURRENT)
  void whatHappensAfterOurTimeoutConverges(Pg<?> pg) {
    Order order = WORLD.order(10_000);
    CancelOrder cancel =
        WORLD.cancel(order, WORLD.paid(pg, order, "4000000000009013"), 4_000, 10_000);
    World.unknown(cancels(pg).cancel(cancel));
    converge(pg, order, cancel);
    assertThat(WORLD.charges(pg, order).getFirst().path("cancels").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("canceling")
  @Execution(ExecutionMode.CONCURRENT)
  void whatNeverHappenedIsSeenToBeSo(Pg<?> pg) {
    Order order = WORLD.order(10_000);
    CancelOrder cancel =
        WORLD.cancel(order, WORLD.paid(pg, order, "4000000000009011"), 4_000, 10_000);
    World.unknown(cancels(pg).cancel(cancel));
    if (cancels(pg).cancelEnds() == Ends.LOOKUP) {
      assertThat(balance(pg, order)).isEqualTo(Money.krw(10_000));
    } else {
      converge(pg, order, cancel);
    }
  }

  private static void converge(Pg<?> pg, Order order, CancelOrder cancel) {
    switch (cancels(pg).cancelEnds()) {
      case LOOKUP ->
          await()
              .atMost(Duration.ofSeconds(10))
              .until(
                  () -> KeyInContractTest.found(pg, order).orElseThrow().balance(),
                  cancel.left()::equals);
      case IDEMPOTENT_RETRY ->
          await()
              .atMost(Duration.ofSeconds(10))
              .until(() -> cancels(pg).cancel(cancel), Outcome.Ok.class::isInstance);
      case NET_CANCEL, NONE -> throw new AssertionError("no such end here");
    }
    assertThat(WORLD.paid(pg, order)).isEqualTo(cancel.left().minor());
  }
}
