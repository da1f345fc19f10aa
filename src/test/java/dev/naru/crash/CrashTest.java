package dev.naru.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.HubProcess;
import dev.naru.testing.SimulatorProcess;
import dev.naru.testing.WithProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the hub with {@code kill -9} at random moments, under load and with PGs that misbehave, the
 * simulators running on in a process of their own; then compares all books. Three kills in the
 * suite; {@code mvn test -Dtest=CrashTest -Dcrash.kills=30} for the long form.
 */
@WithProcesses
class CrashTest {

  private static final int KILLS = Integer.getInteger("crash.kills", 3);
  private static final int SHOPS = 24;
  private static final Duration SETTLED = Duration.ofMinutes(3);

  @TempDir private Path data;

  @Test
  void losesNothingDoublesNothingAndEndsAll() throws Exception {
    long seed = Long.getLong("crash.seed", new Random().nextLong());
    System.out.println("crash test: " + KILLS + " kills, -Dcrash.seed=" + seed);
    Random random = new Random(seed);
    try (SimulatorProcess simulators =
        SimulatorProcess.start(data.resolve("pg"), Duration.ofSeconds(3))) {
      Path home = data.resolve("hub");
      Map<String, String> settings = settings(simulators);
      Books books = new Books(home, simulators.url());
      HubProcess hub = HubProcess.start(home, settings);
      Load load = new Load(new Api(hub.url()), "crash-" + Long.toString(seed & 0xffffff, 36));
      load.start(SHOPS, seed);
      try {
        for (int kill = 1; kill <= KILLS; kill++) {
          TimeUnit.MILLISECONDS.sleep(random.nextInt(300, 3_000));
          hub.kill();
          hub = HubProcess.start(home, settings);
        }
        TimeUnit.MILLISECONDS.sleep(1_000);
        load.stop();
        verify(books, load);
      } finally {
        load.stop();
        hub.close();
      }
    }
  }

  private static void verify(Books books, Load load) throws Exception {
    await()
        .atMost(SETTLED)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> books.undecided() == 0 && books.undelivered() == 0);
    assertThat(books.differences()).isEmpty();
    Map<String, Books.Row> byImpUid =
        books.rows().stream().collect(Collectors.toMap(Books.Row::impUid, row -> row));
    assertThat(load.paid())
        .as("what was acknowledged as paid")
        .isNotEmpty()
        .allSatisfy(impUid -> assertThat(found(byImpUid, impUid).state()).isEqualTo("paid"));
    assertThat(load.canceled())
        .as("what was acknowledged as cancelled")
        .allSatisfy(
            cancel ->
                assertThat(found(byImpUid, cancel.impUid()).canceled())
                    .isGreaterThanOrEqualTo(cancel.cancelAmount()));
    assertThat(
            books.number(
                "select count(*) from payment where canceled + canceling > amount or canceling >"
                    + " 0"))
        .isZero();
    System.out.printf(
        "crash test: %d orders tried, %d payments kept, %d acknowledged as paid, %d cancels"
            + " acknowledged, all books agree%n",
        load.orders(), byImpUid.size(), load.paid().size(), load.canceled().size());
  }

  private static Books.Row found(Map<String, Books.Row> byImpUid, String impUid) {
    Books.Row row = byImpUid.get(impUid);
    if (row == null) {
      throw new AssertionError(impUid + " was acknowledged and is lost");
    }
    return row;
  }

  private static Map<String, String> settings(SimulatorProcess simulators) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("NARU_PORT", Integer.toString(HubProcess.freePort()));
    settings.put("NARU_SIMULATOR_URL", simulators.url().toString());
    settings.put("NARU_PG_CONNECT_TIMEOUT", "PT1S");
    settings.put("NARU_PG_READ_TIMEOUT", "PT2S");
    settings.put("NARU_PG_WAIT", "PT3S");
    settings.put("NARU_PG_PATIENCE", "PT8S");
    return settings;
  }
}
