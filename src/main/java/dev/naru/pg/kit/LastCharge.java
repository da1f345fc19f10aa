package dev.naru.pg.kit;

import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgRecord;
import dev.naru.connector.http.PgClocks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whether a key was charged, at a PG that tells no more than when it was charged last. */
public final class LastCharge {

  /** Of the intent: our clock less theirs at most, in milliseconds; missing if unmeasured. */
  private static final String AHEAD = "ahead";

  /** How far the PG's own clocks may be from each other, and some more. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** How far ours was ahead at most, if nobody had measured it when a charge began. */
  private static final Duration UNMEASURED = Duration.ofHours(1);

  private LastCharge() {}

  /** Notes in the intent of a charge that begins how far our clock may be ahead. */
  public static void note(Map<String, String> intent, Optional<PgClocks.Skew> skew) {
    skew.ifPresent(now -> intent.put(AHEAD, Long.toString(now.most().toMillis())));
  }

  /**
   * Whether it was charged since, and not only before: the charge began by our clock, the last one
   * was by theirs. While the two do not agree, or nobody knows, neither does anybody know this.
   *
   * @param last when the key was charged last; empty if never
   * @param skew our clock less theirs now
   */
  public static Outcome<Optional<PgRecord>> since(
      Instant begun,
      Map<String, String> intent,
      Optional<Instant> last,
      Optional<PgClocks.Skew> skew) {
    if (last.isEmpty()) {
      return new Ok<>(Optional.empty());
    }
    if (skew.filter(PgClocks.Skew::isSmall).isEmpty()) {
      return new Unknown<>("the SID was charged at " + last.get() + ", by another clock");
    }
    String ahead = intent.get(AHEAD);
    Duration most = ahead == null ? UNMEASURED : Duration.ofMillis(Long.parseLong(ahead));
    return last.get().isBefore(begun.minus(most).minus(MARGIN))
        ? new Ok<>(Optional.empty())
        : new Unknown<>(PgRecord.NAMELESS + ": the SID at " + last.get());
  }
}
