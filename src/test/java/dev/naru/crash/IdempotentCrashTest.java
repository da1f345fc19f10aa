package dev.naru.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.HubProcess;
import dev.naru.testing.SimulatorProcess;
import dev.naru.testing.WithProcesses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shops that repeat each request with its {@code Idempotency-Key} until it is answered, while the
 * hub is killed with {@code kill -9}: each charge and each partial cancel must happen exactly once.
 */
@WithProcesses
class IdempotentCrashTest {

  private static final int KILLS = Integer.getInteger("crash.kills", 3);
  private static final int SHOPS = 12;
  private static final String GOOD = "1234-1234-1234-1234";
  private static final String SLOW = "4000-0000-0000-9005";
  private static final String SECRET =
      "ekKoeW8RyKuT0zgaZsUtXXTLQ4AhPFW3ZGseDA6bkA5lamv9OqDMnxyeB9wqOsuO9W3Mx9YSJ4dTqJ3f";
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path data;

  private final AtomicInteger orders = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final List<JsonNode> ended = new CopyOnWriteArrayList<>();
  private final List<Throwable> wrong = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  @Test
  void everythingHappensOnce() throws Exception {
    long seed = Long.getLong("crash.seed", new Random().nextLong());
    System.out.println("idempotent crash test: " + KILLS + " kills, -Dcrash.seed=" + seed);
    Random random = new Random(seed);
    try (SimulatorProcess simulators =
        SimulatorProcess.start(data.resolve("pg"), Duration.ofSeconds(3))) {
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
      HubProcess hub = HubProcess.start(home, settings);
      URI url = hub.url();
      List<Thread> shops =
          java.util.stream.IntStream.range(0, SHOPS)
              .mapToObj(shop -> Thread.ofVirtual().start(() -> work(url)))
              .toList();
      try {
        for (int kill = 1; kill <= KILLS; kill++) {
          TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500, 4_000));
          hub.kill();
          hub = HubProcess.start(home, settings);
        }
        stopping = true;
        for (Thread shop : shops) {
          assertThat(shop.join(Duration.ofMinutes(3))).isTrue();
        }
        verify(new Books(home, simulators.url()));
      } finally {
        stopping = true;
        hub.close();
      }
    }
  }

  private void verify(Books books) throws Exception {
    assertThat(wrong).isEmpty();
    assertThat(repeated).hasPositiveValue();
    assertThat(ended)
        .hasSize(orders.get())
        .allSatisfy(
            payment -> {
              assertThat(payment.path("amount").asInt()).isEqualTo(10_000);
              assertThat(payment.path("cancel_amount").asInt()).isEqualTo(1_000);
              assertThat(payment.path("cancel_history")).hasSize(1);
            });
    await().atMost(Duration.ofMinutes(2)).until(() -> books.undecided() == 0);
    assertThat(books.differences()).isEmpty();
    assertThat(books.rows())
        .filteredOn(row -> row.state().equals("paid"))
        .hasSize(orders.get())
        .allSatisfy(row -> assertThat(row.canceled()).isEqualTo(1_000));
    System.out.printf(
        "idempotent crash test: %d orders, %d requests repeated, each charged and cancelled once%n",
        orders.get(), repeated.get());
  }

  private void work(URI hub) {
    try {
      while (!stopping) {
        int order = orders.incrementAndGet();
        JsonNode paid = paid(hub, order);
        String impUid = paid.path("imp_uid").asString();
        Map<String, Object> part = Map.of("imp_uid", impUid, "amount", 1_000);
        ended.add(until(hub, "/payments/cancel", "cancel-" + order, part));
      }
    } catch (Throwable e) {
      wrong.add(e);
    }
  }

  /**
   * A charge that the hub's death kept from the PG has failed, and truthfully: that is the answer
   * to its key. The shop then pays the order with another.
   */
  private JsonNode paid(URI hub, int order) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      String key = "pay-" + order + "-" + attempt;
      JsonNode payment = until(hub, "/subscribe/payments/onetime", key, charge(order));
      if ("paid".equals(payment.path("status").asString())) {
        return payment;
      }
      assertThat(payment.path("status").asString()).isEqualTo("failed");
      assertThat(attempt).isLessThan(10);
    }
  }

  private static Map<String, Object> charge(int order) {
    return Map.of(
        "merchant_uid", "idem-" + order,
        "pg", order % 2 == 0 ? "tosspayments" : "html5_inicis",
        "amount", 10_000,
        "card_number", order % 3 == 0 ? GOOD : SLOW,
        "expiry", "2039-12",
        "birth", "900101",
        "pwd_2digit", "12",
        "name", "의자",
        "buyer_name", "김나루",
        "buyer_tel", "010-0000-0000");
  }

  /** The response once the request has succeeded; a refusal other than "not yet" is wrong. */
  private JsonNode until(URI hub, String path, String key, Map<String, Object> body)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    for (int tries = 1; System.nanoTime() < end; tries++) {
      try {
        if (tries > 1) {
          repeated.incrementAndGet();
        }
        JsonNode got = post(hub, path, token(hub), key, body);
        boolean undecided = got.toString().contains("확인하고 있습니다");
        boolean ready = "ready".equals(got.path("response").path("status").asString(""));
        if (got.path("code").asInt() == 0 && !ready) {
          return got.path("response");
        }
        if (!undecided && !ready && !got.toString().contains("처리하고 있습니다")) {
          throw new AssertionError(path + " " + key + ": " + got);
        }
      } catch (IOException down) {
        // The hub has been killed: repeated below.
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError(path + " " + key + " had no answer in time");
  }

  private static String token(URI hub) throws IOException, InterruptedException {
    Map<String, Object> pair = Map.of("imp_key", "imp_apikey", "imp_secret", SECRET);
    return post(hub, "/users/getToken", "", "", pair)
        .path("response")
        .path("access_token")
        .asString();
  }

  private static JsonNode post(
      URI hub, String path, String token, String key, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key).header("Authorization", token);
    }
    return JSON.readTree(HTTP.send(request.build(), BodyHandlers.ofString()).body());
  }
}
