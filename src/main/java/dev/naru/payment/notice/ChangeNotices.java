package dev.naru.payment.notice;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Waiter;
import dev.naru.payment.resolve.OutsideRefunds;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A PG tells that something changed with an order, and its books say what. */
@Component
class ChangeNotices {

  private final PaymentStore store;
  private final OutsideRefunds outside;
  private final ChargeNotices charges;
  private final Receiving receiving;
  private final Waiter waiter;
  private final HubClock clock;

  ChangeNotices(
      PaymentStore store,
      OutsideRefunds outside,
      ChargeNotices charges,
      Receiving receiving,
      Waiter waiter,
      HubClock clock) {
    this.store = store;
    this.outside = outside;
    this.charges = charges;
    this.receiving = receiving;
    this.waiter = waiter;
    this.clock = clock;
  }

  /**
   * Reads what has changed, of an order that nobody here knows nothing.
   *
   * <p>While a cancel of ours is not answered the PG's balance proves nothing of what somebody gave
   * back beside it, and nobody would look again later: the end of the cancel is waited for, and
   * after too long a wait the PG shall tell again.
   */
  NoticeAnswer take(Channel channel, @Nullable Payment payment, String acknowledgement) {
    if (payment == null) {
      return new NoticeAnswer(true, acknowledgement);
    }
    lookAtCancel(payment);
    Payment idle = waiter.await(payment, current -> !isCanceling(current));
    if (isCanceling(idle)) {
      return Notices.refuse(channel, "a cancel of " + payment.impUid() + " runs");
    }
    outside.look(idle, channel);
    if (ChargeNotices.concerns(idle, channel)) {
      return charges.take(channel, idle, acknowledgement);
    }
    return awaitsNews(idle) && channel.has(Lookup.class)
        ? news(channel, idle, acknowledgement)
        : new NoticeAnswer(true, acknowledgement);
  }

  private NoticeAnswer news(Channel channel, Payment payment, String acknowledgement) {
    if (!(NoticeProof.books(channel, payment)
        instanceof Outcome.Ok<Optional<PgRecord>>(var entry))) {
      return Notices.refuse(channel, "the PG's books cannot be read");
    }
    Instant now = clock.instant();
    if (entry.isPresent() && entry.get().state() == PgRecord.State.PAID) {
      Approval approval = entry.get().approval().orElseThrow();
      receiving.paid(payment, approval.amount(), approval.at(), approval.ref().tid());
      store.update(
          payment,
          current ->
              current.isUndecided()
                  ? current.awaited().settle(new Outcome.Ok<>(approval), now)
                  : Change.none(current));
    } else {
      // However else a review ended is the resolver's to find out, and at once.
      store.update(
          payment,
          current ->
              current.attempt().state() == Attempt.State.PENDING
                  ? current.looked(false, now)
                  : Change.none(current));
    }
    return new NoticeAnswer(true, acknowledgement);
  }

  /** A cancel of ours has been sent and not been answered. */
  private static boolean isCanceling(Payment payment) {
    return payment
        .cancelRunning()
        .filter(cancel -> cancel.state() != Cancellation.State.PENDING)
        .isPresent();
  }

  /**
   * A cancel that the PG has yet to decide may have ended. No other is hurried: while somebody
   * looks at it, its due time is their lease.
   */
  private void lookAtCancel(Payment payment) {
    payment
        .cancelRunning()
        .filter(cancel -> cancel.state() == Cancellation.State.PENDING)
        .ifPresent(
            cancel ->
                store.update(
                    payment, current -> current.cancelLooked(cancel.no(), false, clock.instant())));
  }

  /**
   * PGs also tell what their answer tells, often before it: while the call runs, its answer will
   * settle the payment, and if it does not come the resolver asks the PG's books.
   */
  private static boolean awaitsNews(Payment payment) {
    return payment.state() instanceof Payment.State.Waiting
        || (payment.isUndecided() && payment.attempt().state() != Attempt.State.CALLING);
  }
}
