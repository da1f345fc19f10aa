package dev.naru.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Settings;
import dev.naru.start.database.DataLock;
import dev.naru.start.database.Orphan;
import dev.naru.start.settings.SettingsReader;
import dev.naru.testing.HubProcess;
import dev.naru.testing.WithProcesses;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithProcesses
class StartTest {

  @TempDir Path data;

  @Test
  void dataSurviveAKilledHubAndAStoppedOne() throws Exception {
    ProcessHandle orphan;
    try (HubProcess hub = HubProcess.start(data, Map.of())) {
      assertThat(sql("SHOW fsync")).contains("on");
      assertThat(sql("SHOW synchronous_commit")).contains("on");
      assertThat(sql("SHOW listen_addresses")).contains("127.0.0.1");
      sql("CREATE TABLE kept AS SELECT 'first' AS word");
      orphan = server();
      hub.kill();
    }
    assertThat(isPostgres(orphan)).as("PostgreSQL outlives the killed hub").isTrue();

    try (HubProcess hub = HubProcess.start(data, Map.of())) {
      assertThat(isPostgres(orphan)).as("the orphan is gone").isFalse();
      assertThat(server().pid()).isNotEqualTo(orphan.pid());
      assertThat(sql("SELECT word FROM kept")).contains("first");
      sql("UPDATE kept SET word = 'second'");

      HubProcess second = HubProcess.launch(data, Map.of());
      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.output())
          .contains("NARU_DATA is in use")
          .contains("process id " + hub.pid())
          .doesNotContain("\tat ");
      assertThat(sql("SELECT word FROM kept")).as("the first still runs").contains("second");

      hub.stop();
      assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    try (HubProcess hub = HubProcess.start(data, Map.of())) {
      assertThat(sql("SELECT word FROM kept")).contains("second");
      assertThat(hub.output()).contains("imp00000000").contains(hub.simulatorUrl().toString());
      hub.stop();
    }
  }

  @Test
  void allProblemsAreToldTogether() throws Exception {
    Path open = Files.writeString(data.resolve("open.json"), "{}");
    HubProcess hub =
        HubProcess.launch(
            data,
            Map.of(
                "NARU_MODE", "live",
                "NARU_PORT", "80a",
                "NARU_BASE_URL", "/shop",
                "NARU_KEYSET", open.toString(),
                "NARU_DB_URL", "mysql://here",
                "NARU_PG_READ_TIMEOUT", "soon",
                "NARU_SIMULATOR_URL", "http://127.0.0.1:1"));
    assertThat(hub.awaitExit()).isEqualTo(1);
    assertThat(hub.output())
        .contains(
            "NARU_PORT must",
            "NARU_BASE_URL must",
            "NARU_KEYSET may be read by its owner alone",
            "NARU_DB_URL must",
            "NARU_PG_READ_TIMEOUT must",
            "NARU_SIMULATOR_URL must not")
        .doesNotContain("\tat ");
  }

  @Test
  void takenPortsAreToldBeforeAnythingStarts() throws Exception {
    try (ServerSocket hub = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket simulator = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> properties =
          Map.of(
              "naru.data", data.toString(),
              "naru.port", "" + hub.getLocalPort(),
              "naru.simulator.port", "" + simulator.getLocalPort());
      Settings settings = SettingsReader.read(properties::get).settings();
      assertThatThrownBy(() -> Ports.refuseTaken(settings))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("NARU_PORT " + hub.getLocalPort() + " is taken")
          .hasMessageContaining("NARU_SIMULATOR_PORT " + simulator.getLocalPort() + " is taken");
    }
  }

  @Test
  void onlyAPostgresOfThisFolderIsStopped() throws Exception {
    Path folder = Files.createDirectories(data.resolve("postgres"));
    Path pidFile = folder.resolve("postmaster.pid");
    Process innocent = new ProcessBuilder("sleep", "600").directory(folder.toFile()).start();
    try {
      Files.writeString(pidFile, innocent.pid() + "\n" + folder + "\n");
      Orphan.stopAny(folder);
      assertThat(innocent.isAlive()).isTrue();
      assertThat(pidFile).doesNotExist();
    } finally {
      innocent.destroyForcibly();
    }
  }

  @Test
  void aSecondLockInTheSameProcessLeavesTheFirstHeld() throws Exception {
    try (DataLock first = DataLock.take(data)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> DataLock.take(data))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("process id " + ProcessHandle.current().pid());
      HubProcess other = HubProcess.launch(data, Map.of());
      assertThat(other.awaitExit()).isEqualTo(1);
    }
    DataLock.take(data).close();
  }

  /** One value, asked of the embedded database as its owner would. */
  private Optional<String> sql(String sql) throws Exception {
    List<String> pidFile = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
    String url = "jdbc:postgresql://127.0.0.1:" + pidFile.get(3) + "/naru";
    String password = Files.readString(data.resolve("postgres.password"));
    try (Connection connection = DriverManager.getConnection(url, "naru", password);
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return Optional.empty();
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private ProcessHandle server() throws Exception {
    String pid = Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** A process that has ended, but that nobody has collected, has no program any more. */
  private static boolean isPostgres(ProcessHandle process) {
    return process.isAlive() && process.info().command().orElse("").endsWith("postgres");
  }
}
