package dev.naru.start.settings;

import dev.naru.kernel.Settings.Door;
import dev.naru.kernel.Settings.Keep;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.catalina.util.NetMaskSet;

/**
 * Reads the settings of limits, and of how long things are kept.
 *
 * @param text the text of a setting
 * @param problem takes what is wrong with one
 * @param duration a setting's, or else the given one
 */
record DoorReader(
    Function<String, Optional<String>> text,
    BiConsumer<String, String> problem,
    BiFunction<String, Duration, Duration> duration) {

  /** Less would take from those who look into something what they look for. */
  private static final Duration SHORTEST_KEPT = Duration.ofDays(7);

  Door door(boolean live) {
    String proxies = text.apply("naru.trusted.proxies").orElse("");
    try {
      NetMaskSet.parse(proxies);
    } catch (IllegalArgumentException e) {
      problem.accept(
          "naru.trusted.proxies", "must be CIDR blocks with commas, not \"" + proxies + "\"");
    }
    return new Door(
        limit("naru.rate.limit", 0),
        limit("naru.wrong.keys", live ? 30 : 0),
        limit("naru.window.limit", live ? 120 : 0),
        proxies);
  }

  private int limit(String name, int fallback) {
    String set = text.apply(name).orElse(Integer.toString(fallback));
    if (set.matches("\\d{1,6}")) {
      return Integer.parseInt(set);
    }
    problem.accept(name, "must be a whole number from 0 (no limit) to 999999, not \"" + set + "\"");
    return fallback;
  }

  Keep keep() {
    return new Keep(
        kept("naru.keep.wire-log", 90),
        kept("naru.keep.windows", 30),
        kept("naru.keep.webhooks", 90),
        kept("naru.keep.certifications", 365));
  }

  private Duration kept(String name, int days) {
    Duration kept = duration.apply(name, Duration.ofDays(days));
    if (!kept.isZero() && kept.compareTo(SHORTEST_KEPT) < 0) {
      problem.accept(name, "must be 0 (for ever) or at least 7d");
    }
    return kept;
  }
}
