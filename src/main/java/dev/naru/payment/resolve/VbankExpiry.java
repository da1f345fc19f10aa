package dev.naru.payment.resolve;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Event;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.flow.VbankChanging;
import dev.naru.payment.notice.Receiving;
import dev.naru.payment.store.PaymentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What becomes of a virtual account or a barcode when its deadline has passed: paid, if the PG's
 * books say so although no notice came, else failed. An account whose PG cannot be asked goes on
 * waiting. One that has expired is looked at for another day.
 */
@Component
public class VbankExpiry {

  /** A deposit of the last second has its notice still under way. */
  static final Duration GRACE = Duration.ofMinutes(10);

  private final PaymentStore store;
  private final Looks looks;
  private final Receiving receiving;
  private final VbankChanging changing;
  private final HubClock clock;

  VbankExpiry(
      PaymentStore store,
      Looks looks,
      Receiving receiving,
      VbankChanging changing,
      HubClock clock) {
    this.store = store;
    this.changing = changing;
    this.receiving = receiving;
    this.looks = looks;
    this.clock = clock;
  }

  /** When an account is to be looked at. */
  public static Instant lookAt(Approval.@Nullable Account account) {
    if (account == null) {
      throw new IllegalArgumentException("no virtual account");
    }
    return account.due().plus(GRACE);
  }

  /** The deadline of this payment's account is over, or nobody knows whether it was changed. */
  void look(Payment payment, Attempt attempt, Channel channel) {
    if (payment.intake().changing().isPresent()) {
      changing.look(payment, channel);
      return;
    }
    if (!channel.has(Lookup.class)) {
      expire(payment, false);
      return;
    }
    if (!(looks.find(payment, attempt, channel)
        instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry))) {
      store.update(payment, p -> p.looked(false, looks.next(attempt.tries())));
    } else if (entry.isPresent() && entry.get().state() == PgRecord.State.PAID) {
      Approval paid = entry.get().approval().orElseThrow();
      receiving.paid(payment, null, paid.at(), paid.ref().tid());
    } else {
      expire(payment, true);
    }
  }

  /**
   * A look at an account that has expired here. A bank may pass on a deposit later than that, and
   * not every PG tells; whatever the PG told, its books decide.
   */
  void lookAfter(Payment payment, Attempt attempt, Channel channel) {
    Instant now = clock.instant();
    Instant decided = attempt.decidedAt() == null ? attempt.startedAt() : attempt.decidedAt();
    if (!(looks.find(payment, attempt, channel)
        instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry))) {
      store.update(payment, p -> p.looked(false, looks.next(attempt.tries())));
      return;
    }
    PgRecord.State state = entry.map(PgRecord::state).orElse(PgRecord.State.DEAD);
    Approval paid = entry.flatMap(PgRecord::approval).orElse(null);
    if (state == PgRecord.State.PAID && paid != null && paid.amount().equals(payment.charged())) {
      late(payment, attempt, paid);
    } else {
      boolean open = state != PgRecord.State.DEAD && state != PgRecord.State.CANCELED;
      Instant next = open ? Looks.later(decided, now).orElse(null) : null;
      store.update(
          payment,
          p -> p.attempt().state() == attempt.state() ? p.looked(true, next) : Change.none(p));
    }
  }

  private void late(Payment payment, Attempt attempt, Approval paid) {
    try {
      receiving.late(payment, paid, paid.at(), paid.ref().tid());
    } catch (PaymentStore.OrderTaken running) {
      // Its end says whose the order is.
      store.update(payment, p -> p.looked(false, looks.next(attempt.tries())));
    }
  }

  /**
   * @param readable whether the PG's books can be looked at again later
   */
  private void expire(Payment payment, boolean readable) {
    boolean barcode = payment.attempt().verb() == Attempt.Verb.CVS;
    Decline why = Decline.of(Reason.EXPIRED, barcode ? Refusal.BARCODE_OVER : Refusal.ACCOUNT_OVER);
    Instant now = clock.instant();
    store.update(
        payment,
        p -> {
          Change closed = p.intake().closed(Event.Kind.EXPIRED, why, now);
          return readable && closed.after().intake().expired().isPresent()
              ? Looks.again(closed, now)
              : closed;
        });
  }
}
