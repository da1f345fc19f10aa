package dev.naru.payment.resolve;

import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Ends;
import dev.naru.connector.Outcome;
import dev.naru.connector.Recovers.CancelByRef;
import dev.naru.connector.Recovers.NetCancel;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Means;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Undoes a charge whose answer never came, whether it was made or not: by the PG's net cancel, or
 * by a cancel that names what we called it.
 */
@Component
class Undos {

  /**
   * After so many net cancels without an answer, about half a minute, the books are read instead.
   */
  private static final int NET_CANCELS = 6;

  private static final Logger LOG = LoggerFactory.getLogger(Undos.class);

  private final Looks looks;

  Undos(Looks looks) {
    this.looks = looks;
  }

  /** What one try came to. */
  enum Verdict {
    UNDONE,
    /** There is nothing to undo, and will not be. */
    NOTHING_THERE,
    /** The PG will not undo it: then what its books say is how it ended. */
    ASK_BOOKS,
    /** There is nothing to undo, which has to be seen once more. */
    ABSENT,
    AGAIN
  }

  Verdict netCancel(Payment payment, Channel channel) {
    Attempt attempt = payment.attempt();
    if (attempt.tries() >= NET_CANCELS && channel.has(Lookup.class)) {
      // One of them may still be at work at the PG, as the charge itself may.
      return looks.isTooEarly(attempt.startedAt(), channel) ? Verdict.AGAIN : Verdict.ASK_BOOKS;
    }
    Outcome<Instant> undone =
        channel.require(NetCancel.class).netCancel(payment.order(attempt), attempt.intent());
    return undone instanceof Outcome.Ok<Instant>
        ? Verdict.UNDONE
        : notUndone(payment, channel, undone);
  }

  /**
   * A cancel that finds nothing may be earlier than the charge it is to undo: it proves something
   * when the PG has had its time since the call, and when seen twice.
   */
  Verdict byRef(Payment payment, Channel channel) {
    Attempt attempt = payment.attempt();
    Outcome<Optional<Instant>> undone = cancel(payment, channel);
    if (!(undone instanceof Outcome.Ok<Optional<Instant>>(Optional<Instant> at))) {
      return notUndone(payment, channel, undone);
    }
    if (at.isPresent()) {
      return Verdict.UNDONE;
    }
    if (looks.isTooEarly(attempt.calledAt(), channel)) {
      return Verdict.AGAIN;
    }
    return Looks.isBelieved(attempt.absent()) ? Verdict.NOTHING_THERE : Verdict.ABSENT;
  }

  /** Whether a charge that was settled as not made is gone, should it have come after all. */
  boolean isUndone(Payment payment, Channel channel) {
    Outcome<Optional<Instant>> undone = cancel(payment, channel);
    if (undone instanceof Outcome.Ok<Optional<Instant>>(Optional<Instant> at)) {
      at.ifPresent(late -> LOG.warn("{} is cancelled at its PG: {}", payment.impUid(), late));
      return true;
    }
    LOG.warn("a later cancel of {} has no answer: {}", payment.impUid(), undone);
    return false;
  }

  /** Whether a charge of this payment is undone by what we called it. */
  static boolean isByRef(Payment payment, Channel channel) {
    return !payment.isKeyOnly() && Means.of(payment, channel) == Ends.CANCEL_BY_REF;
  }

  private static Outcome<Optional<Instant>> cancel(Payment payment, Channel channel) {
    Attempt attempt = payment.attempt();
    return channel.require(CancelByRef.class).cancelByRef(payment.order(attempt), attempt.intent());
  }

  private static Verdict notUndone(Payment payment, Channel channel, Outcome<?> outcome) {
    if (outcome instanceof Outcome.Declined<?> && channel.has(Lookup.class)) {
      return Verdict.ASK_BOOKS;
    }
    LOG.warn("the net cancel of {} has no answer: {}", payment.impUid(), outcome);
    return Verdict.AGAIN;
  }
}
