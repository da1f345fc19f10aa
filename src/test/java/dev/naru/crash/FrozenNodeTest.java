package dev.naru.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.HubProcess;
import dev.naru.testing.SimulatorProcess;
import dev.naru.testing.TestDatabase;
import dev.naru.testing.WithProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two nodes on one database, under a load of schedules and of cards that are charged once. One of
 * them stands still for longer than its leases last and than its PGs are waited for, goes on, and
 * must not charge what the other has brought to its end. KG Inicis, which half of the charges go
 * to, charges an order as often as it is asked to. Two freezes in the suite; {@code mvn test
 * -Dtest=FrozenNodeTest -Dfrozen.times=10} for the long form.
 */
@WithProcesses
class FrozenNodeTest {

  private static final int TIMES = Integer.getInteger("frozen.times", 2);
  private static final int SCHEDULES = Integer.getInteger("frozen.schedules", 120);
  private static final List<String> PGS = List.of("html5_inicis", "tosspayments");

  /** Leases end after nine seconds, a charge not found twice after that is believed. */
  private static final long FROZEN = 14;

  private static final Duration ENDS = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path data;

  private final TestDatabase database = TestDatabase.fresh();
  private final List<HubProcess> nodes = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger charged = new AtomicInteger();

  @AfterEach
  void end() {
    over.set(true);
    nodes.forEach(HubProcess::close);
    database.close();
  }

  @Test
  void chargesNothingTwice() throws Exception {
    try (SimulatorProcess simulators =
        SimulatorProcess.start(data.resolve("pg"), Duration.ofSeconds(3))) {
      for (String name : List.of("a", "b")) {
        nodes.add(HubProcess.start(data.resolve(name), settings(simulators)));
      }
      for (String pg : PGS) {
        register(pg);
      }
      List<Thread> buyers = List.of(buyer(0), buyer(1));
      for (int i = 0; i < TIMES; i++) {
        freeze(i);
      }
      over.set(true);
      for (Thread buyer : buyers) {
        buyer.join();
      }
      await().atMost(ENDS).until(() -> count(UNDECIDED) == 0);
      assertThat(differences(simulators.url())).isEmpty();
      assertThat(count("select count(*) from schedule where state = 'executed'"))
          .isEqualTo(TIMES * SCHEDULES);
      assertThat(charged).hasPositiveValue();
    }
  }

  private Map<String, String> settings(SimulatorProcess simulators) {
    Map<String, String> settings = new HashMap<>();
    settings.put("NARU_DB_URL", database.url());
    settings.put("NARU_DB_USER", database.user());
    settings.put("NARU_KEYSET", data.resolve("keyset.json").toString());
    settings.put("NARU_SIMULATOR_URL", simulators.url().toString());
    settings.put("NARU_PG_CONNECT_TIMEOUT", "PT1S");
    settings.put("NARU_PG_READ_TIMEOUT", "PT1S");
    settings.put("NARU_PG_WAIT", "PT3S");
    settings.put("NARU_PG_PATIENCE", "PT2S");
    return settings;
  }

