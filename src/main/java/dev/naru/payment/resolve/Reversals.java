package dev.naru.payment.resolve;

import dev.naru.attention.What;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.CancelOrder;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Noted;
import dev.naru.payment.Payment;
import dev.naru.payment.Word;
import dev.naru.payment.flow.Cancellations;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives back in full what was charged and must not have been. The PG's books are read first, so
 * that a cancel whose answer was lost is not sent again.
 */
@Component
class Reversals {

  /** After so many refusals a person has to know. */
  static final int REFUSED = 3;

  /** After so many looks without an answer the key of the calls is a new one. */
  private static final int REPLAYS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Reversals.class);

  private final PaymentStore store;
  private final Looks looks;
  private final HubClock clock;

  Reversals(PaymentStore store, Looks looks, HubClock clock) {
    this.store = store;
    this.looks = looks;
    this.clock = clock;
  }

  /** Takes one look at an attempt that is to be undone, and undoes it. */
  void look(Payment payment, Attempt attempt, Channel channel) {
    if (channel.has(Lookup.class) && isSettledAt(payment, attempt, channel)) {
      store.update(payment, p -> p.reversed(clock.instant()));
      return;
    }
    CancelOrder undo =
        CancelOrder.reversal(
                payment.order(attempt),
                Cancellations.ref(attempt),
                attempt.intent(),
                Wording.KOREAN.of(Word.UNWANTED_CHARGE))
            .turn(attempt.noted().refusals() + attempt.tries() / REPLAYS);
    Outcome<Canceled> outcome = channel.require(Cancels.class).cancel(undo);
    if (outcome instanceof Outcome.Ok<Canceled>) {
      store.update(payment, p -> p.reversed(clock.instant()));
    } else {
      LOG.warn("reversal of {} is not done yet: {}", payment.impUid(), outcome);
      again(payment, attempt, outcome);
    }
  }

  /** A PG repeats its refusal as long as it is asked with the same key: the next has another. */
  private void again(Payment payment, Attempt attempt, Outcome<Canceled> outcome) {
    boolean refused =
        outcome instanceof Outcome.Declined<Canceled>(Decline no) && !no.reason().isOfTheWay();
    boolean often = refused && attempt.noted().refusals() + 1 >= REFUSED;
    looks.unsettled(
        payment,
        What.REVERSAL_REFUSED,
        often ? Looks.STUCK : attempt.tries(),
        outcome instanceof Outcome.Declined<Canceled>(Decline no) ? no.message() : "no answer");
    Instant next = looks.next(attempt.tries());
    store.update(
        payment,
        p ->
            p.attempt().state() == Attempt.State.REVERSING
                ? (refused ? p.with(p.attempt().noting(Noted::refusedAgain)) : p)
                    .looked(false, next)
                : Change.none(p));
  }

  private boolean isSettledAt(Payment payment, Attempt attempt, Channel channel) {
    return looks.find(payment, attempt, channel)
            instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry)
        && entry.isPresent()
        && (entry.get().state() == PgRecord.State.DEAD
            || (entry.get().state() == PgRecord.State.CANCELED && entry.get().balance().isZero()));
  }
}
