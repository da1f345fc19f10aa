package dev.naru.payment.resolve;

import dev.naru.attention.What;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.http.Lease;
import dev.naru.connector.order.Order;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.flow.Means;
import dev.naru.payment.flow.OneSteps;
import dev.naru.payment.flow.Payments;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings every charge of unknown outcome to its end, by the means the PG declares. One look at one
 * attempt at a time; {@link ResolverLoop} decides when.
 *
 * <p>"Not found" at a PG is believed only after the PG's patience has passed since the attempt
 * began, and when seen twice. Even then the attempt is looked at again later, for a day: an
 * approval that turns up after all is reversed, never applied.
 */
@Component
public class Resolver {

  /** After so many looks, about a minute, a charge of a window stands in the PG's books. */
  private static final int SETTLING = 6;

  private static final Logger LOG = LoggerFactory.getLogger(Resolver.class);

  private final PaymentStore store;
  private final Channels channels;
  private final HubClock clock;
  private final Looks looks;
  private final Payments payments;
  private final VbankExpiry expiry;
  private final Repeats repeats;
  private final OneSteps oneSteps;
  private final Reversals reversals;
  private final Undos undos;
  private final Untold untold;
  private final IssuedKeys issued;
  private final OutsideRefunds outside;

  Resolver(
      PaymentStore store,
      Channels channels,
      HubClock clock,
      Looks looks,
      Payments payments,
      VbankExpiry expiry,
      Repeats repeats,
      OneSteps oneSteps,
      Reversals reversals,
      Undos undos,
      Untold untold,
      IssuedKeys issued,
      OutsideRefunds outside) {
    this.outside = outside;
    this.untold = untold;
    this.undos = undos;
    this.issued = issued;
    this.store = store;
    this.oneSteps = oneSteps;
    this.reversals = reversals;
    this.expiry = expiry;
    this.channels = channels;
    this.clock = clock;
    this.looks = looks;
    this.payments = payments;
    this.repeats = repeats;
  }

  /** Takes one look at the payment's attempt. */
  void attempt(Payment payment) {
    Attempt attempt = payment.attempt();
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    switch (attempt.state()) {
      case CALLING, UNKNOWN, PENDING -> decide(payment, attempt, channel);
      case REVERSING -> reversals.look(payment, attempt, channel);
      case DECLINED -> watch(payment, attempt, channel);
      case WAITING -> expiry.look(payment, attempt, channel);
      case OPEN -> oneSteps.over(payment, attempt, channel);
      case APPROVED, REVERSED -> write(payment, p -> p.looked(false, null));
    }
  }

  private void decide(Payment payment, Attempt attempt, Channel channel) {
    if (attempt.verb() == Attempt.Verb.WINDOW_KEY && payment.isKeyOnly()) {
      declined(payment, Refusal.KEY_UNDECIDED);
      return;
    }
    Order order = payment.order(attempt);
    switch (Means.of(payment, channel)) {
      case LOOKUP -> lookUp(payment, attempt, channel);
      case NET_CANCEL -> undo(payment, attempt, channel, undos.netCancel(payment, channel));
      case CANCEL_BY_REF -> undo(payment, attempt, channel, undos.byRef(payment, channel));
      case IDEMPOTENT_RETRY ->
          settle(
              payment, channel.require(Checkout.class).approve(order, attempt.intent()).ofRepeat());
      case NONE -> untold.look(payment, attempt, channel);
    }
  }