  private void register(String pg) {
    Map<String, Object> key = Api.keyIn("none", pg, "1234123412341234");
    key.remove("merchant_uid");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api(0).post("/subscribe/customers/" + pg, key).code(), code -> code == 0);
  }

  private Api api(int node) {
    return new Api(nodes.get(node).url());
  }

  /** Stops one node in the midst of its executions, and lets it go on when all was taken over. */
  private void freeze(int round) throws InterruptedException {
    int victim = round % 2;
    int done = count("select count(*) from schedule where state = 'executed'");
    long now = System.currentTimeMillis() / 1_000;
    for (String pg : PGS) {
      List<Map<String, Object>> entries = new ArrayList<>();
      for (int i = 0; i < SCHEDULES / PGS.size(); i++) {
        entries.add(
            Map.of(
                "merchant_uid", "frozen-" + round + "-" + pg + "-" + i,
                "schedule_at", now + 3,
                "amount", 1_000 + i,
                "name", "Plan " + i));
      }
      Api.Answer answer =
          api(1 - victim)
              .post(
                  "/subscribe/payments/schedule", Map.of("customer_uid", pg, "schedules", entries));
      assertThat(answer.code()).as(answer.message()).isZero();
    }
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(ENDS)
        .until(
            () ->
                count("select count(*) from schedule where state = 'executed'")
                    >= done + SCHEDULES / 4);
    nodes.get(victim).freeze();
    try {
      TimeUnit.SECONDS.sleep(FROZEN);
    } finally {
      nodes.get(victim).thaw();
    }
    await()
        .atMost(ENDS)
        .until(
            () ->
                count("select count(*) from schedule where state = 'executed'")
                    == done + SCHEDULES);
  }

  /** Somebody who pays by card again and again, at one of the nodes. */
  private Thread buyer(int node) {
    return Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; !over.get(); i++) {
                String order = "buyer-" + node + "-" + i;
                try {
                  api(node)
                      .post(
                          "/subscribe/payments/onetime",
                          Api.keyIn(order, PGS.get(i % 2), "1234123412341234"));
                  charged.incrementAndGet();
                } catch (RuntimeException standsStill) {
                  // A frozen node answers nobody; what it was asked for is in the books, or not.
                }
              }
            });
  }

  private static final String UNDECIDED =
      """
      select count(*) from attempt where state in ('calling', 'unknown', 'pending', 'reversing')
      """;

  private int count(String sql) {
    return jdbc().sql(sql).query(Integer.class).single();
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(database.dataSource());
  }

  /** What the hub's books say of an order, to understand a difference. */
  private String told(String order) {
    return jdbc()
        .sql(
            """
            select p.imp_uid || ' ' || p.status || ' ' || a.state || ' ' || coalesce(
              (select string_agg(e.kind || '@' || e.event_id, ', ' order by e.event_id)
               from event e where e.imp_uid = p.imp_uid), '')
            from payment p
              join attempt a on a.merchant_id = p.merchant_id and a.imp_uid = p.imp_uid
            where a.order_id = :order
            """)
        .param("order", order)
        .query(String.class)
        .list()
        .toString();
  }

  /** The same of the PGs' books. */
  private static String lines(URI simulators, String order) {
    StringBuilder lines = new StringBuilder();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String pg : PGS) {
        URI book = simulators.resolve("/_sim/books/" + pg + "?order_id=" + order);
        lines
            .append(pg)
            .append(' ')
            .append(
                client.send(HttpRequest.newBuilder(book).build(), BodyHandlers.ofString()).body());
      }
      return lines.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Every way in which the hub's books and the PGs' differ, in words. */
  private List<String> differences(URI simulators) throws Exception {
    Map<String, Long> ours = new HashMap<>();
    jdbc()
        .sql(
            """
            select a.order_id, case when p.status = 'paid' then p.amount else 0 end as paid
            from payment p
              join attempt a on a.merchant_id = p.merchant_id and a.imp_uid = p.imp_uid
            """)
        .query((row, n) -> ours.put(row.getString("order_id"), row.getLong("paid")))
        .list();
    List<String> differences = new ArrayList<>();
    Map<String, Long> theirs = new HashMap<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String pg : PGS) {
        HttpRequest book = HttpRequest.newBuilder(simulators.resolve("/_sim/books/" + pg)).build();
        for (JsonNode line : JSON.readTree(client.send(book, BodyHandlers.ofString()).body())) {
          String order = line.path("order_id").asString();
          if (line.path("paid").asBoolean()
              && theirs.put(order, line.path("balance").asLong()) != null) {
            differences.add(pg + " charged " + order + " twice");
          }
        }
      }
    }
    ours.forEach(
        (order, paid) -> {
          if (theirs.getOrDefault(order, 0L) != (long) paid) {
            differences.add(
                order
                    + ": "
                    + paid
                    + " here, "
                    + theirs.get(order)
                    + " at the PG; "
                    + told(order)
                    + " "
                    + lines(simulators, order));
          }
        });
    theirs.keySet().stream()
        .filter(order -> !ours.containsKey(order))
        .forEach(order -> differences.add(order + " is unknown to the hub"));
    return differences;
  }
}
