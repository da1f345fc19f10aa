package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Payments in cash, with the demo shop, whose notice addresses the simulators know. */
final class Deposits {

  private Deposits() {}

  /** A virtual account over 10,000 won, changed by what is given, and its deposit. */
  static JsonNode paid(Api demo, String pg, Map<String, ?> changes) {
    Map<String, Object> parameters = Shop.account(pg);
    parameters.putAll(changes);
    Api.Answer opened = demo.post("/vbanks", parameters);
    assertThat(opened.code()).as(opened.message()).isZero();
    JsonNode waiting = opened.response();
    deposit(waiting);
    String path = "/payments/" + waiting.path("imp_uid").asString();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> demo.get(path).response().path("status").asString().equals("paid"));
    return demo.get(path).response();
  }

  /** What the buyer's bank does. */
  static void deposit(JsonNode waiting) {
    String path =
        "/_sim/vbanks/%s/%s/deposit"
            .formatted(
                waiting.path("pg_provider").asString(), waiting.path("vbank_num").asString());
    Api.Answer moved =
        simulator()
            .bare(
                HttpRequest.newBuilder(Hub.shared().simulatorUrl().resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}")));
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
  }

  /** Lines of a simulator's book. */
  static JsonNode book(String path) {
    return Wire.get(Hub.shared().simulatorUrl().resolve(path));
  }

  private static Api simulator() {
    return new Api(Hub.shared().simulatorUrl());
  }
}
