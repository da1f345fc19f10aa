package dev.naru.start.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.kernel.Settings;
import dev.naru.testing.Apart;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command that lets an owner in, beside a hub that runs. */
@Apart
class OwnerCommandTest {

  @Test
  void letsAnOwnerInWhoHasLostPasswordAndPhone() {
    try (Hub hub = Hub.start(Map.of())) {
      ConsolePeople people = new ConsolePeople(hub);
      Account owner = people.of(people.shop(), Role.OWNER);
      ConsoleVisitor visitor = people.visitor(owner);
      assertThat(visitor.get("/console").statusCode()).isEqualTo(200);

      assertThat(run(hub, "owner", "reset", owner.email())).isZero();

      assertThat(visitor.get("/console").statusCode()).isEqualTo(303);
      assertThat(
              hub.bean(JdbcClient.class)
                  .sql("select count(*) from account_link where kind = 'RESET' and email = ?")
                  .param(owner.email())
                  .query(Integer.class)
                  .single())
          .isOne();
      assertThat(run(hub, "owner", "reset", "nobody@shop.example")).isOne();
      assertThat(run(hub, "owner", "new")).isOne();
      assertThat(run(hub, "owner", "old")).isEqualTo(2);
    }
  }

  private static int run(Hub hub, String... args) {
    Map<String, String> settings = new HashMap<>();
    settings.put("naru.db.url", hub.database().url());
    settings.put("naru.db.user", hub.database().user());
    settings.put(
        "naru.keyset", Objects.requireNonNull(hub.bean(Settings.class).keyset()).toString());
    settings.put("naru.simulator.url", hub.simulatorUrl().toString());
    return OwnerCommand.run(args, settings::get);
  }
}
