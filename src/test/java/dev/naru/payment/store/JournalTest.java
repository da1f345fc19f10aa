package dev.naru.payment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.HubProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program's log and its metrics say. */
class JournalTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void aLineForEachThingThatDoesNotGoAsUsualAndCounters(@TempDir Path data) throws Exception {
    int management = HubProcess.freePort();
    try (HubProcess hub =
        HubProcess.start(
            data,
            Map.of(
                "NARU_MANAGEMENT_PORT", Integer.toString(management),
                "NARU_PG_READ_TIMEOUT", "PT1S",
                "NARU_PG_WAIT", "PT0S",
                "NARU_PG_PATIENCE", "PT3S"))) {
      Api api = new Api(hub.url());
      String lost = Api.newOrder();
      api.post("/subscribe/payments/onetime", Api.keyIn(lost, "tosspayments", "4000000000009002"));
      String refused = Api.newOrder();
      api.post(
          "/subscribe/payments/onetime", Api.keyIn(refused, "tosspayments", "4000000000009015"));
      api.post("/payments/cancel", Map.of("merchant_uid", refused));
      for (int i = 0; i < 200; i++) {
        api.bare(
            HttpRequest.newBuilder(hub.url().resolve("/users/getToken"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"imp_key\":\"k\",\"imp_secret\":\"s3cr3t\"}")));
      }
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(hub.output().lines())
                      .anyMatch(line -> line.contains("WARN") && line.contains(lost))
                      .anyMatch(
                          line ->
                              line.contains("INFO")
                                  && line.contains("approved")
                                  && line.contains(lost))
                      .anyMatch(
                          line ->
                              line.contains("WARN")
                                  && line.contains("cancel refused")
                                  && line.contains(refused)
                                  && line.contains("tosspayments"))
                      .anyMatch(line -> line.contains("wrong key pairs")));
      assertThat(hub.output()).doesNotContain("s3cr3t");
      assertThat(hub.output().lines().filter(line -> line.contains("wrong key pairs")))
          .hasSizeLessThan(50);
      String metrics = metrics(management);
      assertThat(metrics)
          .contains("naru_pg_calls_total{outcome=\"ok\",pg=\"tosspayments\"")
          .contains("naru_payment_events_total{kind=\"unknown\",pg=\"tosspayments\"")
          .contains("naru_resolver_ends_total{end=\"approved\",of=\"charge\"")
          .contains("naru_wrong_keys_total 200.0")
          .contains("naru_attention_open{kind=\"paid_otherwise\"} 0.0");
    }
  }

  private static String metrics(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
