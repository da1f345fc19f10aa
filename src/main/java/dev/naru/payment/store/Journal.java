package dev.naru.payment.store;

import dev.naru.connector.Decline;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Change;
import dev.naru.payment.Event;
import dev.naru.payment.Payment;
import io.micrometer.core.instrument.Metrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One line in the program's log for what does not go as usual, and counters for all of it. What a
 * PG said is cut, and on one line; nothing about a person is in it.
 */
final class Journal {

  private static final int LONGEST = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private Journal() {}

  /** What was just written. */
  static void tell(@Nullable Payment before, Change change) {
    change.events().forEach(event -> tell(before, change.after(), event));
  }

  private static void tell(@Nullable Payment before, Payment payment, Event event) {
    String pg = payment.via().provider();
    Metrics.counter("naru.payment.events", "pg", pg, "kind", PaymentRows.lower(event.kind()))
        .increment();
    boolean ofCancel = event.cancellationId() != null;
    boolean resolved =
        before != null && (ofCancel ? isLookedFor(before, event) : isLookedFor(before.attempt()));
    if (resolved && isEnd(event.kind())) {
      Metrics.counter(
              "naru.resolver.ends",
              "pg",
              pg,
              "of",
              ofCancel ? "cancel" : "charge",
              "end",
              PaymentRows.lower(event.kind()))
          .increment();
    }
    Level level = level(event.kind(), resolved);
    if (LOG.isEnabledForLevel(level)) {
      LOG.atLevel(level)
          .log(
              "{} of {} (order {}, channel {} of {}){}{}",
              words(event.kind()),
              payment.impUid(),
              line(payment.purchase().merchantUid()),
              payment.via().channelKey(),
              pg,
              resolved ? " after it had been looked for" : "",
              why(payment, event));
    }
  }

  /** Its outcome was not known: somebody has looked for it. */
  private static boolean isLookedFor(Attempt before) {
    return before.tries() > 0
        || before.state() == Attempt.State.UNKNOWN
        || before.state() == Attempt.State.PENDING;
  }

  private static boolean isLookedFor(Payment before, Event event) {
    return before.cancellations().stream()
        .filter(cancel -> cancel.id().equals(event.cancellationId()))
        .anyMatch(cancel -> cancel.state() != Cancellation.State.CALLING || cancel.tries() > 0);
  }

  private static boolean isEnd(Event.Kind kind) {
    return switch (kind) {
      case APPROVED, DECLINED, REVERSED, CANCELED, CANCEL_REFUSED, VBANK_OPENED, LATE_APPROVAL ->
          true;
      default -> false;
    };
  }

  private static Level level(Event.Kind kind, boolean resolved) {
    return switch (kind) {
      case UNKNOWN, CANCEL_UNKNOWN, CANCEL_REFUSED, LATE_APPROVAL, DEPOSIT_REVERSED, FAILED_OVER ->
          Level.WARN;
      case REVERSED, EXPIRED, VBANK_CHANGE_REFUSED -> Level.INFO;
      case APPROVED, DECLINED, CANCELED -> resolved ? Level.INFO : Level.DEBUG;
      default -> Level.DEBUG;
    };
  }

  private static String words(Event.Kind kind) {
    return PaymentRows.lower(kind).replace('_', ' ');
  }

  private static String why(Payment payment, Event event) {
    Decline decline =
        event.kind() == Event.Kind.DECLINED
                && payment.state() instanceof Payment.State.Failed(Decline no, var at)
            ? no
            : null;
    String said = decline == null ? event.data().get("why") : decline.message();
    return said == null ? "" : ": " + line(said);
  }

  private static String line(@Nullable String text) {
    String clean = String.valueOf(text).replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }
}
