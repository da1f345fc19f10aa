package dev.naru.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.merchant.reach.PgDirectory;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /sandbox/cards}: everything that is magic, and nothing that is not true. */
@Apart
class MagicPageTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static String get(Hub hub, String path) throws Exception {
    var answer =
        HTTP.send(HttpRequest.newBuilder(hub.url().resolve(path)).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  /** The simulators' own table: number, effect, Korean, English. */
  private static List<String[]> table() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(MagicPageTest.class.getResourceAsStream("/simulator/magic.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", -1))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void tellsEveryCardAndPhone(String lang) throws Exception {
    String page = get(Hub.shared(), "/sandbox/cards?lang=" + lang);
    String text = page.replaceAll("<[^>]+>", " ").replace("&#39;", "'");
    assertThat(table()).hasSizeGreaterThan(30);
    for (String[] row : table()) {
      assertThat(text.replace("-", "")).contains(row[0]);
      assertThat(text).contains(lang.equals("ko") ? row[2] : row[3]);
    }
    assertThat(text).contains("imp00000000", Api.KEY, "imp_apiKey", Api.SECRET);
    assertThat(text).contains("channel-group-test-", Hub.shared().simulatorUrl().toString());
    Hub.shared()
        .bean(PgDirectory.class)
        .all()
        .forEach(pg -> assertThat(text).contains(lang.equals("ko") ? pg.nameKo() : pg.nameEn()));
    assertThat(page).doesNotContain("??", "null");
  }

  @Test
  void programsGetTheSame() throws Exception {
    JsonNode values = new JsonMapper().readTree(get(Hub.shared(), "/sandbox/cards.json"));
    assertThat(values.path("keys").path(0).asString()).isEqualTo(Api.KEY);
    assertThat(values.path("secret").asString()).isEqualTo(Api.SECRET);
    JsonNode magic = values.path("magic");
    assertThat(magic.path("cards").size() + magic.path("phones").size()).isEqualTo(table().size());
    assertThat(magic.path("code_minutes").asInt()).isEqualTo(3);
    // A channel that is named here is one that can be used.
    Api api = new Api(Hub.shared().url());
    Map<String, Object> charge = Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD);
    charge.remove("pg");
    charge.put("channel_key", values.path("channels").path(0).path("channel_key").asString());
    assertThat(api.post("/subscribe/payments/onetime", charge).response().path("status").asString())
        .isEqualTo("paid");
    Map<String, Object> routed = Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD);
    routed.remove("pg");
    routed.put("channelGroupId", values.path("groups").path(0).path("channel_group_id").asString());
    assertThat(api.post("/subscribe/payments/onetime", routed).response().path("status").asString())
        .isEqualTo("paid");
  }

  @Test
  void othersLeadHere() throws Exception {
    assertThat(get(Hub.shared(), "/demo")).contains("/sandbox/cards");
    assertThat(get(Hub.shared(), "/docs")).contains("/sandbox/cards");
  }

  @Test
  void saysSoWhenTheSimulatorsAreAway() throws Exception {
    try (Hub hub = Hub.start(Map.of("naru.simulator.url", "http://127.0.0.1:1"))) {
      assertThat(get(hub, "/sandbox/cards?lang=en"))
          .contains("The simulators cannot be reached", "imp00000000");
      assertThat(get(hub, "/sandbox/cards.json")).contains("\"magic\":null");
    }
  }

  @Test
  void theMatrixTellsHowUnknownsEnd() throws Exception {
    assertThat(gateway("nice_v2").path("aliases").toString()).isEqualTo("[\"nice\"]");
    assertThat(gateway("kakaopay").path("aliases").isEmpty()).isTrue();
    JsonNode inicis = ends("html5_inicis");
    assertThat(inicis.path("approve").asString()).isEqualTo("NET_CANCEL");
    assertThat(inicis.path("cancel").path("whole").asString()).isEqualTo("LOOKUP");
    assertThat(inicis.path("cancel").path("partial").asString()).isEqualTo("LOOKUP");
    assertThat(ends("tosspayments").path("cancel").path("partial").asString())
        .isEqualTo("IDEMPOTENT_RETRY");
  }

  private static JsonNode ends(String pg) throws Exception {
    return gateway(pg).path("ends");
  }

  private static JsonNode gateway(String pg) throws Exception {
    return JsonMapper.shared()
        .readTree(get(Hub.shared(), "/sandbox/gateways"))
        .valueStream()
        .filter(one -> one.path("code").asString().equals(pg))
        .findFirst()
        .orElseThrow();
  }
}
