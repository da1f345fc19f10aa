package dev.naru.attention.watch;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.reach.PgReach;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Tells of PGs that have not answered for so long that it is no hiccup any more. */
@Component
class Reach {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final Attention attention;
  private final HubClock clock;

  Reach(Attention attention, PgReach reach, HubClock clock) {
    this.attention = attention;
    this.clock = clock;
    reach.listen(this::on);
  }

  private void on(String provider, PgReach.State state) {
    if (state.since() == null) {
      attention.settled(Attention.HUB, What.PG_UNREACHABLE, provider);
    } else if (clock.instant().isAfter(state.since().plus(LONG))) {
      attention.raise(
          Attention.HUB,
          What.PG_UNREACHABLE,
          provider,
          state.unanswered() + " calls without an answer since " + state.since());
    }
  }
}
