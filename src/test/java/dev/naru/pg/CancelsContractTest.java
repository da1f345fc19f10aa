package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.pg.Rig.Lack;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Cancels} and {@link PartialCancels}, of what was paid by a card. */
@Execution(ExecutionMode.CONCURRENT)
final class CancelsContractTest {

  static Stream<Rig> canceling() {
    return byCard(Cancels.class);
  }

  static Stream<Rig> cancelingParts() {
    return byCard(PartialCancels.class);
  }

  /** {@link DirectContractTest} has those that are paid otherwise. */
  private static Stream<Rig> byCard(Class<? extends Capability> can) {
    return Rig.some(Rig.having(can).filter(rig -> rig.can(KeyIn.class) || rig.can(Checkout.class)));
  }

  private static Cancels cancels(Rig rig) {
    return rig.connector(Cancels.class);
  }

  private static Money balance(Rig rig, Order order) {
    if (rig.lacks(Lack.DETAILS_IN_BOOKS)) {
      return rig.money(rig.left(order));
    }
    PgRecord record = rig.found(order).orElseThrow();
    assertThat(record.balance().minor()).isEqualTo(rig.left(order));
    return record.balance();
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void cancelsTheWhole(Rig rig) {
    Order order = rig.order(10_000);
    Approval approval = rig.paid(order, World.GOOD);
    CancelOrder cancel = rig.cancel(order, approval, 10_000, 10_000);
    Canceled canceled = World.ok(cancels(rig).cancel(cancel));
    assertThat(canceled.at())
        .isBetween(approval.at().minusSeconds(5), approval.at().plusSeconds(60));
    assertThat(rig.left(order)).isZero();
    assertThat(rig.found(order).orElseThrow().state()).isEqualTo(PgRecord.State.CANCELED);
    CancelOrder another = rig.cancel(order, approval, 10_000, 10_000);
    assertThat(World.declined(cancels(rig).cancel(another)).reason())
        .isEqualTo(Reason.ALREADY_CANCELED);
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void aReversalGivesBackWhateverWasCharged(Rig rig) {
    for (long expected : List.of(7_000L, 12_000L)) {
      Order order = rig.order(10_000);
      Approval approval = rig.paid(order, World.GOOD);
      World.ok(
          cancels(rig)
              .cancel(
                  CancelOrder.reversal(
                      World.expecting(expected, order),
                      approval.ref(),
                      approval.memo(),
                      "승인 금액 불일치")));
      assertThat(rig.left(order)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("cancelingParts")
  void partsSumUp(Rig rig) {
    Order order = rig.order(10_000);
    Approval approval = rig.paid(order, World.GOOD);
    World.ok(cancels(rig).cancel(rig.cancel(order, approval, 3_000, 10_000)));
    assertThat(balance(rig, order)).isEqualTo(rig.money(7_000));
    assertThat(rig.found(order).orElseThrow().state())
        .isEqualTo(
            rig.lacks(Lack.DETAILS_IN_BOOKS) ? PgRecord.State.PAID : PgRecord.State.CANCELED);
    World.ok(cancels(rig).cancel(rig.cancel(order, approval, 2_500, 7_000)));
    assertThat(balance(rig, order)).isEqualTo(rig.money(4_500));
    World.ok(cancels(rig).cancel(rig.cancel(order, approval, 4_500, 4_500)));
    assertThat(balance(rig, order)).isEqualTo(rig.money(0));
    assertThat(rig.charges(order).getFirst().path("cancels").size()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("cancelingParts")
  void moreThanIsLeftIsDeclined(Rig rig) {
    Order order = rig.order(10_000);
    Approval approval = rig.paid(order, World.GOOD);
    World.ok(cancels(rig).cancel(rig.cancel(order, approval, 6_000, 10_000)));
    CancelOrder tooMuch = rig.cancel(order, approval, 6_000, 10_000);
    assertThat(World.declined(cancels(rig).cancel(tooMuch)).reason()).isEqualTo(Reason.OVER_CANCEL);
    assertThat(rig.left(order)).isEqualTo(4_000);
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void aRefusalChangesNothing(Rig rig) {
    Order order = rig.order(10_000);
    Approval approval = rig.paid(order, "4000000000009015");
    assertThat(
            World.declined(cancels(rig).cancel(rig.cancel(order, approval, 10_000, 10_000)))
                .reason())
        .isEqualTo(Reason.NOT_CANCELABLE);
    assertThat(rig.left(order)).isEqualTo(10_000);
  }

  /** Of 10,000 as much as a cancel may give back whose unknown has an end. */
  private static long known(Rig rig) {
    return cancels(rig).cancelEnds().partial() == Ends.NONE ? 10_000 : 4_000;
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void aLostAnswerConverges(Rig rig) {
    for (String number : List.of("4000000000009012", "4000000000009014")) {
      Order order = rig.order(10_000);
      CancelOrder cancel = rig.cancel(order, rig.paid(order, number), known(rig), 10_000);
      World.unknown(cancels(rig).cancel(cancel));
      converge(rig, order, cancel);
      assertThat(rig.charges(order).getFirst().path("cancels").size()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void whatHappensAfterOurTimeoutConverges(Rig rig) {
    Order order = rig.order(10_000);
    CancelOrder cancel = rig.cancel(order, rig.paid(order, "4000000000009013"), known(rig), 10_000);
    World.unknown(cancels(rig).cancel(cancel));
    converge(rig, order, cancel);
    assertThat(rig.charges(order).getFirst().path("cancels").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("canceling")
  void whatNeverHappenedIsSeenToBeSo(Rig rig) {
    Order order = rig.order(10_000);
    CancelOrder cancel = rig.cancel(order, rig.paid(order, "4000000000009011"), known(rig), 10_000);
    World.unknown(cancels(rig).cancel(cancel));
    if (cancels(rig).cancelEnds().of(cancel.isWhole()) == Ends.LOOKUP) {
      assertThat(rig.found(order).orElseThrow().balance()).isEqualTo(rig.money(10_000));
      assertThat(rig.left(order)).isEqualTo(10_000);
    } else {
      converge(rig, order, cancel);
    }
  }

  private static void converge(Rig rig, Order order, CancelOrder cancel) {
    switch (cancels(rig).cancelEnds().of(cancel.isWhole())) {
      case LOOKUP ->
          await()
              .atMost(Duration.ofSeconds(20))
              .until(() -> rig.found(order).orElseThrow().balance(), cancel.left()::equals);
      case IDEMPOTENT_RETRY ->
          await()
              .atMost(Duration.ofSeconds(20))
              .until(() -> cancels(rig).cancel(cancel), Outcome.Ok.class::isInstance);
      case NET_CANCEL, CANCEL_BY_REF, NONE -> throw new AssertionError("no such end here");
    }
    assertThat(rig.left(order)).isEqualTo(cancel.left().minor());
  }
}
