package dev.naru.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.HubProcess;
import dev.naru.testing.Receiver;
import dev.naru.testing.SimulatorProcess;
import dev.naru.testing.WithProcesses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The hub dies when a window has charged and the shop has yet to say no. */
@WithProcesses
class OneStepCrashTest {

  private static final Duration ENDS = Duration.ofSeconds(90);

  @TempDir private Path data;

  @Test
  void aChargeThatTheShopDoesNotWantIsGivenBackAfterADeath() throws Exception {
    try (SimulatorProcess simulators =
            SimulatorProcess.start(data.resolve("pg"), Duration.ofSeconds(3));
        Receiver shop = Receiver.start()) {
      Path home = data.resolve("hub");
      Map<String, String> settings =
          Map.of(
              "NARU_PORT",
              Integer.toString(HubProcess.freePort()),
              "NARU_SIMULATOR_URL",
              simulators.url().toString(),
              "NARU_PG_READ_TIMEOUT",
              "PT4S",
              "NARU_PG_PATIENCE",
              "PT8S");
      var door = shop.hold("/confirm");
      shop.answers("/confirm", n -> 409);
      Map<String, Object> order = FormBuyer.order("settle");
      order.put("confirm_url", shop.url("/confirm"));
      String impUid;
      try (HubProcess hub = HubProcess.start(home, settings)) {
        // The cancel's first answer is lost, too.
        FormBuyer buyer = FormBuyer.open(hub.url(), order).pay("4000000000009012");
        impUid = buyer.impUid();
        await().atMost(ENDS).until(() -> !shop.got("/confirm").isEmpty());
        hub.kill();
      }
      assertThat(balance(simulators.url())).isEqualTo(10_000);
      door.countDown();
      try (HubProcess hub = HubProcess.start(home, settings)) {
        Api api = new Api(hub.url());
        await().atMost(ENDS).until(() -> balance(simulators.url()) == 0);
        JsonNode payment = api.get("/payments/" + impUid).response();
        assertThat(payment.path("status").asString()).isEqualTo("failed");
        assertThat(payment.path("fail_reason").asString()).contains("고객사 요청에 의해");
        assertThat(FormBuyer.book(simulators.url(), "settle"))
            .singleElement()
            .satisfies(line -> assertThat(line.path("cancels")).hasSize(1));
      }
    }
  }

  private static long balance(URI simulators) {
    return FormBuyer.book(simulators, "settle").stream()
        .mapToLong(line -> line.path("balance").asLong())
        .sum();
  }
}
