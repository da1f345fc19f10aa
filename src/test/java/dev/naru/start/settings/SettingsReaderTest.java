package dev.naru.start.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.naru.kernel.Settings;
import dev.naru.start.StartRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

  @TempDir Path data;

  @Test
  void nothingSetIsASandboxOnThisMachineAlone() {
    Settings settings = read(Map.of());
    assertThat(settings.sandbox()).isTrue();
    assertThat(settings.bind()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.baseUrl()).hasToString("http://localhost:8080");
    assertThat(settings.simulatorUrl()).hasToString("http://127.0.0.1:8081");
    assertThat(settings.startsSimulators()).isTrue();
    assertThat(settings.database()).isNull();
    assertThat(settings.keyset()).isEqualTo(data.resolve("keyset.json"));
    assertThat(settings.pgTimes().read()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.patience()).isNull();
    assertThat(settings.door()).isEqualTo(Settings.Door.OPEN);
  }

  @Test
  void portZeroIsAnyFreePort() {
    Settings settings = read(Map.of("naru.port", "0"));
    assertThat(settings.port()).isPositive();
    assertThat(settings.simulatorPort()).isPositive().isNotEqualTo(settings.port());
    assertThat(settings.baseUrl().getPort()).isEqualTo(settings.port());
  }

  @Test
  void simulatorsElsewhereAreNotStarted() {
    Settings settings = read(Map.of("naru.simulator.url", "http://sim.test:9/"));
    assertThat(settings.startsSimulators()).isFalse();
    assertThat(settings.simulatorUrl()).hasToString("http://sim.test:9");
  }

  @Test
  void aSeedIsAWholeNumber() {
    assertThat(SettingsReader.read(on(Map.of("naru.simulator.seed", "-7"))::get).simulatorSeed())
        .isEqualTo(-7L);
    assertThat(problems(Map.of("naru.simulator.seed", "lucky")))
        .singleElement()
        .asString()
        .startsWith("NARU_SIMULATOR_SEED must be a whole number");
  }

  @Test
  void anEmptyValueIsUnset() {
    assertThat(read(Map.of("naru.db.url", "", "naru.pg.patience", " ")).database()).isNull();
  }

  @Test
  void aPasswordNeverPrints() {
    Settings settings =
        read(Map.of("naru.db.url", "jdbc:postgresql://db/naru", "naru.db.password", "hush"));
    assertThat(settings.toString()).doesNotContain("hush");
  }

  @Test
  void liveNeedsAKeyset() {
    assertThat(problems(Map.of("naru.mode", "live")))
        .singleElement()
        .asString()
        .startsWith("NARU_KEYSET is required");
  }

  @Test
  void theDoorIsAsItIsSet() {
    assertThat(
            read(Map.of(
                    "naru.rate.limit", "100",
                    "naru.wrong.keys", "5",
                    "naru.trusted.proxies", "10.0.0.0/8, ::1"))
                .door())
        .isEqualTo(new Settings.Door(100, 5, 0, "10.0.0.0/8, ::1"));
    assertThat(problems(Map.of("naru.rate.limit", "-1", "naru.wrong.keys", "many"))).hasSize(2);
  }

  @Test
  void whatIsKeptHowLongIsAsItIsSet() {
    assertThat(read(Map.of()).keep().wireLog()).isEqualTo(Duration.ofDays(90));
    assertThat(read(Map.of("naru.keep.windows", "0")).keep().windows()).isZero();
    assertThat(read(Map.of("naru.keep.webhooks", "400d")).keep().webhooks())
        .isEqualTo(Duration.ofDays(400));
    assertThat(problems(Map.of("naru.keep.webhooks", "1h"))).hasSize(1);
  }

  @Test
  void othersReachASandboxOnlyIfSomebodyWishesIt() {
    assertThat(problems(Map.of("naru.bind", "0.0.0.0")))
        .singleElement()
        .asString()
        .contains("NARU_SANDBOX_PUBLIC=true");
    assertThat(read(Map.of("naru.bind", "0.0.0.0", "naru.sandbox.public", "true")).bind())
        .isEqualTo("0.0.0.0");
    assertThat(read(Map.of("naru.bind", "::1")).bind()).isEqualTo("::1");
  }

  @Test
  void everyProblemIsNamed() {
    assertThat(
            problems(
                Map.of(
                    "naru.mode", "demo",
                    "naru.port", "70000",
                    "naru.simulator.port", "-1",
                    "naru.bind", "no such host",
                    "naru.db.user", "me",
                    "naru.base.url", "shop.test",
                    "naru.pg.wait", "-PT1S",
                    "naru.trusted.proxies", "proxy.test",
                    "naru.simulator.late", "later")))
        .extracting(problem -> problem.substring(0, problem.indexOf(' ')))
        .containsExactlyInAnyOrder(
            "NARU_MODE",
            "NARU_PORT",
            "NARU_SIMULATOR_PORT",
            "NARU_BIND",
            "NARU_DB_URL",
            "NARU_BASE_URL",
            "NARU_PG_WAIT",
            "NARU_TRUSTED_PROXIES",
            "NARU_SIMULATOR_LATE");
  }

  private Settings read(Map<String, String> properties) {
    return SettingsReader.read(on(properties)::get).settings();
  }

  private List<String> problems(Map<String, String> properties) {
    return catchThrowableOfType(StartRefused.class, () -> SettingsReader.read(on(properties)::get))
        .problems();
  }

  private Map<String, String> on(Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("naru.data", data.toString());
    return all;
  }
}