  private void lookUp(Payment payment, Attempt attempt, Channel channel) {
    Outcome<Optional<PgRecord>> found = looks.find(payment, attempt, channel);
    if (!(found instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry))) {
      LOG.warn("{} is still unknown: {}", payment.impUid(), found);
      again(payment, attempt, false);
    } else if (entry.isEmpty()) {
      absent(payment, attempt, channel);
    } else {
      recorded(payment, attempt, entry.get());
    }
  }

  private void recorded(Payment payment, Attempt attempt, PgRecord entry) {
    switch (entry.state()) {
      case PAID, WAITING -> charged(payment, entry.approval().orElseThrow());
      // Of an account that stands nobody tells the number: it is undone, or a person's.
      case RUNNING, STANDING -> again(payment, attempt, false);
      case DEAD -> declined(payment, Refusal.NOT_CHARGED);
      case CANCELED -> {
        if (entry.balance().isZero()) {
          declined(payment, Refusal.CANCELED_AT_PG);
        } else {
          charged(payment, entry.approval().orElseThrow());
        }
      }
    }
  }

  /**
   * A window that was to issue a key, too: without the key the charge goes back. Of one that
   * charges by itself the shop has yet to be asked.
   */
  private void charged(Payment payment, Approval approval) {
    if (OneSteps.isOne(payment)) {
      oneSteps.conclude(payment, approval);
    } else if (payment.attempt().verb() == Attempt.Verb.WINDOW_KEY && !issued.isKept(payment)) {
      Decline lost = Decline.of(Reason.REVERSED, Refusal.KEY_LOST);
      write(
          payment,
          p ->
              p.isUndecided()
                  ? p.awaited().reverse(lost, approval, clock.instant())
                  : Change.none(p));
    } else {
      settle(payment, new Outcome.Ok<>(approval));
    }
  }

  private void absent(Payment payment, Attempt attempt, Channel channel) {
    boolean early = looks.isTooEarly(attempt.startedAt(), channel);
    // Of a window that charges by itself, the patience began when the browser came back.
    boolean fresh = OneSteps.isOne(payment) && attempt.tries() < SETTLING;
    if (early || fresh || !Looks.isBelieved(attempt.absent())) {
      again(payment, attempt, !early);
      return;
    }
    if (attempt.state() == Attempt.State.CALLING && repeat(payment, attempt, channel)) {
      return;
    }
    declined(payment, Refusal.NOT_AT_PG);
    watched(payment);
  }

  /** It was settled as not charged without the PG having said so: the later looks begin. */
  private void watched(Payment payment) {
    Instant later = Looks.later(clock.instant(), clock.instant()).orElseThrow();
    stillDeclined(payment, later);
  }

  /**
   * The node that called died before it wrote what came of it, and the PG knows of nothing: the
   * charge is made after all, under the order id it had, so that a call of the dead node that lands
   * now finds it taken.
   */
  private boolean repeat(Payment payment, Attempt attempt, Channel channel) {
    Function<Order, Outcome<Approval>> call = repeats.of(payment).orElse(null);
    if (call == null) {
      return false;
    }
    if (!channel.require(ChargeKey.class).chargesOrderOnce()) {
      LOG.warn(
          "{} is not charged again: its PG would not notice a second charge", payment.impUid());
      return false;
    }
    LOG.warn("{} is charged again: its node died, and the PG has not charged it", payment.impUid());
    Lease lease = payments.lease();
    Instant leaseEnds = payments.leaseEnd();
    Payment calling =
        store.update(
            payment,
            p -> p.attempt().equals(attempt) ? p.looked(false, leaseEnds) : Change.none(p));
    if (calling.version() == payment.version() + 1) {
      Order order = calling.order(calling.attempt());
      repeated(calling, lease.call(() -> call.apply(order)), channel);
    }
    return true;
  }

  private void repeated(Payment calling, Outcome<Approval> outcome, Channel channel) {
    boolean taken =
        outcome instanceof Outcome.Declined<Approval>(Decline no)
            && no.reason() == Reason.DUPLICATE_ORDER;
    if (taken || outcome instanceof Outcome.Unknown<Approval>) {
      // From now on it is an unknown like any other, whose PG may take its time again.
      Outcome<Approval> unknown = new Outcome.Unknown<>(taken ? "order id taken" : "no answer");
      Instant due = clock.instant().plus(looks.patience(channel));
      write(calling, p -> p.awaited().settle(unknown, due));
    } else {
      settle(calling, outcome);
    }
  }

  private void undo(Payment payment, Attempt attempt, Channel channel, Undos.Verdict verdict) {
    switch (verdict) {
      case UNDONE -> {
        boolean byRef = Undos.isByRef(payment, channel);
        declined(payment, byRef ? Refusal.CANCELED_BY_REF : Refusal.NET_CANCELED);
        outside.undone(payment);
        watchedIfSeen(payment, channel);
      }
      case NOTHING_THERE -> {
        declined(payment, Refusal.NOT_AT_PG);
        watchedIfSeen(payment, channel);
      }
      case ASK_BOOKS -> lookUp(payment, attempt, channel);
      case AGAIN -> again(payment, attempt, false);
      case ABSENT -> again(payment, attempt, true);
    }
  }

  private void watchedIfSeen(Payment payment, Channel channel) {
    if (Looks.canAsk(channel) || Undos.isByRef(payment, channel)) {
      watched(payment);
    }
  }

  /** A later look at what was believed not charged. */
  private void watch(Payment payment, Attempt attempt, Channel channel) {
    Instant decided = attempt.decidedAt() == null ? attempt.startedAt() : attempt.decidedAt();
    Instant next = Looks.later(decided, clock.instant()).orElse(null);
    if (!Looks.canAsk(channel)) {
      // Of a charge by a reference a cancel is the only question, and what is there must go.
      boolean byRef = Undos.isByRef(payment, channel);
      boolean open = byRef && !undos.isUndone(payment, channel);
      Instant soon = looks.next(attempt.tries());
      stillDeclined(payment, open ? soon : byRef ? next : null);
    } else if (payment.intake().expired().isPresent()) {
      expiry.lookAfter(payment, attempt, channel);
    } else if (!(looks.find(payment, attempt, channel)
        instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> found))) {
      again(payment, attempt, false);
    } else if (found.filter(one -> OneSteps.isUnwanted(payment, one)).isPresent()) {
      settle(payment, new Outcome.Ok<>(found.get().approval().orElseThrow()));
    } else {
      stillDeclined(payment, next);
    }
  }

  /** A notice may have told of a charge during the look: then it is due to be given back. */
  private void stillDeclined(Payment payment, @Nullable Instant next) {
    write(
        payment,
        p -> p.attempt().state() == Attempt.State.DECLINED ? p.looked(true, next) : Change.none(p));
  }

  private void settle(Payment payment, Outcome<Approval> outcome) {
    if (outcome instanceof Outcome.Unknown<Approval>) {
      again(payment, payment.attempt(), false);
      return;
    }
    write(payment, p -> p.awaited().settle(outcome, clock.instant()));
  }

  private void declined(Payment payment, Refusal why) {
    settle(payment, new Outcome.Declined<>(Decline.of(Reason.NOT_CHARGED, why)));
  }

  private void again(Payment payment, Attempt attempt, boolean notFound) {
    if (attempt.state() == Attempt.State.CALLING || attempt.state() == Attempt.State.UNKNOWN) {
      String why = attempt.why();
      looks.unsettled(
          payment, What.OUTCOME_UNKNOWN, attempt.tries(), why == null ? "no answer" : why);
    }
    write(payment, p -> p.looked(notFound, looks.next(attempt.tries())));
  }

  private void write(Payment payment, Function<Payment, Change> transition) {
    store.update(payment, transition);
  }
}
