package dev.naru.simulator.kit.facts;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Times as Korean PGs write them. */
public final class Seoul {

  private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
  private static final DateTimeFormatter OFFSET =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX").withZone(ZONE);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZONE);
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZONE);

  private Seoul() {}

  /** With the offset of Seoul. */
  public static String offset(Instant time) {
    return OFFSET.format(time);
  }

  /** With microseconds, without an offset. */
  public static String micros(Instant time) {
    return MICROS.format(time);
  }

  /** yyyyMMddHHmmss. */
  public static String compact(Instant time) {
    return COMPACT.format(time);
  }

  /** yyyyMMdd. */
  public static String date(Instant time) {
    return compact(time).substring(0, 8);
  }

  static YearMonth month(Instant time) {
    return YearMonth.from(time.atZone(ZONE));
  }

  /** HHmmss. */
  public static String time(Instant time) {
    return compact(time).substring(8);
  }

  /**
   * Reads yyyyMMdd with or without HHmm; the end of that day without. Not readable: the fallback.
   */
  public static Instant due(String text, Instant fallback) {
    String digits = Cards.digits(text);
    String full =
        switch (digits.length()) {
          case 8 -> digits + "235959";
          case 12 -> digits + "59";
          case 14 -> digits;
          default -> "";
        };
    return full.isEmpty() ? fallback : parse(full, fallback);
  }

  /** Reads a local date and time in ISO form. */
  public static Instant local(String text, Instant fallback) {
    return text.length() < 19 ? fallback : due(text.substring(0, 19), fallback);
  }

  private static Instant parse(String compact, Instant fallback) {
    try {
      return LocalDateTime.parse(compact, DateTimeFormatter.ofPattern("yyyyMMddHHmmss"))
          .atZone(ZONE)
          .toInstant();
    } catch (DateTimeParseException _) {
      return fallback;
    }
  }
}
