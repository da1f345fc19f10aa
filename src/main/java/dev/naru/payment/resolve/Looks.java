package dev.naru.payment.resolve;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.Recovers.Confirms;
import dev.naru.connector.order.Order;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How the resolver looks at a PG's books: what it asks, how often, and when it believes a no. */
@Component
public class Looks {

  /** After the first look: 1 s, 2 s, 4 s … up to this. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private static final int BELIEVED = 2;

  /** After so many looks, about five minutes, somebody has to know. */
  public static final int STUCK = 10;

  /** When what was settled as not charged is looked at again, counted from that moment. */
  private static final List<Duration> LATER =
      List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(24));

  private final HubClock clock;
  private final Attention attention;
  private final Settings settings;

  Looks(HubClock clock, Settings settings, Attention attention) {
    this.attention = attention;
    this.clock = clock;
    this.settings = settings;
  }

  /** Whether the PG tells anything when it is asked. */
  public static boolean canAsk(Channel channel) {
    return channel.has(Lookup.class) || channel.has(Confirms.class);
  }

  /** What the PG has of an attempt: by its books, or else by its word on what is kept of it. */
  public Outcome<Optional<PgRecord>> find(Payment payment, Attempt attempt, Channel channel) {
    Order order = payment.order(attempt);
    Outcome<Optional<PgRecord>> found =
        channel.has(Lookup.class)
            ? channel.require(Lookup.class).find(order, attempt.ref(), attempt.intent())
            : channel
                .require(Confirms.class)
                .confirm(order, attempt.intent())
                .ofQuestion()
                .map(approval -> approval.map(Looks::record));
    return told(payment, attempt.tries(), found);
  }

  private static PgRecord record(Approval approval) {
    return approval.account() == null
        ? PgRecord.paid(approval, approval.amount())
        : PgRecord.waiting(approval);
  }

  /** What the PG keeps of it, if its books tell. */
  static Optional<Money> balance(Outcome<Optional<PgRecord>> found) {
    return found instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry)
        ? entry
            .filter(
                one -> one.state() == PgRecord.State.PAID || one.state() == PgRecord.State.CANCELED)
            .map(PgRecord::balance)
        : Optional.empty();
  }

  /** A look-up that fails again and again is a matter for a person. */
  private Outcome<Optional<PgRecord>> told(
      Payment payment, int tries, Outcome<Optional<PgRecord>> found) {
    long merchantId = payment.merchantId();
    String impUid = payment.impUid().value();
    if (found instanceof Outcome.Unknown<Optional<PgRecord>>(String why)
        && why.startsWith(PgRecord.NAMELESS)) {
      attention.raise(merchantId, What.CHARGE_WITHOUT_REFERENCE, impUid, why);
    } else if (tries >= STUCK) {
      switch (found) {
        case Outcome.Ok<Optional<PgRecord>> ok ->
            attention.settled(merchantId, What.LOOKUP_FAILS, impUid);
        case Outcome.Declined<Optional<PgRecord>>(Decline no) ->
            attention.raise(merchantId, What.LOOKUP_FAILS, impUid, no.message());
        case Outcome.Unknown<Optional<PgRecord>>(String why) ->
            attention.raise(merchantId, What.LOOKUP_FAILS, impUid, why);
        case Outcome.Pending<Optional<PgRecord>> pending -> {}
      }
    }
    return found;
  }

  /** An outcome that has been looked for so often that its means ought to have found it. */
  void unsettled(Payment payment, What what, int tries, String why) {
    if (tries >= STUCK) {
      attention.raise(payment.merchantId(), what, payment.impUid().value(), why);
    }
  }

  /** The PG's books of a payment are such as no cancel of ours explains. */
  public void unexplained(Payment payment, String why) {
    attention.raise(payment.merchantId(), What.BALANCE_UNEXPLAINED, payment.impUid().value(), why);
  }

  /** What the PG's books say about what a cancel gives back. */
  public Outcome<Optional<PgRecord>> find(Payment payment, Cancellation cancel, Channel channel) {
    return payment
        .intake()
        .given(cancel)
        .map(
            deposit ->
                told(
                    payment,
                    cancel.tries(),
                    channel
                        .require(Lookup.class)
                        .find(
                            payment.intake().order(deposit.amount()),
                            payment.intake().ref(cancel),
                            payment.attempt().intent())))
        .orElseGet(() -> find(payment, payment.attempt(), channel));
  }

  /** Whether the PG may still be at work on what began then, so that its no proves nothing. */
  boolean isTooEarly(Instant begun, Channel channel) {
    return clock.instant().isBefore(begun.plus(patience(channel)));
  }

  /** How long the PG may be at work. */
  Duration patience(Channel channel) {
    Duration set = settings.patience();
    return set == null ? channel.pg().patience() : set;
  }

  /** Whether a no that was seen so often before, and now again, is believed. */
  public static boolean isBelieved(int seenBefore) {
    return seenBefore + 1 >= BELIEVED;
  }

  /** What is settled now is looked at again later, for a day. */
  static Change again(Change settled, Instant now) {
    Payment after = settled.after();
    Instant first = later(now, now).orElseThrow();
    return new Change(after.with(after.attempt().dueAt(first)), settled.events());
  }

  /** The next later look at what was settled then; empty if it was the last. */
  public static Optional<Instant> later(Instant settled, Instant now) {
    return LATER.stream().map(settled::plus).filter(now::isBefore).findFirst();
  }

  /** When to look again. */
  public Instant next(int tries) {
    Duration doubled = Duration.ofSeconds(1L << Math.min(tries, 6));
    return clock.instant().plus(doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
  }
}
