package dev.naru.payment;

import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How the resolver looks at a PG's books: what it asks, how often, and when it believes a no. */
@Component
class Looks {

  /** After the first look: 1 s, 2 s, 4 s … up to this. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private static final int BELIEVED = 2;

  private final HubClock clock;
  private final Settings settings;

  Looks(HubClock clock, Settings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  Outcome<Optional<PgRecord>> find(Payment payment, Attempt attempt, Channel channel) {
    return channel
        .require(Lookup.class)
        .find(payment.order(attempt), attempt.ref(), attempt.intent());
  }

  /** What the PG's books say about what a cancel gives back. */
  Outcome<Optional<PgRecord>> find(Payment payment, Cancellation cancel, Channel channel) {
    return payment
        .intake()
        .given(cancel)
        .map(
            deposit ->
                channel
                    .require(Lookup.class)
                    .find(
                        payment.intake().order(deposit.amount()),
                        payment.intake().ref(cancel),
                        payment.attempt().intent()))
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

  /** When to look again. */
  Instant next(int tries) {
    Duration doubled = Duration.ofSeconds(1L << Math.min(tries, 6));
    return clock.instant().plus(doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
  }
}
