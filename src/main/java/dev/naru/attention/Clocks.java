package dev.naru.attention;

import dev.naru.connector.http.PgClocks;
import dev.naru.connector.http.PgClocks.Skew;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells of clocks that differ from this machine's: a PG's by its host, the database's. */
@Component
public class Clocks {

  private static final Logger LOG = LoggerFactory.getLogger(Clocks.class);

  /** So many measures in a row: a clock that is just being set differs for one. */
  private static final int PROOFS = 2;

  private final Attention attention;
  private final ConcurrentMap<String, Seen> clocks = new ConcurrentHashMap<>();

  /**
   * @param proofs how often in a row it was proved to differ
   * @param told what was told of it last; null if nothing was
   */
  private record Seen(int proofs, @Nullable Boolean told) {

    Seen again(Skew skew) {
      int more = skew.isProved() ? Math.min(proofs + 1, PROOFS) : skew.isSmall() ? 0 : proofs;
      boolean news = more == PROOFS || (more == 0 && skew.isSmall());
      return new Seen(more, news ? Boolean.valueOf(more > 0) : told);
    }
  }

  Clocks(Attention attention, PgClocks pgs) {
    this.attention = attention;
    pgs.listen(this::measured);
  }

  /**
   * What was measured of a clock. May be told as often as one likes: only a change is news.
   *
   * @param whose a host, or what else has a clock
   */
  public void measured(String whose, Skew skew) {
    Seen[] before = new Seen[1];
    Seen after =
        clocks.compute(
            whose,
            (_, seen) -> {
              before[0] = seen == null ? new Seen(0, null) : seen;
              return before[0].again(skew);
            });
    Boolean differs = after.told();
    if (differs == null || differs.equals(before[0].told())) {
      return;
    }
    if (differs) {
      String why =
          "ours less theirs is between %.1f and %.1f seconds"
              .formatted(seconds(skew.least()), seconds(skew.most()));
      LOG.warn("the clock of {} differs: {}", whose, why);
      attention.raise(Attention.HUB, What.CLOCK_DIFFERS, whose, why);
    } else {
      LOG.debug("the clock of {} agrees", whose);
      attention.settled(Attention.HUB, What.CLOCK_DIFFERS, whose);
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }
}
