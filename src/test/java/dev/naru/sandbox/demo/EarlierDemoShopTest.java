package dev.naru.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A sandbox whose demo shop was furnished by an earlier version. */
@Apart
class EarlierDemoShopTest {

  /** As of a PG that was emulated then: its config has nothing of today's. */
  private static void asBefore(Hub hub, Channel channel) {
    String place = "channel.config/" + DemoShop.ID + "/" + channel.key();
    String before = "{\"account\":\"emulated\",\"password\":\"emulated-password\"}";
    hub.bean(JdbcClient.class)
        .sql("update channel set pg_id = 'emulated', config = :config where channel_key = :key")
        .param("config", hub.bean(Vault.class).seal(before, place))
        .param("key", channel.key())
        .update();
  }

  @Test
  void paysAtPgsThatHaveGotTheirOwnProtocolSince() {
    try (Hub hub = Hub.start(Map.of())) {
      Channels channels = hub.bean(Channels.class);
      List<Channel> before = channels.of(DemoShop.ID);
      Channel one =
          before.stream()
              .filter(channel -> channel.has(Capability.KeyIn.class))
              .findFirst()
              .orElseThrow();
      asBefore(hub, one);
      hub.bean(DemoShop.class).sow();
      List<Channel> after = channels.of(DemoShop.ID);
      assertThat(after)
          .extracting(Channel::key)
          .isEqualTo(before.stream().map(Channel::key).toList());
      assertThat(after)
          .extracting(Channel::mid)
          .isEqualTo(before.stream().map(Channel::mid).toList());
      Map<String, Object> order = Api.keyIn(Api.newOrder(), one.pg().code(), Api.GOOD_CARD);
      assertThat(new Api(hub.url()).post("/subscribe/payments/onetime", order).code()).isZero();
    }
  }
}
