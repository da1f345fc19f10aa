package dev.naru.merchant;

import static dev.naru.testing.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Pg;
import dev.naru.kernel.Settings;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.door.AllowLists;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.merchant.setup.ChannelTest;
import dev.naru.testing.Apart;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** What one node changes, another sees within two seconds, although it keeps it in memory. */
@Apart
class TwoNodesTest {

  private static final Actor ME = Actor.account("7", "김나루", "192.0.2.7");
  private static final String TOSS = "tosspayments";

  private static void soon(ThrowingRunnable seen) {
    await().atMost(Duration.ofSeconds(2)).pollInterval(Duration.ofMillis(20)).untilAsserted(seen);
  }

  @Test
  void theOtherNodeSeesWhatWasChanged() {
    try (Hub here = Hub.start(Map.of())) {
      Map<String, String> same = new HashMap<>();
      same.put("naru.db.url", here.database().url());
      same.put("naru.keyset", String.valueOf(here.bean(Settings.class).keyset()));
      // Nobody listens there: what this node asks of a PG does not arrive.
      same.put("naru.simulator.url", "http://127.0.0.1:1");
      try (Hub there = Hub.start(same)) {
        changes(here, there);
      }
    }
  }

  private static void changes(Hub here, Hub there) {
    Merchant shop = here.bean(Shops.class).create(ME, "상점", null);
    ChannelSetup setup = here.bean(ChannelSetup.class);
    Map<String, String> fields = new HashMap<>();
    setup
        .form(TOSS, Pg.Mode.SANDBOX)
        .fields()
        .forEach(field -> fields.put(field.name(), String.valueOf(field.sample())));
    Channels channels = there.bean(Channels.class);
    assertThat(channels.of(shop.id())).isEmpty();
    String key =
        setup
            .add(ME, shop.id(), new ChannelDraft(TOSS, Pg.Mode.SANDBOX, "x", null, fields, false))
            .key();
    soon(() -> assertThat(channels.of(shop.id())).hasSize(1));
    assertThat(channels.of(shop.id())).as("kept").isSameAs(channels.of(shop.id()));
    setup.disable(ME, shop.id(), key);
    soon(() -> assertThat(channels.of(shop.id())).isEmpty());
    assertThat(there.bean(ChannelTest.class).test(shop.id(), key).result())
        .isEqualTo(ChannelTest.Result.UNREACHABLE);

    Merchants merchants = there.bean(Merchants.class);
    assertThat(merchants.get(shop.id()).name()).isEqualTo("상점");
    here.bean(Shops.class).rename(ME, shop.id(), "새 이름");
    soon(() -> assertThat(merchants.get(shop.id()).name()).isEqualTo("새 이름"));

    AllowLists lists = there.bean(AllowLists.class);
    lists.require(shop.id(), "192.0.2.1");
    here.bean(AllowLists.class).update(ME, shop.id(), List.of("198.51.100.0/24"));
    soon(() -> refused(() -> lists.require(shop.id(), "192.0.2.1"), Refusal.ADDRESS_NOT_ALLOWED));

    ApiKeys keys = here.bean(ApiKeys.class);
    Tokens tokens = there.bean(Tokens.class);
    ApiKeys.Issued issued = keys.issue(ME, shop.id(), "");
    Tokens.Issued token = tokens.issue(issued.impKey(), issued.secret());
    tokens.bearer(token.token());
    keys.reissue(ME, shop.id(), issued.impKey());
    soon(() -> refused(() -> tokens.bearer(token.token()), Refusal.UNAUTHORIZED));

    assertThat(merchants.byUserCode(shop.userCode())).isPresent();
    here.bean(Shops.class).close(ME, shop.id());
    soon(() -> assertThat(merchants.byUserCode(shop.userCode())).isEmpty());
  }
}
