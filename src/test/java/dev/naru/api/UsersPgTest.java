package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** V1's {@code GET /users/pg}. */
class UsersPgTest {

  @Test
  void listsTheShopsOwnChannels() {
    Shop shop = Shop.fresh();
    JsonNode settings = shop.api().get("/users/pg").response();
    for (JsonNode setting : settings) {
      assertThat(setting.propertyNames())
          .containsExactlyInAnyOrder(
              "pg_provider", "pg_id", "sandbox", "type", "channel_name", "channel_key");
      assertThat(setting.path("pg_id").asString("")).isNotBlank();
      assertThat(setting.path("channel_name").asString("")).isNotBlank();
      assertThat(setting.path("sandbox").isBoolean()).isTrue();
      assertThat(setting.path("sandbox").asBoolean()).isTrue();
      assertThat(codes(setting).map(shop::channelKey))
          .contains(setting.path("channel_key").asString());
    }
    for (String pg : List.of(Shop.TOSS, Shop.INICIS)) {
      assertThat(
              settings
                  .valueStream()
                  .filter(setting -> pg.equals(setting.path("pg_provider").asString()))
                  .map(setting -> setting.path("type").asString()))
          .as(pg)
          .containsExactly("payment", "api_payment");
    }
    for (String pg : List.of(Shop.GALAXIA, "kcp", Shop.QUICK)) {
      assertThat(
              settings
                  .valueStream()
                  .filter(setting -> pg.equals(setting.path("pg_provider").asString()))
                  .map(setting -> setting.path("type").asString()))
          .as(pg)
          .containsExactly("api_payment");
    }
    for (String pg : List.of(Shop.KCP_IDENTITY, Shop.DANAL, "inicis_unified", "inicis")) {
      assertThat(
              settings
                  .valueStream()
                  .filter(setting -> pg.equals(setting.path("pg_provider").asString()))
                  .map(setting -> setting.path("type").asString()))
          .as(pg)
          .isNotEmpty()
          .containsOnly("certification");
    }
    assertThat(
            settings
                .valueStream()
                .filter(setting -> setting.path("type").asString().equals("certification"))
                .map(setting -> setting.path("channel_key").asString()))
        .containsExactly(
            shop.channelKey(Shop.KCP_IDENTITY),
            shop.channelKey(Shop.DANAL),
            shop.channelKey(Shop.DANAL_OTP),
            shop.channelKey("inicis_unified"),
            shop.channelKey("inicis-card"));
    assertThat(settings.toString()).doesNotContain("secret");
  }

  /** V1 does not know that one PG is reached by two connectors. */
  private static Stream<String> codes(JsonNode setting) {
    String provider = setting.path("pg_provider").asString();
    return switch (provider) {
      case "kcp" -> Stream.of(Shop.BENEPIA);
      case "inicis" -> Stream.of("inicis-card");
      default -> Stream.of(provider, provider + "-otp");
    };
  }
}
