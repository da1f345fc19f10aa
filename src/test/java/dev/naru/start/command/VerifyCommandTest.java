package dev.naru.start.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.Settings;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command that proves the books, beside a hub that runs. */
@Apart
class VerifyCommandTest {

  private static final String[] VERIFY = {"verify"};

  @Test
  void saysByItsExitStatusWhetherTheBooksAreTrue() {
    try (Hub hub = Hub.start(Map.of())) {
      Api.Answer paid =
          new Api(hub.url())
              .post(
                  "/subscribe/payments/onetime",
                  Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD));
      assertThat(paid.code()).isZero();
      Map<String, String> settings = new HashMap<>();
      settings.put("naru.db.url", hub.database().url());
      settings.put("naru.db.user", hub.database().user());
      settings.put(
          "naru.keyset", Objects.requireNonNull(hub.bean(Settings.class).keyset()).toString());
      settings.put("naru.simulator.url", hub.simulatorUrl().toString());
      assertThat(VerifyCommand.run(VERIFY, settings::get)).isZero();
      hub.bean(JdbcClient.class).sql("update ledger set amount = amount + 1").update();
      assertThat(VerifyCommand.run(VERIFY, settings::get)).isOne();
      assertThat(VerifyCommand.run(new String[] {"verify", "all"}, settings::get)).isEqualTo(2);
    }
  }
}
