package dev.naru.payment;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How the resolver looks at a PG's books: what it asks, how often, and when it believes a no. */
@Component
class Looks {

  /** After the first look: 1 s, 2 s, 4 s … up to this. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private static final int BELIEVED = 2;

  /** After so many looks, about five minutes, somebody has to know. */
  static final int STUCK = 10;

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

  Outcome<Optional<PgRecord>> find(Payment payment, Attempt attempt, Channel channel) {
    return told(
        payment,
        attempt.tries(),
        channel
            .require(Lookup.class)
            .find(payment.order(attempt), attempt.ref(), attempt.intent()));
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

  /** What the PG's books say about what a cancel gives back. */
  Outcome<Optional<PgRecord>> find(Payment payment, Cancellation cancel, Channel channel) {
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
  static boolean isBelieved(int seenBefore) {
    return seenBefore + 1 >= BELIEVED;
  }

  /** What is settled now is looked at again later, for a day. */
  static Change again(Change settled, Instant now) {
    Payment after = settled.after();
    Instant first = later(now, now).orElseThrow();
    return new Change(after.with(after.attempt().dueAt(first)), settled.events());
  }

  /** The next later look at what was settled then; empty if it was the last. */
  static Optional<Instant> later(Instant settled, Instant now) {
    return LATER.stream().map(settled::plus).filter(now::isBefore).findFirst();
  }

  /** When to look again. */
  Instant next(int tries) {
    Duration doubled = Duration.ofSeconds(1L << Math.min(tries, 6));
    return clock.instant().plus(doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
  }
}
