package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.HubClock;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How long a token lives, on a hub whose clock is advanced. */
@Apart
class TokenClockTest {

  private static JsonNode issue(Api api) {
    return api.bare(
            HttpRequest.newBuilder(api.at("/users/getToken"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("imp_key=" + Api.KEY + "&imp_secret=" + Api.SECRET)))
        .response();
  }

  private static int use(Api api, JsonNode token) {
    return api.bare(
            HttpRequest.newBuilder(api.at("/users/pg"))
                .header("Authorization", token.path("access_token").asString()))
        .status();
  }

  @Test
  void livesHalfAnHourAndIsExtendedInItsLastMinute() {
    try (Hub hub = Hub.start(Map.of())) {
      HubClock clock = hub.bean(HubClock.class);
      Api api = new Api(hub.url());
      JsonNode first = issue(api);
      assertThat(first.path("expired_at").asLong() - first.path("now").asLong()).isEqualTo(1_800);

      clock.offset(Duration.ofMinutes(28));
      JsonNode later = issue(api);
      assertThat(later.path("access_token")).isEqualTo(first.path("access_token"));
      assertThat(later.path("expired_at")).isEqualTo(first.path("expired_at"));
      assertThat(later.path("now").asLong())
          .isGreaterThanOrEqualTo(first.path("now").asLong() + 1_680);

      clock.offset(Duration.ofSeconds(1_765));
      JsonNode extended = issue(api);
      assertThat(extended.path("access_token")).isEqualTo(first.path("access_token"));
      assertThat(extended.path("expired_at").asLong())
          .isEqualTo(first.path("expired_at").asLong() + 300);
      assertThat(use(api, first)).isEqualTo(200);

      clock.offset(Duration.ofSeconds(1_900));
      assertThat(use(api, first)).isEqualTo(200);

      clock.offset(Duration.ofSeconds(2_101));
      assertThat(use(api, first)).isEqualTo(401);
      JsonNode second = issue(api);
      assertThat(second.path("access_token")).isNotEqualTo(first.path("access_token"));
      assertThat(second.path("expired_at").asLong() - second.path("now").asLong()).isEqualTo(1_800);
      assertThat(use(api, second)).isEqualTo(200);
      assertThat(use(api, first)).isEqualTo(401);
    }
  }
}
