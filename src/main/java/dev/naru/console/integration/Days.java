package dev.naru.console.integration;

import dev.naru.kernel.HubClock;
import java.time.Instant;
import java.time.LocalDate;

/** Some days of Seoul, the first and the last among them. */
record Days(LocalDate from, LocalDate to) {

  static Instant start(LocalDate day) {
    return day.atStartOfDay(HubClock.SEOUL).toInstant();
  }

  Instant begin() {
    return start(from);
  }

  Instant end() {
    return start(to.plusDays(1));
  }
}
