package dev.naru.start.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.Settings;
import dev.naru.testing.Apart;
import dev.naru.testing.Hub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command that looks whether a hub of these settings would work. */
@Apart
class DoctorCommandTest {

  private record Told(int status, String text) {}

  @Test
  void asksThePgOfEachChannelAndNamesWhatDoesNotWork() throws Exception {
    try (Hub hub = Hub.start(Map.of())) {
      Map<String, String> settings = settings(hub);
      Told well = run(settings);
      assertThat(well.text)
          .doesNotContain("FAULT")
          .contains("(tosspayments, ")
          .contains(" works, ");
      assertThat(well.status).isZero();

      int nobody = closedPort();
      settings.put("naru.smtp.url", "smtp://me:mailsecret@127.0.0.1:" + nobody);
      Told unreached = run(settings);
      assertThat(unreached.text).contains("FAULT mail").doesNotContain("mailsecret");
      assertThat(unreached.status).isOne();
      settings.remove("naru.smtp.url");

      String simulators = Objects.requireNonNull(settings.get("naru.simulator.url"));
      settings.put("naru.simulator.url", "http://127.0.0.1:" + nobody);
      Told away = run(settings);
      assertThat(away.text).contains("FAULT channel").contains(": no answer");
      assertThat(away.status).isOne();
      settings.put("naru.simulator.url", simulators);

      hub.bean(JdbcClient.class).sql("update installation set mode = 'live'").update();
      Told other = run(settings);
      assertThat(other.text).contains("FAULT database").contains("NARU_MODE");
      assertThat(other.status).isOne();
    }
  }

  @Test
  void namesAllThatIsWrongWithTheSettings() {
    Told told = run(Map.of("naru.mode", "lively", "naru.port", "x"));
    assertThat(told.text).contains("FAULT settings").contains("NARU_MODE").contains("NARU_PORT");
    assertThat(told.status).isOne();
  }

  @Test
  void makesNothingWhereNothingIsYet(@TempDir Path empty) {
    Told told = run(Map.of("naru.data", empty.toString()));
    assertThat(told.text).contains("WARN  database");
    assertThat(told.status).isZero();
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void takesNoMoreWords() {
    assertThat(DoctorCommand.run(new String[] {"doctor", "all"}, _ -> null, System.out))
        .isEqualTo(2);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, String> settings(Hub hub) {
    Map<String, String> settings = new HashMap<>();
    settings.put("naru.db.url", hub.database().url());
    settings.put("naru.db.user", hub.database().user());
    settings.put(
        "naru.keyset", Objects.requireNonNull(hub.bean(Settings.class).keyset()).toString());
    settings.put("naru.simulator.url", hub.simulatorUrl().toString());
    return settings;
  }

  private static Told run(Map<String, String> settings) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        DoctorCommand.run(
            new String[] {"doctor"},
            settings::get,
            new PrintStream(out, true, StandardCharsets.UTF_8));
    return new Told(status, out.toString(StandardCharsets.UTF_8));
  }
}
