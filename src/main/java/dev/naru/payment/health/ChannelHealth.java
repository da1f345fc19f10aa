package dev.naru.payment.health;

import dev.naru.kernel.HubClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the newest payments of a day fared, by the channels they were made by. */
@Component
public class ChannelHealth {

  private static final Duration SPAN = Duration.ofHours(24);

  private final HealthStore store;
  private final HubClock clock;

  ChannelHealth(HealthStore store, HubClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * What became of the payments of one channel.
   *
   * @param declined by cards and PGs: not those that buyers or shops gave up
   * @param last the last one that was declined; null if none was
   */
  public record Seen(long paid, long declined, @Nullable Refused last) {

    /** Nothing was paid by it, or declined. */
    public static final Seen NOTHING = new Seen(0, 0, null);

    public long all() {
      return paid + declined;
    }

    /** How many of a hundred were paid, rounded down; 0 if there were none. */
    public long percent() {
      return all() == 0 ? 0 : paid * 100 / all();
    }

    Seen and(Seen other) {
      return new Seen(paid + other.paid, declined + other.declined, later(last, other.last));
    }

    private static @Nullable Refused later(@Nullable Refused one, @Nullable Refused other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return one.at().isBefore(other.at()) ? other : one;
    }
  }

  /**
   * A payment that was declined.
   *
   * @param why as V1 shows it: the PG's code in brackets, and its words
   */
  public record Refused(String impUid, Instant at, String why) {}

  /**
   * By the channels' keys; those without a payment are left out.
   *
   * @param merchants who may have paid by the same channel: its owner, and whom it was handed to
   */
  public Map<String, Seen> of(Collection<Long> merchants) {
    Instant since = clock.instant().minus(SPAN);
    Map<String, Seen> all = new HashMap<>();
    merchants.forEach(
        merchantId ->
            store
                .since(merchantId, since)
                .forEach((channel, seen) -> all.merge(channel, seen, Seen::and)));
    return all;
  }
}
