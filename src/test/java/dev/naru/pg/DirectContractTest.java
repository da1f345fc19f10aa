package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Capability.Points;
import dev.naru.connector.Capability.QuickPay;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link Points}, {@link QuickPay} by money and by a {@link ChargeKey} of its window, and {@link
 * Cvs}: charges without a window or a card. A magic number stands for whoever pays, or for the
 * barcode.
 */
@Execution(ExecutionMode.CONCURRENT)
final class DirectContractTest {

  private static final String GOOD = Means.GOOD;

  static Stream<Arguments> charging() {
    return Means.of(Means.POINTS, Means.MONEY, Means.AUTOPAY);
  }

  /** And what opens something that waits to be paid. */
  static Stream<Arguments> all() {
    return Means.of(Means.POINTS, Means.MONEY, Means.AUTOPAY, Means.BARCODE);
  }

  private static PgRecord.State settled(Means means) {
    return means == Means.BARCODE ? PgRecord.State.WAITING : PgRecord.State.PAID;
  }

  @ParameterizedTest
  @MethodSource("all")
  void approves(Rig rig, Means means) {
    Order order = rig.order(1_300, means.method(rig));
    Approval approval = World.ok(means.charge(rig, order, GOOD));
    assertThat(approval.amount()).isEqualTo(rig.money(1_300));
    assertThat(approval.method()).isEqualTo(means.method(rig));
    assertThat(approval.at()).isBetween(order.at().minusSeconds(5), order.at().plusSeconds(60));
    boolean barcode = means == Means.BARCODE;
    assertThat(approval.account() != null && approval.account().isBarcode()).isEqualTo(barcode);
    assertThat(rig.left(order)).isEqualTo(barcode ? 0 : 1_300);
    PgRecord record = rig.found(order).orElseThrow();
    assertThat(record.state()).isEqualTo(settled(means));
    assertThat(record.balance()).isEqualTo(rig.money(1_300));
    assertThat(record.approval().orElseThrow()).isEqualTo(approval);
    if (means.method(rig).equals("card")) {
      assertThat(World.present(approval.card()).name()).endsWith("카드");
      assertThat(World.present(approval.card()).number()).contains("*");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void declinesWithItsReasonAndThePgsText(Rig rig, Means means) {
    KeyInContractTest.DECLINES.forEach(
        (number, reason) -> {
          Order order = rig.order(500, means.method(rig));
          Decline decline = World.declined(means.charge(rig, order, number));
          assertThat(decline.reason()).as(number).isEqualTo(reason);
          assertThat(decline.code()).isNotBlank();
          assertThat(decline.text()).containsPattern("[가-힣]{2,}");
          assertThat(rig.charges(order)).isEmpty();
          assertThat(rig.found(order).orElseThrow().state()).isEqualTo(PgRecord.State.DEAD);
        });
  }

  @ParameterizedTest
  @MethodSource("all")
  void timesOutBeforeApproval(Rig rig, Means means) {
    Order order = rig.order(700, means.method(rig));
    World.unknown(means.charge(rig, order, "4000000000009001"));
    assertThat(rig.found(order)).isEmpty();
    assertThat(rig.charges(order)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void findsWhatWasApprovedWithoutAnAnswer(Rig rig, Means means) {
    for (String number : List.of("4000000000009002", "4000000000009004")) {
      Order order = rig.order(700, means.method(rig));
      World.unknown(means.charge(rig, order, number));
      PgRecord record = rig.found(order).orElseThrow();
      assertThat(record.state()).isEqualTo(settled(means));
      assertThat(record.balance()).isEqualTo(rig.money(700));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void findsWhatWasApprovedAfterOurTimeout(Rig rig, Means means) {
    Order order = rig.order(700, means.method(rig));
    World.unknown(means.charge(rig, order, "4000000000009003"));
    assertThat(rig.charges(order)).isEmpty();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> rig.found(order).map(PgRecord::state).orElse(null), settled(means)::equals);
    assertThat(rig.charges(order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void bearsSlowness(Rig rig, Means means) {
    Order order = rig.order(700, means.method(rig));
    World.ok(means.charge(rig, order, "4000000000009005"));
    assertThat(rig.charges(order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void sameAttemptTwiceChargesOnce(Rig rig, Means means) {
    Order order = rig.order(900, means.method(rig));
    Approval first = World.ok(means.charge(rig, order, GOOD));
    assertThat(World.ok(means.charge(rig, order, GOOD))).isEqualTo(first);
    assertThat(rig.charges(order)).hasSize(1);
    Order another = World.expecting(901, order);
    assertThat(World.declined(means.charge(rig, another, GOOD)).reason())
        .isEqualTo(Reason.DUPLICATE_ORDER);
    assertThat(rig.charges(order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatNeverLeftIsADecline(Rig rig, Means means) {
    Order order = rig.order(100, means.method(rig));
    assertThat(World.declined(means.unplugged(rig, order)).reason()).isEqualTo(Reason.UNREACHABLE);
  }

  // Cancels

  private static Approval paid(Rig rig, Means means, Order order, String number) {
    return World.ok(means.charge(rig, order, number));
  }

  private static Cancels cancels(Rig rig) {
    Cancels cancels = rig.connector(Cancels.class);
    assertThat(cancels.cancelEnds()).isEqualTo(Ends.IDEMPOTENT_RETRY.always());
    return cancels;
  }

  @ParameterizedTest
  @MethodSource("charging")
  void cancelsInPartsAndOnce(Rig rig, Means means) {
    rig.connector(PartialCancels.class);
    Order order = rig.order(1_000, means.method(rig));
    Approval approval = paid(rig, means, order, GOOD);
    CancelOrder part = rig.cancel(order, approval, 300, 1_000);
    Canceled first = World.ok(cancels(rig).cancel(part));
    assertThat(World.ok(cancels(rig).cancel(part))).isEqualTo(first);
    assertThat(rig.left(order)).isEqualTo(700);
    CancelOrder tooMuch = rig.cancel(order, approval, 800, 1_000);
    assertThat(World.declined(cancels(rig).cancel(tooMuch)).reason()).isEqualTo(Reason.OVER_CANCEL);
    Canceled rest = World.ok(cancels(rig).cancel(rig.cancel(order, approval, 700, 700)));
    assertThat(rest.ref()).isNotEqualTo(first.ref());
    PgRecord record = rig.found(order).orElseThrow();
    assertThat(record.state()).isEqualTo(PgRecord.State.CANCELED);
    assertThat(record.balance()).isEqualTo(rig.money(0));
    assertThat(World.declined(cancels(rig).cancel(rig.cancel(order, approval, 1, 1))).reason())
        .isEqualTo(Reason.ALREADY_CANCELED);
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aReversalGivesBackWhateverWasCharged(Rig rig, Means means) {
    for (long expected : List.of(700L, 1_200L)) {
      Order order = rig.order(1_000, means.method(rig));
      Approval approval = paid(rig, means, order, GOOD);
      Order other = World.expecting(expected, order);
      World.ok(
          cancels(rig)
              .cancel(CancelOrder.reversal(other, approval.ref(), approval.memo(), "금액 불일치")));
      assertThat(rig.left(order)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aRefusalChangesNothing(Rig rig, Means means) {
    Order order = rig.order(1_000, means.method(rig));
    Approval approval = paid(rig, means, order, "4000000000009015");
    CancelOrder cancel = rig.cancel(order, approval, 1_000, 1_000);
    assertThat(World.declined(cancels(rig).cancel(cancel)).reason())
        .isEqualTo(Reason.NOT_CANCELABLE);
    assertThat(rig.left(order)).isEqualTo(1_000);
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aCancelWithoutAnAnswerConverges(Rig rig, Means means) {
    for (String number :
        List.of("4000000000009011", "4000000000009012", "4000000000009013", "4000000000009014")) {
      Order order = rig.order(1_000, means.method(rig));
      Approval approval = paid(rig, means, order, number);
      CancelOrder cancel = rig.cancel(order, approval, 400, 1_000);
      World.unknown(cancels(rig).cancel(cancel));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> cancels(rig).cancel(cancel), Outcome.Ok.class::isInstance);
      assertThat(rig.left(order)).isEqualTo(600);
      assertThat(rig.charges(order).getFirst().path("cancels").size()).isEqualTo(1);
    }
  }
}
