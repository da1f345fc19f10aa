package dev.naru.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Pg;
import dev.naru.pg.Gateways;
import dev.naru.start.command.KeysetCommand;
import dev.naru.testing.Hub;
import dev.naru.testing.HubProcess;
import dev.naru.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v3/api-docs} and {@code /docs}, in a sandbox and live. */
class DocsPageTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private static HttpResponse<String> get(URI url, String accepted) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (!accepted.isEmpty()) {
      request.header("Accept-Language", accepted);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static URI at(String path) {
    return Hub.shared().url().resolve(path);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 나루 V1 REST API",
    "'', 'en-US,en;q=0.9', Naru: the V1 REST API",
    "'', 'ko-KR', 나루 V1 REST API",
    "?lang=en, ko, Naru: the V1 REST API",
    "?lang=ko, en, 나루 V1 REST API"
  })
  void theLanguageIsChosen(String query, String accepted, String title) throws Exception {
    HttpResponse<String> document = get(at("/v3/api-docs" + query), accepted);
    assertThat(document.statusCode()).isEqualTo(200);
    assertThat(document.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(document.headers().firstValue("Vary").orElse(""))
        .containsIgnoringCase("Accept-Language");
    JsonNode json = JSON.readTree(document.body());
    assertThat(json.path("openapi").asString()).startsWith("3.1");
    assertThat(json.at("/info/title").asString()).isEqualTo(title);
    assertThat(get(at("/docs" + query), accepted).body()).contains("<title>" + title + "</title>");
  }

  /** Beside V1's list, which names PGs that nobody here has a connector to. */
  @Test
  void saysWhichPgsAreServed() throws Exception {
    JsonNode paths = JSON.readTree(get(at("/v3/api-docs"), "ko").body()).path("paths");
    String keyIn = paths.at("/~1subscribe~1payments~1onetime/post/description").asString();
    assertThat(keyIn).contains("V1이 지원하는 PG: daou,", "나루가 지원하는 PG: " + able(KeyIn.class) + ".");
    String keys = paths.at("/~1subscribe~1payments~1again/post/description").asString();
    assertThat(keys).contains("나루가 지원하는 PG: " + able(ChargeKey.class) + ".");
    String points = paths.at("/~1benepia~1point/post/description").asString();
    assertThat(points).contains("나루가 지원하는 PG: kcp.");
    String balance = paths.at("/~1payments~1{imp_uid}~1balance/get/description").asString();
    assertThat(balance).contains("나루가 지원하는 PG: 나루에 연결된 모든 PG.");
    assertThat(get(at("/v3/api-docs"), "en").body()).contains("PGs that Naru serves it for: kcp.");
  }

  private static String able(Class<? extends Capability> capability) {
    return Gateways.ALL.stream()
        .filter(pg -> capability.isAssignableFrom(pg.type()))
        .map(Pg::provider)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** From the hub alone: no script, style or font of another site. */
  @Test
  void allItNeedsIsHere() throws Exception {
    HttpResponse<String> page = get(at("/docs"), "");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe", "http:");
    Matcher needed =
        Pattern.compile("(?:src|href)=\"(/(?:webjars|assets)[^\"]*)\"").matcher(page.body());
    int found = 0;
    while (needed.find()) {
      assertThat(get(at(needed.group(1)), "").statusCode()).as(needed.group(1)).isEqualTo(200);
      found++;
    }
    assertThat(found).isEqualTo(8);
    assertThat(page.body()).doesNotContain("https://", "<script>", "style=\"");
  }

  @Test
  void bothExistInLiveMode(@TempDir Path data) throws Exception {
    Path keyset = data.resolve("keys.json");
    assertThat(KeysetCommand.run(new String[] {"keyset", "new", keyset.toString()})).isZero();
    try (TestDatabase database = TestDatabase.fresh();
        HubProcess hub =
            HubProcess.start(
                data,
                Map.of(
                    "NARU_MODE", "live",
                    "NARU_BIND", "127.0.0.1",
                    "NARU_KEYSET", keyset.toString(),
                    "NARU_DB_URL", database.url(),
                    "NARU_DB_USER", database.user()))) {
      assertThat(get(hub.url().resolve("/v3/api-docs"), "").statusCode()).isEqualTo(200);
      HttpResponse<String> page = get(hub.url().resolve("/docs?lang=en"), "");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body())
          .contains("Live · real money moves")
          .doesNotContain("/sandbox/cards", "imp_apikey");
      assertThat(get(hub.url().resolve("/sandbox/cards"), "").statusCode()).isEqualTo(404);
      assertThat(get(hub.url().resolve("/sandbox/cards.json"), "").statusCode()).isEqualTo(404);
      for (String none : List.of("/demo", "/demo/events", "/sandbox/hooks/demo")) {
        assertThat(get(hub.url().resolve(none), "").statusCode()).as(none).isEqualTo(404);
      }
      assertThat(hub.output()).contains("/docs").doesNotContain("/sandbox/cards");
    }
  }
}
