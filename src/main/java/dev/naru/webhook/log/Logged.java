package dev.naru.webhook.log;

import dev.naru.webhook.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A delivery in the log.
 *
 * @param endpoint the shop's endpoint it is for; null for a URL that the payment named
 * @param status the payment's status that it announces
 * @param answered the HTTP status of the last try that ended, 0 if there was no answer; null if
 *     none has ended
 * @param dueAt when it is tried next; null once it is over
 * @param parked whether it waits for an endpoint that is silent
 */
public record Logged(
    Place place,
    String impUid,
    String merchantUid,
    String url,
    @Nullable Long endpoint,
    String status,
    Delivery.State state,
    int tries,
    @Nullable Integer answered,
    Instant createdAt,
    @Nullable Instant dueAt,
    boolean parked) {

  /** Which delivery: a place in the log, the newest first. */
  public record Place(long eventId, int no) {

    /** Before the newest. */
    public static final Place START = new Place(Long.MAX_VALUE, 0);

    /** As one word. */
    public String word() {
      return eventId + "-" + no;
    }

    /** Reads {@link #word}; empty if it is none. */
    public static Optional<Place> of(String word) {
      String[] parts = word.matches("\\d{1,19}-\\d{1,9}") ? word.split("-") : new String[0];
      try {
        return parts.length == 2
            ? Optional.of(new Place(Long.parseLong(parts[0]), Integer.parseInt(parts[1])))
            : Optional.empty();
      } catch (NumberFormatException tooLarge) {
        return Optional.empty();
      }
    }
  }

  /** What of the log is looked at. */
  public enum Only {
    DELIVERED,
    WAITING,
    GIVEN_UP,
    /** Waiting for an endpoint that is silent. */
    PARKED
  }

  /**
   * Which deliveries are looked for; what is null does not matter.
   *
   * @param from of changes not before
   * @param to of changes before
   */
  public record Filter(
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Only only,
      @Nullable Long endpoint,
      @Nullable String impUid) {

    /** Everything. */
    public static final Filter ALL = new Filter(null, null, null, null, null);
  }

  /**
   * A part of the log, the newest first.
   *
   * @param next where the next page begins; null if this is the last
   */
  public record Page(List<Logged> rows, @Nullable Place next) {}

  /**
   * A silent endpoint: one webhook is tried now and then, the others wait.
   *
   * @param lane its number
   * @param origin scheme, host and port
   * @param fails calls without an answer in a row
   * @param since the first of them
   * @param nextTry when one is tried again
   * @param waiting how many wait for it, counted up to a thousand
   */
  public record Parked(
      long lane, String origin, int fails, Instant since, Instant nextTry, int waiting) {}
}
