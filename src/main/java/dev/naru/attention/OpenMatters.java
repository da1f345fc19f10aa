package dev.naru.attention;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** How many matters are open, as a metric: asked for anew when somebody reads it. */
@Component
class OpenMatters implements MeterBinder {

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Attention attention;
  private Map<What, Long> counts = Map.of();
  private long readAt = System.nanoTime() - FRESH.toNanos();

  OpenMatters(Attention attention) {
    this.attention = attention;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (What what : What.values()) {
      Gauge.builder("naru.attention.open", this, self -> self.count(what))
          .tag("kind", what.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private synchronized double count(What what) {
    if (System.nanoTime() - readAt >= FRESH.toNanos()) {
      readAt = System.nanoTime();
      try {
        counts = attention.counts();
      } catch (DataAccessException away) {
        return Double.NaN;
      }
    }
    return counts.getOrDefault(what, 0L);
  }
}
