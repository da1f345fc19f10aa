package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.Naru;
import dev.naru.account.Accounts;
import dev.naru.account.entry.Sessions.Device;
import dev.naru.account.entry.SignIns;
import dev.naru.kernel.Secret;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Shops;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.setup.SetUp;
import dev.naru.start.command.Keyset;
import dev.naru.testing.Apart;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.HubProcess;
import dev.naru.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Channels where real money moves, and those that only rehearse it. */
@Apart
class LiveChannelPagesTest {

  private static final String NEW = "/console/channels/new";
  private static final String DEV = "dev@shop.example";

  @Test
  void liveChannelsHaveModesAndARehearsalIsSaid(@TempDir Path folder) throws Exception {
    int port = HubProcess.freePort();
    Path keyset = folder.resolve("keyset.json");
    Keyset.generate().write(keyset, false);
    try (TestDatabase database = TestDatabase.fresh()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("naru.mode", "live");
      all.put("naru.port", port);
      all.put("naru.bind", "127.0.0.1");
      all.put("naru.management.port", 0);
      all.put("naru.data", folder.resolve("data").toString());
      all.put("naru.keyset", keyset.toString());
      all.put("naru.db.url", database.url());
      all.put("naru.db.user", database.user());
      all.put("naru.rehearsal.url", "http://127.0.0.1:9");
      all.put("naru.stop.grace", "0s");
      SpringApplication application = new SpringApplication(Naru.class);
      application.setDefaultProperties(all);
      try (ConfigurableApplicationContext hub = application.run()) {
        Merchant shop = hub.getBean(Shops.class).create(Actor.HUB, "상점", "imp12345678");
        look(hub, shop, visitor(hub, shop, URI.create("http://127.0.0.1:" + port)));
      }
    }
  }

  /** A developer's account needs no second proof. */
  private static ConsoleVisitor visitor(
      ConfigurableApplicationContext hub, Merchant shop, URI url) {
    hub.getBean(JdbcClient.class)
        .sql(
            """
            insert into account (email, merchant_id, role, name, state, created_at)
            values (:email, :merchant, 'DEV', '홍길동', 'ACTIVE', clock_timestamp())
            """)
        .param("email", DEV)
        .param("merchant", shop.id())
        .update();
    Secret session =
        hub.getBean(SignIns.class)
            .enter(
                hub.getBean(Accounts.class).find(DEV).orElseThrow(),
                new Device("127.0.0.1", "test"));
    return new ConsoleVisitor(url, session.reveal());
  }

  private static void look(ConfigurableApplicationContext hub, Merchant shop, ConsoleVisitor dev) {
    assertThat(dev.get("/console/channels").body()).contains("리허설 중입니다", "127.0.0.1:9");
    assertThat(dev.get(NEW).body())
        .contains("실연동", "mode=TEST", "실제로 결제됩니다. PG사와")
        .doesNotContain("에뮬레이션");
    String live = dev.get(NEW + "?pg=tosspayments&mode=LIVE&sample=true").body();
    assertThat(live).contains("결과를 확인할 수 없는 거래").doesNotContain("테스트 값 채우기");
    String test = dev.get(NEW + "?pg=tosspayments&mode=TEST").body();
    assertThat(test).contains("테스트 값 채우기").doesNotContain("결과를 확인할 수 없는 거래");
    assertThat(dev.get(NEW + "?pg=tosspayments&mode=SANDBOX").statusCode()).isEqualTo(422);

    Map<String, String> form =
        Map.of(
            "pg", "tosspayments",
            "mode", "LIVE",
            "name", "본점",
            "acceptsUnknown", "true",
            "field.mid", "liveshop",
            "field.clientKey", "live_gck_1234567890abcdef",
            "field.secretKey", "live_gsk_1234567890abcdef");
    HttpResponse<String> saved = dev.post(NEW, "/console/channels", form);
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(302);
    SetUp made = hub.getBean(ChannelSetup.class).list(shop.id()).getFirst();
    assertThat(made.acceptsUnknown()).isTrue();
    assertThat(dev.get("/console/channels/" + made.key()).body())
        .contains("실연동", "liveshop")
        .doesNotContain("리허설", "live_gsk_1234567890abcdef");
  }
}
