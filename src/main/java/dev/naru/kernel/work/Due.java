package dev.naru.kernel.work;

import dev.naru.kernel.HubClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** V1's {@code vbank_due} as shops write it: until when something may be paid. */
public final class Due {

  private static final Pattern FORM =
      Pattern.compile(
          "\\d{8}(\\d{4}(\\d{2})?)?|\\d{9,10}"
              + "|\\d{4}[-./]\\d{2}[-./]\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})?)?");

  private static final Pattern FRACTION =
      Pattern.compile("(?<=\\d{9})\\.\\d+$|(?<=:\\d{2})\\.\\d+");
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private Due() {}

  /**
   * A date (until its end), a date with a time of two or three parts, with or without punctuation,
   * in Seoul's time unless an offset says otherwise, or seconds since 1970. A fraction of a second
   * counts for nothing. Empty if it is none of these.
   */
  public static Optional<Instant> read(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    String whole = FRACTION.matcher(text.strip()).replaceFirst("");
    if (!FORM.matcher(whole).matches()) {
      return Optional.empty();
    }
    try {
      if (whole.matches(".*(Z|[+-]\\d{2}:\\d{2})") && whole.indexOf(':') > 0) {
        String iso = whole.substring(0, 10).replaceAll("[./]", "-") + "T" + whole.substring(11);
        return Optional.of(OffsetDateTime.parse(iso).toInstant());
      }
      String digits = whole.replaceAll("[^0-9]", "");
      return Optional.of(
          switch (digits.length()) {
            case 8 -> endOf(digits);
            case 9, 10 -> Instant.ofEpochSecond(Long.parseLong(digits));
            default -> at(digits);
          });
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static Instant at(String digits) {
    return LocalDateTime.parse((digits + "00").substring(0, 14), STAMP)
        .atZone(HubClock.SEOUL)
        .toInstant();
  }

  private static Instant endOf(String date) {
    return LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE)
        .atTime(23, 59, 59)
        .atZone(HubClock.SEOUL)
        .toInstant();
  }
}
