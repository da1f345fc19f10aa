package dev.naru.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.HubProcess;
import dev.naru.testing.WithProcesses;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo shop of a hub that has just been started, as its first user meets it. */
@WithProcesses
class FreshStartTest {

  private static final String PHONE = "01024681357";

  @TempDir Path data;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void verifiesIdentitiesOnBothChannelsAndAfterARestart() throws Exception {
    Map<String, String> settings = Map.of("NARU_SIMULATOR_SEED", "7");
    Map<String, String> open = new LinkedHashMap<>();
    try (HubProcess hub = HubProcess.start(data, settings)) {
      for (String pg : List.of("kcp_v2", "danal")) {
        Api api = new Api(hub.url());
        String impUid = request(api, pg);
        JsonNode certified = confirm(api, impUid, messages(hub.url()).path(0));
        assertThat(certified.path("certified").asBoolean()).isTrue();
        assertThat(certified.path("pg_provider").asString()).isEqualTo(pg);
        open.put(pg, request(api, pg));
      }
      assertThat(messages(hub.url())).hasSize(4);
      hub.stop();
    }
    // The key pair that was made at the first start, and the codes that are out, are still there.
    try (HubProcess hub = HubProcess.start(data, settings)) {
      Api api = new Api(hub.url());
      JsonNode sent = messages(hub.url());
      assertThat(confirm(api, String.valueOf(open.get("danal")), sent.path(0)).path("certified"))
          .isEqualTo(JsonMapper.shared().readTree("true"));
      assertThat(confirm(api, String.valueOf(open.get("kcp_v2")), sent.path(2)).path("certified"))
          .isEqualTo(JsonMapper.shared().readTree("true"));
      request(api, "kcp_v2");
      assertThat(messages(hub.url()).path(0).path("code"))
          .as("the first code of a phone in a run with this seed")
          .isEqualTo(sent.path(3).path("code"));
      assertThat(send("DELETE", hub.url().resolve("/sandbox/outbox?phone=010-0000-0000")).body())
          .isEqualTo("{\"deleted\":0}");
      assertThat(send("DELETE", hub.url().resolve("/sandbox/outbox?phone=" + PHONE)).body())
          .isEqualTo("{\"deleted\":5}");
      assertThat(messages(hub.url())).isEmpty();
      assertThat(hub.output()).contains("/sandbox/outbox");
      hub.stop();
    }
  }

  private static String request(Api api, String pg) {
    Api.Answer answer =
        api.post(
            "/certifications/otp/request",
            Map.of(
                "pg", pg,
                "name", "김나루",
                "phone", PHONE,
                "birth", "900101",
                "gender_digit", "1",
                "carrier", "KT",
                "is_mvno", true));
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    return answer.response().path("imp_uid").asString();
  }

  private static JsonNode confirm(Api api, String impUid, JsonNode message) {
    return api.post(
            "/certifications/otp/confirm/" + impUid, Map.of("otp", message.path("code").asString()))
        .response();
  }

  private JsonNode messages(URI hub) throws Exception {
    return JsonMapper.shared().readTree(send("GET", hub.resolve("/sandbox/outbox")).body());
  }

  private HttpResponse<String> send(String method, URI url) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }
}
