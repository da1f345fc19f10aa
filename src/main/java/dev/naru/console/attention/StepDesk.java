package dev.naru.console.attention;

import dev.naru.attention.Attention;
import dev.naru.attention.Matter;
import dev.naru.attention.What;
import dev.naru.attention.desk.Dismissals;
import dev.naru.attention.desk.Refusal;
import dev.naru.connector.order.Requester;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.merchant.audit.Actor;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.CancelRequest;
import dev.naru.payment.resolve.Decisions;
import dev.naru.payment.resolve.Decisions.Decision;
import dev.naru.payment.resolve.Remedies;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which use case does what about a matter, and which of them are offered for it now. */
@Component
class StepDesk {

  private static final Map<Step, Decision> DECISIONS =
      Map.of(
          Step.TAKE_PAID, Decision.PAID,
          Step.TAKE_UNPAID, Decision.UNPAID,
          Step.TAKE_CANCELED, Decision.CANCELED,
          Step.TAKE_NOT_CANCELED, Decision.NOT_CANCELED,
          Step.TAKE_GIVEN_BACK, Decision.GIVEN_BACK);

  private final Decisions decisions;
  private final Remedies remedies;
  private final Dismissals dismissals;
  private final Attention attention;
  private final QuickSteps quick;

  StepDesk(
      Decisions decisions,
      Remedies remedies,
      Dismissals dismissals,
      Attention attention,
      QuickSteps quick) {
    this.decisions = decisions;
    this.remedies = remedies;
    this.dismissals = dismissals;
    this.attention = attention;
    this.quick = quick;
  }

  /**
   * What a form gives along.
   *
   * @param turn of a cancel, so that a form sent twice cancels once
   */
  record Given(String reason, @Nullable String tid, int turn) {}

  /** What can be done about it now. */
  Set<Step> offered(Matter matter, @Nullable Payment payment) {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    if (!matter.isOpen()) {
      return steps;
    }
    if (Dismissals.isAllowed(matter)) {
      steps.add(Step.DISMISS);
    }
    switch (matter.what()) {
      case WEBHOOK_GIVEN_UP -> steps.add(Step.RESEND);
      case ENDPOINT_PARKED -> steps.add(Step.UNPARK);
      case BOOKS_DIFFER -> steps.add(Step.VERIFY);
      default -> {}
    }
    if (payment != null) {
      ofPayment(matter.what(), payment, steps);
    }
    return steps;
  }

  private static void ofPayment(What what, Payment payment, Set<Step> steps) {
    boolean undecided =
        switch (what) {
          case OUTCOME_UNKNOWN,
              CHARGE_WITHOUT_REFERENCE,
              CANCEL_UNDECIDED,
              REVERSAL_REFUSED,
              LOOKUP_FAILS ->
              true;
          default -> false;
        };
    if (undecided) {
      Set<Decision> open = Decisions.open(payment);
      DECISIONS.forEach(
          (step, decision) -> {
            if (open.contains(decision)) {
              steps.add(step);
            }
          });
    }
    if (undecided || what == What.BALANCE_UNEXPLAINED) {
      steps.add(Step.LOOK_AGAIN);
    }
    // Money of an account goes back to an account, which only the payment's own form asks for.
    boolean simple = payment.approval().filter(one -> one.account() == null).isPresent();
    if (!payment.cancelable().isZero() && simple && payment.cancelRunning().isEmpty()) {
      if (what == What.CANCEL_REFUSED && refused(payment) != null) {
        steps.add(Step.CANCEL_AGAIN);
      } else if (what == What.PAID_OTHERWISE || what == What.TEST_CHARGE_STANDS) {
        steps.add(Step.GIVE_BACK);
      }
    }
  }

  /** How much money a step is about; null where it is about none. */
  @Nullable Money atStake(Step step, @Nullable Payment payment) {
    if (payment == null) {
      return null;
    }
    Cancellation refused = refused(payment);
    return switch (step) {
      case TAKE_CANCELED, TAKE_NOT_CANCELED -> payment.canceling();
      case GIVE_BACK -> payment.cancelable();
      case CANCEL_AGAIN -> refused == null ? null : refused.amount();
      default -> payment.charged();
    };
  }

  /** The cancel that was refused last. */
  private static @Nullable Cancellation refused(Payment payment) {
    List<Cancellation> all =
        payment.cancellations().stream()
            .filter(one -> one.state() == Cancellation.State.REFUSED)
            .toList();
    return all.isEmpty() ? null : all.getLast();
  }

  /**
   * Does it.
   *
   * @throws Failed wrong state if it is not offered any more; what the use case throws
   */
  void take(Actor actor, Matter matter, @Nullable Payment payment, Step step, Given given) {
    if (!offered(matter, payment).contains(step)) {
      throw Failed.wrongState(Refusal.NO_SUCH_STEP);
    }
    switch (step) {
      case DISMISS -> dismissals.dismiss(actor, matter, given.reason());
      case RESEND -> quick.resend(actor, matter);
      case UNPARK -> quick.unpark(actor, matter);
      case VERIFY -> quick.verify(matter);
      case LOOK_AGAIN -> remedies.lookAgain(actor, required(payment));
      case GIVE_BACK, CANCEL_AGAIN -> giveBack(actor, matter, required(payment), step, given);
      case TAKE_PAID, TAKE_UNPAID, TAKE_CANCELED, TAKE_NOT_CANCELED, TAKE_GIVEN_BACK -> {
        Decision decision = required(DECISIONS.get(step));
        decisions.decide(
            actor, required(payment), new Decisions.Word(decision, given.reason(), given.tid()));
        attention.close(matter, actor.name(), given.reason());
      }
    }
  }

  private void giveBack(Actor actor, Matter matter, Payment payment, Step step, Given given) {
    Cancellation again = step == Step.CANCEL_AGAIN ? refused(payment) : null;
    remedies.giveBack(
        actor,
        payment,
        new CancelRequest(
            again == null ? null : again.amount(),
            again == null ? Tax.NONE : again.tax(),
            null,
            Dismissals.reason(given.reason()),
            null,
            Requester.ADMIN,
            true,
            again != null && again.retain(),
            null,
            "matter-" + matter.id() + "-" + given.turn()));
    attention.close(matter, actor.name(), given.reason());
  }

  private static <T> T required(@Nullable T one) {
    if (one == null) {
      throw Failed.wrongState(Refusal.NO_SUCH_STEP);
    }
    return one;
  }
}
