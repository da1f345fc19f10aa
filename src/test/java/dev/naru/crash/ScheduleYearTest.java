package dev.naru.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.WithProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lives through a year of schedules twice, with the same plan, two nodes, and a {@code kill -9} of
 * one of them on the way: first of the node that moves the clock, then of the other. Sixty
 * schedules in the suite; {@code mvn test -Dtest=ScheduleYearTest -Dyear.schedules=10000} for the
 * long form.
 */
@WithProcesses
class ScheduleYearTest {

  private static final int SIZE = Integer.getInteger("year.schedules", 60);

  @TempDir private Path data;

  @Test
  void nothingIsMissedAndNothingIsDoneTwice() throws Exception {
    long seed = Long.getLong("year.seed", new Random().nextLong());
    System.out.println("a year of " + SIZE + " schedules, -Dyear.seed=" + seed);
    List<Year.Result> first = live(data.resolve("first"), seed, true);
    List<Year.Result> second = live(data.resolve("second"), seed, false);
    assertThat(second).isEqualTo(first);
    assertThat(first).extracting(Year.Result::payment).contains("paid", "failed");
  }

  private static List<Year.Result> live(Path home, long seed, boolean killMover) throws Exception {
    try (Year year = new Year(home, seed, SIZE)) {
      year.schedule();
      long begin = System.nanoTime();
      year.live(killMover);
      System.out.printf(
          "a year of %d schedules took %d s%n",
          SIZE, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
      return year.results();
    }
  }
}
