package dev.naru.attention;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A place in the list of what is open, newest first.
 *
 * @param since of the matter after which the list goes on
 */
public record Place(Instant since, long id) {

  /** Before everything that is open. */
  public static final Place START = new Place(Instant.parse("9999-01-01T00:00:00Z"), 0);

  /** The place as one word. */
  public String word() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, since) + "-" + id;
  }

  /** Reads {@link #word}; empty if it is none. */
  public static Optional<Place> of(String word) {
    String[] parts = word.matches("\\d{1,18}-\\d{1,19}") ? word.split("-") : new String[0];
    try {
      return parts.length != 2
          ? Optional.empty()
          : Optional.of(
              new Place(
                  Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
                  Long.parseLong(parts[1])));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
