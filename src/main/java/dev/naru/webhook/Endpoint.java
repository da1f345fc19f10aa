package dev.naru.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a merchant's webhooks go to: scheme, host and port, whatever the path. One that is silent is
 * parked: one delivery is tried now and then, the others wait, and all flow again once it answers.
 *
 * @param lane its number
 * @param origin scheme, host and port; no path, into which shops put keys
 * @param fails calls without an answer in a row
 * @param since the first of them
 */
record Endpoint(long merchantId, long lane, String origin, int fails, Instant since, Turn turn) {

  /** What became of it just now. */
  enum Turn {
    PARKED,
    STILL_PARKED,
    OPENED
  }

  /** So many calls in a row without an answer, and it is parked. */
  static final int MOST_FAILS = 5;

  /** How long it is left alone, after each further call without an answer. */
  static final List<Duration> PAUSES =
      List.of(10, 30, 60, 120, 300, 600, 900).stream().map(Duration::ofSeconds).toList();

  /** Lanes are numbers below this. */
  static final long LANES = 1L << 60;

  /** As the column {@code delivery.lane} has it. */
  private static final Pattern ORIGIN = Pattern.compile("^[^:/?#]*://[^/?#]*");

  private static final int LONGEST = 300;

  static String origin(String url) {
    Matcher found = ORIGIN.matcher(url.strip());
    String origin = found.find() ? found.group().toLowerCase(Locale.ROOT) : "";
    return origin.length() <= LONGEST ? origin : origin.substring(0, LONGEST);
  }
}
