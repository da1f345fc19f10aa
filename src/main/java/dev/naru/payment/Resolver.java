package dev.naru.payment;

import dev.naru.attention.What;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.NetCancel;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
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
class Resolver {

  /**
   * After so many net cancels without an answer, about half a minute, the books are read instead.
   */
  private static final int NET_CANCELS = 6;

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
  private final IssuedKeys issued;

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
      IssuedKeys issued) {
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
      declined(payment, "빌링키 발급 결과를 확인할 수 없습니다. 다시 시도해 주세요.");
      return;
    }
    Order order = payment.order(attempt);
    switch (OneSteps.isOne(payment) ? Ends.LOOKUP : Means.of(attempt.verb(), channel)) {
      case LOOKUP -> lookUp(payment, attempt, channel);
      case NET_CANCEL -> netCancel(payment, attempt, channel);
      case IDEMPOTENT_RETRY ->
          settle(
              payment, channel.require(Checkout.class).approve(order, attempt.intent()).ofRepeat());
      case NONE -> {
        LOG.error("payment {} stays unknown: its PG has no means", payment.impUid());
        looks.unsettled(payment, What.OUTCOME_UNKNOWN, Looks.STUCK, "the PG has no means to tell");
        write(payment, p -> p.looked(false, null));
      }
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
      case RUNNING -> again(payment, attempt, false);
      case DEAD -> declined(payment, "PG사에서 승인되지 않은 거래입니다.");
      case CANCELED -> {
        if (entry.balance().isZero()) {
          declined(payment, "PG사에서 이미 취소된 거래입니다.");
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
      Decline lost = Decline.of(Reason.REVERSED, "빌링키를 받지 못해 결제를 취소합니다. 다시 시도해 주세요.");
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
    declined(payment, "PG사에 승인된 거래가 없어 결제가 이루어지지 않은 것으로 확인되었습니다.");
    watched(payment);
  }

  /** It was settled as not charged without the PG having said so: the later looks begin. */
  private void watched(Payment payment) {
    Instant later = Looks.later(clock.instant(), clock.instant()).orElseThrow();
    write(
        payment,
        p ->
            p.attempt().state() == Attempt.State.DECLINED ? p.looked(true, later) : Change.none(p));
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

  private void netCancel(Payment payment, Attempt attempt, Channel channel) {
    if (attempt.tries() >= NET_CANCELS && channel.has(Lookup.class)) {
      // One of them may still be at work at the PG, as the charge itself may.
      if (looks.isTooEarly(attempt.startedAt(), channel)) {
        again(payment, attempt, false);
      } else {
        lookUp(payment, attempt, channel);
      }
      return;
    }
    Outcome<Instant> undone =
        channel.require(NetCancel.class).netCancel(payment.order(attempt), attempt.intent());
    if (undone instanceof Outcome.Ok<Instant>) {
      declined(payment, "승인 결과를 확인할 수 없어 결제를 취소(망취소)했습니다.");
      if (channel.has(Lookup.class)) {
        watched(payment);
      }
    } else if (undone instanceof Outcome.Declined<Instant> && channel.has(Lookup.class)) {
      // The PG will not undo it: then what its books say is how it ended.
      lookUp(payment, attempt, channel);
    } else {
      LOG.warn("the net cancel of {} has no answer: {}", payment.impUid(), undone);
      again(payment, attempt, false);
    }
  }

  /** A later look at what was believed not charged. */
  private void watch(Payment payment, Attempt attempt, Channel channel) {
    if (!channel.has(Lookup.class)) {
      write(payment, p -> p.looked(true, null));
    } else if (payment.intake().expired().isPresent()) {
      expiry.lookAfter(payment, attempt, channel);
    } else if (!(looks.find(payment, attempt, channel)
        instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> found))) {
      again(payment, attempt, false);
    } else if (found.filter(one -> OneSteps.isUnwanted(payment, one)).isPresent()) {
      settle(payment, new Outcome.Ok<>(found.get().approval().orElseThrow()));
    } else {
      Instant decided = attempt.decidedAt() == null ? attempt.startedAt() : attempt.decidedAt();
      Instant next = Looks.later(decided, clock.instant()).orElse(null);
      write(payment, p -> p.looked(true, next));
    }
  }

  private void settle(Payment payment, Outcome<Approval> outcome) {
    if (outcome instanceof Outcome.Unknown<Approval>) {
      again(payment, payment.attempt(), false);
      return;
    }
    write(payment, p -> p.awaited().settle(outcome, clock.instant()));
  }

  private void declined(Payment payment, String text) {
    settle(payment, new Outcome.Declined<>(Decline.of(Reason.NOT_CHARGED, text)));
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
