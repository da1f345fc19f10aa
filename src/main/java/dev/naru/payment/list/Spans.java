package dev.naru.payment.list;

import dev.naru.kernel.HubClock;
import dev.naru.payment.list.PaymentFilter.Basis;
import dev.naru.payment.list.PaymentFilter.Preset;
import dev.naru.payment.list.PaymentFilter.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** Spans of time as Korea's calendar has them. */
final class Spans {

  /** So that what is written this moment is in a span that ends now. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private Spans() {}

  static Span of(Basis basis, Preset preset, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, HubClock.SEOUL);
    LocalDate from =
        switch (preset) {
          case TODAY -> today;
          case YESTERDAY -> today.minusDays(1);
          case WEEK -> today.minusDays(6);
          case MONTH -> today.minusMonths(1);
          case THREE_MONTHS -> today.minusMonths(3);
          case SIX_MONTHS -> today.minusMonths(6);
        };
    Instant to = preset == Preset.YESTERDAY ? start(today) : now.plus(AHEAD);
    return new Span(basis, preset, start(from), to);
  }

  static Instant start(LocalDate day) {
    return day.atStartOfDay(HubClock.SEOUL).toInstant();
  }
}
