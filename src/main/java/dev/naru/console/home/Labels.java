package dev.naru.console.home;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a day or an hour is named: whole in the table, shortly on the axis. */
record Labels(ZonedDateTime at, Range range, boolean korean) {

  String label() {
    return range == Range.TODAY ? of("HH:00") : of("yyyy-MM-dd (E)");
  }

  String tick() {
    return switch (range) {
      case TODAY -> of("HH");
      case WEEK -> of("d E");
      case MONTH, HALF_YEAR -> of("M/d");
    };
  }

  private String of(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, korean ? Locale.KOREAN : Locale.ENGLISH).format(at);
  }
}
