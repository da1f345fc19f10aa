package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * A change of a virtual account whose answer does not come: nothing is half changed, and it ends by
 * itself as the PG has it.
 */
@Apart
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VbankChangeFaultTest {

  private static final Duration ENDS = Duration.ofSeconds(40);

  /** Stands between hub and simulators, and lets everything through but changes of accounts. */
  private static final class Gate {

    /** What becomes of a change. */
    enum Way {
      OPEN,
      /** It does not arrive. */
      SWALLOW,
      /** It is done, but its answer does not arrive. */
      LOSE
    }

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile URI target = URI.create("http://127.0.0.1:1");
    private volatile Way way = Way.OPEN;

    Gate() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::pass);
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean change = new String(body, StandardCharsets.UTF_8).contains("\"bizType\":\"A1\"");
        if (change) {
          changes.incrementAndGet();
        }
        if (change && way == Way.SWALLOW) {
          return;
        }
        HttpResponse<byte[]> answer = forward(exchange, body);
        if (change && way == Way.LOSE) {
          return;
        }
        answer
            .headers()
            .firstValue("Content-Type")
            .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : 0);
        exchange.getResponseBody().write(answer.body());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
      for (String name : new String[] {"Content-Type", "Authorization"}) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
          request.header(name, value);
        }
      }
      return http.send(request.build(), BodyHandlers.ofByteArray());
    }
  }

  private final Gate gate;
  private final Hub hub;
  private final Api api;

  VbankChangeFaultTest() throws IOException {
    gate = new Gate();
    hub = Hub.start(Map.of("naru.simulator.url", gate.url(), "naru.pg.wait", "PT3S"));
    gate.target = hub.simulatorUrl();
    api = new Api(hub.url());
  }

  @BeforeAll
  void theGateIsOpen() {
    assertThat(api.get("/users/pg").status()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    hub.close();
    gate.server.stop(0);
  }

  private JsonNode opened() {
    gate.way = Gate.Way.OPEN;
    Map<String, Object> account = new HashMap<>();
    account.put("merchant_uid", Api.newOrder());
    account.put("pg", "settle");
    account.put("amount", 10_000);
    account.put("vbank_code", "004");
    account.put("vbank_due", System.currentTimeMillis() / 1000 + 86_400);
    account.put("vbank_holder", "나루상점");
    account.put("buyer_name", "김나루");
    Api.Answer answer = api.post("/vbanks", account);
    assertThat(answer.response().path("status").asString()).as(answer.message()).isEqualTo("ready");
    return answer.response();
  }

  private Api.Answer change(JsonNode payment) {
    return api.put("/vbanks/" + payment.path("imp_uid").asString(), Map.of("amount", 15_000));
  }

  private JsonNode now(JsonNode payment) {
    return api.get("/payments/" + payment.path("imp_uid").asString()).response();
  }

  private JsonNode becomes(JsonNode payment, Predicate<JsonNode> like) {
    await().atMost(ENDS).until(() -> like.test(now(payment)));
    return now(payment);
  }

  private void deposit(JsonNode payment, long amount) {
    Api.Answer moved =
        new Api(hub.simulatorUrl())
            .bare(
                HttpRequest.newBuilder(
                        hub.simulatorUrl()
                            .resolve(
                                "/_sim/vbanks/settle/"
                                    + payment.path("vbank_num").asString()
                                    + "/deposit"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"amount\":" + amount + "}")));
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
  }

  private static Predicate<JsonNode> worth(long won) {
    return payment -> payment.path("amount").asLong() == won;
  }

  @Test
  void whatDidNotArriveIsAskedForUntilItDoes() {
    JsonNode opened = opened();
    gate.way = Gate.Way.SWALLOW;
    int before = gate.changes.get();
    Api.Answer unknown = change(opened);
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(now(opened)).isEqualTo(opened);
    // Another one is not begun beside it.
    Api.Answer other =
        api.put("/vbanks/" + opened.path("imp_uid").asString(), Map.of("amount", 7_000));
    assertThat(other.code()).isEqualTo(1);
    await().atMost(ENDS).until(() -> gate.changes.get() >= before + 3);
    assertThat(now(opened)).isEqualTo(opened);
    gate.way = Gate.Way.OPEN;
    JsonNode changed = becomes(opened, worth(15_000));
    assertThat(changed.path("status").asString()).isEqualTo("ready");
    deposit(opened, 15_000);
    becomes(opened, payment -> payment.path("status").asString().equals("paid"));
  }

  @Test
  void whoPaysTheNewAmountProvesTheChange() {
    JsonNode opened = opened();
    gate.way = Gate.Way.LOSE;
    assertThat(change(opened).code()).isEqualTo(1);
    assertThat(now(opened)).isEqualTo(opened);
    deposit(opened, 15_000);
    JsonNode paid = becomes(opened, payment -> payment.path("status").asString().equals("paid"));
    assertThat(paid.path("amount").asLong()).isEqualTo(15_000);
    gate.way = Gate.Way.OPEN;
  }

  @Test
  void whoPaysTheOldAmountProvesThatThereWasNone() {
    JsonNode opened = opened();
    gate.way = Gate.Way.SWALLOW;
    assertThat(change(opened).code()).isEqualTo(1);
    deposit(opened, 10_000);
    JsonNode paid = becomes(opened, payment -> payment.path("status").asString().equals("paid"));
    assertThat(paid.path("amount").asLong()).isEqualTo(10_000);
    gate.way = Gate.Way.OPEN;
    assertThat(now(opened)).isEqualTo(paid);
  }
}
