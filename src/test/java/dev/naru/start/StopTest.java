package dev.naru.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.HubProcess;
import dev.naru.testing.WithProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a hub ends that is told to, and what it does when its database ends. */
@WithProcesses
class StopTest {

  private static final Duration SOON = Duration.ofSeconds(90);

  /** A card at which the simulators take their time. */
  private static final String SLOW_CARD = "4000-0000-0000-9005";

  @TempDir Path data;

  @Test
  void whoeverIsBeingServedIsServedToTheEnd() throws Exception {
    try (HubProcess hub =
            HubProcess.start(data, Map.of("NARU_STOP_GRACE", "6s", "NARU_SIMULATOR_SLOW", "25s"));
        ExecutorService shops = Executors.newVirtualThreadPerTaskExecutor()) {
      Api api = new Api(hub.url());
      api.token();
      List<Future<Api.Answer>> slow = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        slow.add(shops.submit(() -> pay(api, SLOW_CARD)));
      }
      await()
          .atMost(SOON)
          .until(() -> api.get("/payments/status/ready").response().path("total").asInt() >= 20);
      Future<?> stopping = shops.submit(hub::stop);
      await().atMost(SOON).until(() -> ready(api) == 503);
      // Not everybody who sends requests has noticed yet.
      assertThat(pay(api, Api.GOOD_CARD).response().path("status").asString()).isEqualTo("paid");
      for (Future<Api.Answer> one : slow) {
        assertThat(one.get().response().path("status").asString()).isEqualTo("paid");
      }
      stopping.get();
    }
  }

  @Test
  void aDatabaseThatWasKilledIsStartedAgain() throws Exception {
    try (HubProcess hub = HubProcess.start(data, Map.of())) {
      Api api = new Api(hub.url());
      assertThat(pay(api, Api.GOOD_CARD).code()).isZero();
      long first = postmaster();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      await().atMost(SOON).until(() -> postmaster() != first);
      await().atMost(SOON).until(() -> ready(api) == 200 && pay(api, Api.GOOD_CARD).code() == 0);
      hub.stop();
      assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    }
  }

  private long postmaster() {
    Path pidFile = data.resolve("postgres/postmaster.pid");
    try {
      return Files.exists(pidFile) ? Long.parseLong(Files.readAllLines(pidFile).getFirst()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int ready(Api api) {
    return api.bare(HttpRequest.newBuilder(api.at("/actuator/health/readiness"))).status();
  }

  private static Api.Answer pay(Api api, String card) {
    return api.post("/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), "tosspayments", card));
  }
}
