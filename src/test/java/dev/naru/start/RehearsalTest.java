package dev.naru.start;

import static dev.naru.testing.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.Naru;
import dev.naru.connector.Pg;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Refusal;
import dev.naru.merchant.Shops;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.merchant.setup.ChannelTest;
import dev.naru.simulator.Simulators;
import dev.naru.start.command.Keyset;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.HubProcess;
import dev.naru.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A live hub that somebody sets up by use cases alone, and that pays at simulators. */
@Apart
class RehearsalTest {

  private static final Actor ME = Actor.command("test");
  private static final String TOSS = "tosspayments";

  @Test
  void aShopIsSetUpAndPays(@TempDir Path folder) throws Exception {
    int port = HubProcess.freePort();
    Path keyset = folder.resolve("keyset.json");
    Keyset.generate().write(keyset, false);
    try (TestDatabase database = TestDatabase.fresh();
        Simulators simulators =
            Simulators.start(
                new Simulators.Settings(
                    0,
                    "127.0.0.1",
                    folder.resolve("books"),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    InstantSource.system()))) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("naru.mode", "live");
      all.put("naru.port", port);
      all.put("naru.bind", "127.0.0.1");
      all.put("naru.management.port", 0);
      all.put("naru.data", folder.resolve("data").toString());
      all.put("naru.keyset", keyset.toString());
      all.put("naru.db.url", database.url());
      all.put("naru.db.user", database.user());
      all.put("naru.rehearsal.url", simulators.url().toString());
      all.put("naru.stop.grace", "0s");
      SpringApplication application = new SpringApplication(Naru.class);
      application.setDefaultProperties(all);
      try (ConfigurableApplicationContext hub = application.run()) {
        assertThat(hub.getBean(Banner.class).text()).contains("REHEARSAL");
        pays(hub, URI.create("http://127.0.0.1:" + port));
      }
    }
  }

  private static void pays(ConfigurableApplicationContext hub, URI url) {
    Merchant shop = hub.getBean(Shops.class).create(ME, "상점", "imp12345678");
    ApiKeys.Issued key = hub.getBean(ApiKeys.class).issue(ME, shop.id(), "");
    ChannelSetup setup = hub.getBean(ChannelSetup.class);
    refused(() -> setup.form(TOSS, Pg.Mode.SANDBOX), Refusal.NO_SANDBOX_HERE);
    refused(() -> setup.form("naverco", Pg.Mode.LIVE), Refusal.NO_SUCH_PG);
    Map<String, String> fields = new HashMap<>();
    setup
        .form(TOSS, Pg.Mode.TEST)
        .fields()
        .forEach(field -> fields.put(field.name(), String.valueOf(field.sample())));
    String channel =
        setup
            .add(ME, shop.id(), new ChannelDraft(TOSS, Pg.Mode.TEST, "x", null, fields, false))
            .key();
    assertThat(hub.getBean(ChannelTest.class).test(shop.id(), channel).result())
        .isEqualTo(ChannelTest.Result.OK);
    Api.Answer paid =
        new Api(url, key.impKey(), key.secret().reveal())
            .post("/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), TOSS, Api.GOOD_CARD));
    assertThat(paid.response().path("status").asString()).as(paid.message()).isEqualTo("paid");
  }
}
