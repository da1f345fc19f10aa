package dev.naru.pg.kit;

import dev.naru.kernel.HubClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Dates as Korean PGs write them: digits or ISO, in Seoul's time, mostly without saying so. */
public final class Seoul {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private Seoul() {}

  /** {@code yyyyMMddHHmmss}. */
  public static String stamp(Instant at) {
    return STAMP.format(at.atZone(HubClock.SEOUL));
  }

  /** From a date and a time of 2, 4 or 6 digits, or from both in one. */
  public static Instant at(String digits) {
    String full = (digits + "000000").substring(0, 14);
    return LocalDateTime.parse(full, STAMP).atZone(HubClock.SEOUL).toInstant();
  }

  /** ISO local time, as Toss takes it. */
  public static String iso(Instant at) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
        at.atZone(HubClock.SEOUL).toLocalDateTime().withNano(0));
  }

  /** From ISO, with or without an offset. */
  public static Instant ofIso(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException withoutOffset) {
      return LocalDateTime.parse(text).atZone(HubClock.SEOUL).toInstant();
    }
  }
}
