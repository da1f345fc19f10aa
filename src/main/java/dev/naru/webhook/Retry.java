package dev.naru.webhook;

import dev.naru.connector.http.OutboundReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What follows a try. Any 2xx means received: V1 speaks of 200, and nobody answers 204 to ask for
 * the same again. If its shop wants nothing else, everything else is tried again for three days, in
 * two rhythms:
 *
 * <ul>
 *   <li>what may pass by itself (no answer, 5xx, 408, 425, 429): five times a minute apart, as V1's
 *       resending, then ever more rarely, at last every hour;
 *   <li>what says no (3xx, 4xx, an address Naru does not call): every hour. V1 does not resend
 *       these, but a shop that answered 404 for an afternoon still wants what it missed.
 * </ul>
 *
 * The last try is three days after the event; then it is given up, and can be replayed by hand.
 * With {@link Retries#FIVE} there are V1's five alone, with {@link Retries#NONE} there is one try.
 */
final class Retry {

  static final Duration PATIENCE = Duration.ofDays(3);

  private static final List<Duration> GROWING =
      List.of(1, 1, 1, 1, 1, 5, 10, 20, 40).stream().map(Duration::ofMinutes).toList();
  private static final int FIVE = 5;
  private static final Duration HOURLY = Duration.ofHours(1);
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private Retry() {}

  /** The delivery's new state, and if it waits, until when. */
  record Verdict(Delivery.State state, @Nullable Instant dueAt) {}

  static Verdict after(OutboundReply reply, Claimed claimed, Retries retries, Instant now) {
    if (reply instanceof OutboundReply.Answered(int status, String body) && status / 100 == 2) {
      return new Verdict(Delivery.State.DELIVERED, null);
    }
    Instant last = claimed.createdAt().plus(PATIENCE);
    if (!now.isBefore(last) || !goesOn(retries, reply, claimed)) {
      return new Verdict(Delivery.State.GIVEN_UP, null);
    }
    Instant next = now.plus(pause(mayPass(reply), claimed));
    return new Verdict(Delivery.State.WAITING, next.isBefore(last) ? next : last);
  }

  private static boolean goesOn(Retries retries, OutboundReply reply, Claimed claimed) {
    return switch (retries) {
      case DAYS -> true;
      case FIVE -> mayPass(reply) && claimed.tries() <= FIVE;
      case NONE -> false;
    };
  }

  private static boolean mayPass(OutboundReply reply) {
    return switch (reply) {
      case OutboundReply.Answered(int status, String body) ->
          status >= 500 || PASSING.contains(status);
      case OutboundReply.Failed(String why) -> true;
      case OutboundReply.Blocked(String why) -> false;
    };
  }

  private static Duration pause(boolean soon, Claimed claimed) {
    Duration pause =
        soon && claimed.tries() <= GROWING.size() ? GROWING.get(claimed.tries() - 1) : HOURLY;
    // A minute stays a minute; longer pauses differ by up to a tenth, so that what failed together
    // does not come back together.
    long spread = pause.toMinutes() > 1 ? pause.toMillis() / 10 : 0;
    long jitter =
        spread == 0
            ? 0
            : new SplittableRandom(claimed.eventId() + claimed.tries()).nextLong(spread);
    return pause.plusMillis(jitter);
  }
}
