package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.merchant.reach.PgReach;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A PG that has fallen silent delays nothing at the others, and is found again. */
@Apart
class PlacesTest {

  /** A card whose charge is approved, and whose answer is lost. */
  private static final String ANSWER_LOST = "4000-0000-0000-9002";

  private static final Pattern TOSS_LOOK = Pattern.compile("^GET [^ ]*/v1/payments/");
  private static final int SILENT = 90;
  private static final Duration SOON = Duration.ofSeconds(90);

  @Test
  void aSilentPgDelaysNoOther() throws Exception {
    try (Relay line = new Relay();
        Hub hub =
            Hub.start(
                Map.of(
                    "naru.simulator.url", line.url().toString(),
                    "naru.pg.read-timeout", "PT20S",
                    // Not to be reached is a no; here all are to be reached and say nothing.
                    "naru.pg.connect-timeout", "PT20S",
                    "naru.pg.wait", "PT1S"));
        ExecutorService shops = Executors.newVirtualThreadPerTaskExecutor()) {
      line.leadTo(hub.simulatorUrl());
      Api api = new Api(hub.url());
      PgReach reach = hub.bean(PgReach.class);
      line.ignore(TOSS_LOOK);
      List<Future<String>> lost = new ArrayList<>();
      for (int i = 0; i < SILENT; i++) {
        lost.add(shops.submit(() -> charge(api, "tosspayments")));
      }
      List<String> orders = new ArrayList<>();
      for (Future<String> one : lost) {
        orders.add(one.get());
      }
      // All looks at the one hang now; a look at the other is made at once, well before they end.
      long began = System.nanoTime();
      String other = charge(api, "html5_inicis");
      await().atMost(Duration.ofSeconds(15)).until(() -> !status(api, other).equals("ready"));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
      assertThat(status(api, orders.getLast())).isEqualTo("ready");

      await().atMost(SOON).until(() -> reach.of("tosspayments").isOutOfReach());
      assertThat(reach.of("html5_inicis").isOutOfReach()).isFalse();
      line.ignore(null);
      await().atMost(SOON).until(() -> !reach.of("tosspayments").isOutOfReach());
      for (String order : orders) {
        await().atMost(SOON).until(() -> status(api, order).equals("paid"));
      }
    }
  }

  private static String charge(Api api, String pg) {
    String order = Api.newOrder();
    api.post("/subscribe/payments/onetime", Api.keyIn(order, pg, ANSWER_LOST));
    return order;
  }

  private static String status(Api api, String order) {
    return api.get("/payments/find/" + order).response().path("status").asString("none");
  }
}
