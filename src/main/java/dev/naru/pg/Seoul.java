package dev.naru.pg;

import dev.naru.kernel.HubClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dates as Korean PGs write them: digits or ISO, in Seoul's time, mostly without saying so. */
final class Seoul {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private Seoul() {}

  /** {@code yyyyMMddHHmmss}. */
  static String stamp(Instant at) {
    return STAMP.format(at.atZone(HubClock.SEOUL));
  }

  /** From a date and a time of 2, 4 or 6 digits, or from both in one. */
  static Instant at(String digits) {
    String full = (digits + "000000").substring(0, 14);
    return LocalDateTime.parse(full, STAMP).atZone(HubClock.SEOUL).toInstant();
  }

  /** ISO local time, as Toss takes it. */
  static String iso(Instant at) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
        at.atZone(HubClock.SEOUL).toLocalDateTime().withNano(0));
  }

  /** From ISO, with or without an offset. */
  static Instant ofIso(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException withoutOffset) {
      return LocalDateTime.parse(text).atZone(HubClock.SEOUL).toInstant();
    }
  }

  /**
   * V1's {@code vbank_due}: seconds since 1970, or yyyyMMdd (until the end of that day),
   * yyyyMMddHHmm or yyyyMMddHHmmss, with or without punctuation. Empty if it is none of these.
   */
  static Optional<Instant> due(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      if (text.indexOf('T') > 0) {
        return Optional.of(ofIso(text));
      }
      String digits = text.replaceAll("[^0-9]", "");
      return switch (digits.length()) {
        case 8 -> Optional.of(endOf(digits));
        case 9, 10 -> Optional.of(Instant.ofEpochSecond(Long.parseLong(digits)));
        case 12, 14 -> Optional.of(at(digits));
        default -> Optional.empty();
      };
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Instant endOf(String date) {
    return LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE)
        .atTime(23, 59, 59)
        .atZone(HubClock.SEOUL)
        .toInstant();
  }
}
