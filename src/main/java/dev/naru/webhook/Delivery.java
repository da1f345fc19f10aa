package dev.naru.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one URL.
 *
 * @param no counts the URLs of the event
 * @param endpoint the shop's endpoint it is for; null for a URL that the payment named
 * @param status the payment's status that it announces
 * @param tries how often it was begun; one that was cut short has no {@link Try}
 * @param dueAt when it is tried next; null once it is over
 * @param log the tries that came to an end, oldest first
 */
public record Delivery(
    long eventId,
    int no,
    String url,
    @Nullable Long endpoint,
    String status,
    State state,
    int tries,
    Instant createdAt,
    @Nullable Instant dueAt,
    List<Try> log) {

  public Delivery {
    log = List.copyOf(log);
  }

  /** How far it came. */
  public enum State {
    WAITING,
    DELIVERED,
    GIVEN_UP
  }

  /**
   * One call.
   *
   * @param status the HTTP status, 0 if there was no answer
   * @param answer how the answer began, or why there was none
   */
  public record Try(int no, Instant at, long millis, int status, String answer) {}
}
