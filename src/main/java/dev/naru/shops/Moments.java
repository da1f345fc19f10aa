package dev.naru.shops;

import dev.naru.kernel.HubClock;
import dev.naru.shops.table.Part;
import dev.naru.shops.text.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads dates and times, which are Seoul's if they do not say otherwise. */
final class Moments {

  private static final int DATE = 10;

  private final Problems problems;

  Moments(Problems problems) {
    this.problems = problems;
  }

  /** A date is its beginning. Empty if there is no such time, which is a problem. */
  Optional<Instant> at(Part part, String name) {
    return read(part, name, 0);
  }

  /** A date is its end, the first moment of the next. */
  Optional<Instant> until(Part part, String name) {
    return read(part, name, 1);
  }

  private Optional<Instant> read(Part part, String name, int daysMore) {
    return part.text(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(instant(text.replace(' ', 'T'), daysMore));
              } catch (DateTimeException none) {
                problems.add(part.at(name), "there is no such date or time: " + text);
                return Optional.empty();
              }
            });
  }

  private static Instant instant(String text, int daysMore) {
    if (text.length() == DATE) {
      return LocalDate.parse(text).plusDays(daysMore).atStartOfDay(HubClock.SEOUL).toInstant();
    }
    boolean offset = text.substring(DATE).matches(".*(Z|[+-]\\d{2}:\\d{2})");
    return offset
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(HubClock.SEOUL).toInstant();
  }
}
