package dev.naru.payment.resolve;

import dev.naru.attention.desk.Dismissals;
import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a person says of an outcome that no PG tells, after having looked at the PG's own pages. It
 * is taken only while the outcome is really unknown and the means of the PG have had their time;
 * who said it, and why, is in the event, which is written in the commit that changes the payment.
 */
@Component
public class Decisions {

  /** In an event's data: who has decided. */
  public static final String BY = "by";

  /** In an event's data: why. */
  public static final String REASON = "reason";

  private static final int LONGEST_TID = 60;

  private final PaymentStore store;
  private final Changes changes;
  private final HubClock clock;

  Decisions(PaymentStore store, Changes changes, HubClock clock) {
    this.store = store;
    this.changes = changes;
    this.clock = clock;
  }

  /** What can be said. */
  public enum Decision {
    /** The PG has charged. */
    PAID,
    /** It has not. Should it turn up at the PG after all, it is given back. */
    UNPAID,
    /** The cancel that runs was done. */
    CANCELED,
    /** It was not. */
    NOT_CANCELED,
    /** What had to go back has gone back, by whatever way. */
    GIVEN_BACK
  }

  /**
   * What a person says.
   *
   * @param tid the PG's transaction, needed for {@link Decision#PAID}
   */
  public record Word(Decision decision, String reason, @Nullable String tid) {}

  /** What can be said of this payment now; nothing of one whose outcomes are known. */
  public static Set<Decision> open(Payment payment) {
    Set<Decision> open = EnumSet.noneOf(Decision.class);
    Attempt attempt = payment.attempt();
    if (attempt.state() == Attempt.State.UNKNOWN && hadItsTime(attempt.dueAt(), attempt.tries())) {
      open.add(Decision.UNPAID);
      if (!attempt.verb().opensAccount() && attempt.verb() != Attempt.Verb.WINDOW_KEY) {
        open.add(Decision.PAID);
      }
    }
    if (attempt.state() == Attempt.State.REVERSING
        && (attempt.noted().refusals() >= Reversals.REFUSED || attempt.tries() >= Looks.STUCK)) {
      open.add(Decision.GIVEN_BACK);
    }
    if (payment.cancelRunning().filter(Decisions::isStuck).isPresent()) {
      open.add(Decision.CANCELED);
      open.add(Decision.NOT_CANCELED);
    }
    return open;
  }

  private static boolean isStuck(Cancellation cancel) {
    return cancel.state() == Cancellation.State.UNKNOWN
        && hadItsTime(cancel.dueAt(), cancel.tries());
  }

  /** Nobody looks any more, or has looked so often that it is a matter. */
  private static boolean hadItsTime(@Nullable Instant due, int tries) {
    return (due == null && tries > 0) || tries >= Looks.STUCK;
  }

  /**
   * Takes it. Said again, it is refused: it is unknown no more.
   *
   * @throws Failed invalid without a reason or a transaction; wrong state if the outcome is known
   */
  public Payment decide(Actor actor, Payment payment, Word word) {
    Map<String, String> told = Map.of(BY, actor.name(), REASON, Dismissals.reason(word.reason()));
    String tid = word.tid() == null ? "" : word.tid().replace("\0", "").strip();
    if (word.decision() == Decision.PAID && (tid.isEmpty() || tid.length() > LONGEST_TID)) {
      throw Failed.invalid(Refusal.TID_NEEDED);
    }
    return changes.make(
        actor,
        payment.merchantId(),
        Act.OUTCOME_TAKEN,
        payment.impUid().value(),
        change -> {
          boolean[] taken = {false};
          Payment after =
              store.update(
                  payment,
                  p -> {
                    taken[0] = open(p).contains(word.decision());
                    return taken[0]
                        ? decided(p, word.decision(), tid).telling(told)
                        : Change.none(p);
                  });
          if (!taken[0]) {
            throw Failed.wrongState(Refusal.NOT_UNKNOWN);
          }
          change.before(Map.of("outcome", "unknown"));
          change.after(
              Map.of(
                  "outcome",
                  word.decision(),
                  "amount",
                  String.valueOf(atStake(payment, word.decision())),
                  REASON,
                  told.getOrDefault(REASON, "")));
          return after;
        });
  }

  private static Object atStake(Payment payment, Decision decision) {
    return switch (decision) {
      case PAID, UNPAID, GIVEN_BACK -> payment.charged();
      case CANCELED, NOT_CANCELED -> payment.canceling();
    };
  }

  private Change decided(Payment payment, Decision decision, String tid) {
    Instant now = clock.instant();
    int cancel = payment.cancelRunning().map(Cancellation::no).orElse(0);
    return switch (decision) {
      case PAID -> {
        String method = payment.purchase().method();
        Approval approval = Approval.of(new PgRef(tid), payment.charged(), now, method).build();
        yield payment.settle(new Outcome.Ok<>(approval), now);
      }
      case UNPAID ->
          Looks.again(
              payment.settle(
                  new Outcome.Declined<>(Decline.of(Reason.NOT_CHARGED, Refusal.TAKEN_AS_UNPAID)),
                  now),
              now);
      case CANCELED -> {
        PgRef ref =
            tid.isEmpty()
                ? payment.intake().ref(payment.cancelRunning().orElseThrow())
                : new PgRef(tid);
        yield payment.settleCancel(cancel, new Outcome.Ok<>(new Canceled(ref, now, null)), now);
      }
      case NOT_CANCELED ->
          payment.settleCancel(
              cancel,
              new Outcome.Declined<>(
                  Decline.of(Reason.NOT_CANCELABLE, Refusal.TAKEN_AS_NOT_CANCELED)),
              now);
      case GIVEN_BACK -> payment.reversed(now);
    };
  }
}
