package dev.naru.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.http.PgClocks.Skew;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far PGs' clocks are from ours, and how far nobody knows. */
class PgClocksTest {

  private static final URI PG = URI.create("https://pg.example/a");
  private static final Instant START = Instant.parse("2026-03-01T00:00:00.400Z");

  private Instant wall = START;
  private long monotonic = Long.MAX_VALUE - 5_000_000_000L;
  private final PgClocks clocks = new PgClocks(() -> wall, () -> monotonic);

  private void pass(Duration time) {
    wall = wall.plus(time);
    monotonic += time.toNanos();
  }

  /** An exchange that takes so long, with a PG whose clock is so much behind ours. */
  private void exchange(Duration behind, Duration takes) {
    long begun = clocks.now();
    pass(takes.dividedBy(2));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(wall.minus(behind).atOffset(ZoneOffset.UTC));
    pass(takes.dividedBy(2));
    clocks.answered(PG, date, begun);
  }

  private Skew skew() {
    return clocks.of(PG).orElseThrow();
  }

  @Test
  void nothingIsKnownBeforeAnAnswer() {
    assertThat(clocks.of(PG)).isEmpty();
    clocks.answered(PG, null, clocks.now());
    clocks.answered(PG, "yesterday", clocks.now());
    // Whatever stands there, an answer that came is never lost by it.
    clocks.answered(PG, "Fri, 31 Dec 9999 23:59:59 GMT", clocks.now());
    clocks.answered(PG, "Mon, 1 Jan 0001 00:00:00 GMT", clocks.now());
    assertThat(clocks.of(PG)).isEmpty();
    exchange(Duration.ZERO, Duration.ofMillis(100));
    assertThat(skew().isSmall()).isTrue();
    assertThat(skew().isProved()).isFalse();
    assertThat(clocks.of(URI.create("https://other.example/"))).isEmpty();
  }

  @Test
  void clocksThatDifferAreProvedToOnEitherSide() {
    for (int seconds : List.of(15, -15, 3_600, -3_600)) {
      exchange(Duration.ofSeconds(seconds), Duration.ofMillis(200));
      assertThat(skew().isProved()).isTrue();
      assertThat(skew().isSmall()).isFalse();
      assertThat(skew().least()).isLessThanOrEqualTo(Duration.ofSeconds(seconds));
      assertThat(skew().most()).isGreaterThanOrEqualTo(Duration.ofSeconds(seconds));
    }
  }

  /** A slow answer tells little; together with a quick one no less than that alone. */
  @Test
  void anAnswerIsNoBetterThanItsWay() {
    exchange(Duration.ZERO, Duration.ofSeconds(20));
    assertThat(skew().isSmall()).isFalse();
    assertThat(skew().isProved()).isFalse();
    exchange(Duration.ZERO, Duration.ofMillis(100));
    assertThat(skew().isSmall()).isTrue();
    exchange(Duration.ZERO, Duration.ofSeconds(20));
    assertThat(skew().isSmall()).isTrue();
  }

  @Test
  void ourOwnClockIsSetMeanwhile() {
    exchange(Duration.ZERO, Duration.ofMillis(100));
    wall = wall.plusSeconds(15);
    assertThat(skew().isProved()).isTrue();
    wall = wall.minusSeconds(30);
    assertThat(skew().isProved()).isTrue();
    wall = wall.plusSeconds(15);
    assertThat(skew().isSmall()).isTrue();
  }

  @Test
  void whoListensHearsEachMeasure() {
    List<Boolean> heard = new ArrayList<>();
    clocks.listen((host, skew) -> heard.add(host.equals("pg.example") && skew.isProved()));
    exchange(Duration.ZERO, Duration.ofMillis(100));
    exchange(Duration.ofSeconds(60), Duration.ofMillis(100));
    assertThat(heard).containsExactly(false, true);
  }
}
