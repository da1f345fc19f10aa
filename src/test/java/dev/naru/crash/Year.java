package dev.naru.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.HubProcess;
import dev.naru.testing.Receiver;
import dev.naru.testing.SimulatorProcess;
import dev.naru.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A year of schedules on two nodes of one database, one of which is killed on the way. */
final class Year implements AutoCloseable {

  private static final long DAY = 86_400;
  private static final long YEAR = 365 * DAY;
  private static final int AT_ONCE = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(90);
  private static final JsonMapper JSON = new JsonMapper();

  /** Whose keys are charged. Cards that take a PG's time are few, since that time is real. */
  private static final List<String> CARDS =
      List.of(
          "tosspayments 1234123412341234",
          "html5_inicis 1234123412341234",
          "tosspayments 4000000000000002",
          "tosspayments 4000000000009002",
          "html5_inicis 4000000000009004");

  private static final int GOOD = 3;

  private final TestDatabase database = TestDatabase.fresh();
  private final Receiver receiver = Receiver.start();
  private final SimulatorProcess simulators;
  private final List<HubProcess> nodes = new ArrayList<>();
  private final long seed;
  private final int size;
  private final Map<String, Long> plan = new LinkedHashMap<>();

  Year(Path data, long seed, int size) throws Exception {
    this.seed = seed;
    this.size = size;
    simulators = SimulatorProcess.start(data.resolve("pg"), Duration.ofSeconds(3));
    Map<String, String> settings = new HashMap<>();
    settings.put("NARU_DB_URL", database.url());
    settings.put("NARU_DB_USER", database.user());
    settings.put("NARU_KEYSET", data.resolve("keyset.json").toString());
    settings.put("NARU_SIMULATOR_URL", simulators.url().toString());
    settings.put("NARU_PG_CONNECT_TIMEOUT", "PT1S");
    settings.put("NARU_PG_READ_TIMEOUT", "PT1S");
    settings.put("NARU_PG_WAIT", "PT3S");
    for (String name : List.of("a", "b")) {
      nodes.add(HubProcess.start(data.resolve(name), settings));
    }
  }

  /** A node's API, with a token that is good at the time it has now. */
  private Api api(int node) {
    return new Api(nodes.get(node).url());
  }

  void schedule() {
    Random random = new Random(seed);
    long start = unix(0) + DAY;
    for (int card = 0; card < CARDS.size(); card++) {
      String[] parts = CARDS.get(card).split(" ", -1);
      Map<String, Object> key = Api.keyIn("none", parts[0], parts[1]);
      key.remove("merchant_uid");
      String customer = "/subscribe/customers/card-" + card;
      // A PG that has just started may answer later than the hub waits here.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> api(0).post(customer, key).code(), code -> code == 0);
    }
    Map<Integer, List<Map<String, Object>>> entries = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      int card = i < 4 ? GOOD + i % 2 : random.nextInt(GOOD);
      long at = start + random.nextLong(YEAR - 3 * DAY);
      plan.put("plan-" + i, at);
      entries.computeIfAbsent(card, any -> new ArrayList<>()).add(entry("plan-" + i, at, i));
    }
    entries.forEach(
        (card, all) -> {
          for (int from = 0; from < all.size(); from += AT_ONCE) {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("customer_uid", "card-" + card);
            request.put("schedules", all.subList(from, Math.min(all.size(), from + AT_ONCE)));
            Api.Answer answer = api(0).post("/subscribe/payments/schedule", request);
            assertThat(answer.code()).as(answer.message()).isZero();
          }
        });
  }

  private Map<String, Object> entry(String order, long at, int i) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("merchant_uid", order);
    entry.put("schedule_at", at);
    entry.put("amount", 1_000 + i);
    entry.put("name", "Plan " + i);
    entry.put("notice_url", receiver.url("/hook"));
    return entry;
  }

  /** Moves time on by a year; half-way, kills the node that moves it, or the other one. */
  void live(boolean killMover) throws InterruptedException {
    long target = unix(0) + YEAR;
    assertThat(move(0, target)).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> executed() >= size / 2);
    int victim = killMover ? 0 : 1;
    nodes.get(victim).kill();
    int survivor = 1 - victim;
    long end = System.nanoTime() + PATIENCE.toNanos();
    // The killed node's part in moving ends with its connections; then the other may.
    while (unix(survivor) < target || moving(survivor)) {
      assertThat(System.nanoTime()).as("time to get through a year").isLessThan(end);
      if (!moving(survivor)) {
        int status = move(survivor, target);
        // It may have got there meanwhile: then it is asked to go back, and says 400.
        assertThat(status == 400 && unix(survivor) >= target ? 200 : status).isIn(200, 202, 409);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private int move(int node, long target) {
    return api(node)
        .raw("POST", "/sandbox/clock", "application/json", "{\"to\":" + target + ",\"wait\":0}")
        .status();
  }

  private long unix(int node) {
    return clock(node).path("unix").asLong();
  }

  private boolean moving(int node) {
    return clock(node).path("moving").asBoolean();
  }

  private JsonNode clock(int node) {
    return api(node)
        .bare(HttpRequest.newBuilder(nodes.get(node).url().resolve("/sandbox/clock")))
        .body();
  }

  private JdbcClient jdbc() {
    return JdbcClient.create(database.dataSource());
  }

  private int executed() {
    return jdbc()
        .sql("select count(*) from schedule where state = 'executed'")
        .query(Integer.class)
        .single();
  }

  /** What became of each schedule, without what differs from run to run by its nature. */
  record Result(String order, String state, @Nullable String payment, long amount) {}

  private record Row(Result result, long late, String impUid, String orderId) {}

  /** The results; fails unless each was executed once, in time, and told to the shop. */
  List<Result> results() throws Exception {
    List<Row> rows = rows();
    assertThat(rows).as("each schedule has one attempt").hasSize(size);
    assertThat(rows).allSatisfy(row -> assertThat(row.late()).isBetween(0L, 90L));
    Map<String, JsonNode> charges = charges();
    Set<String> paid = new HashSet<>();
    for (Row row : rows) {
      if ("paid".equals(row.result().payment())) {
        paid.add(row.orderId());
        JsonNode charge = charges.get(row.orderId());
        assertThat(charge == null ? -1 : charge.path("balance").asLong())
            .as("%s at the PG", row)
            .isEqualTo(row.result().amount());
      }
    }
    assertThat(charges.keySet()).as("what the PGs charged").isEqualTo(paid);
    Set<String> told = new HashSet<>();
    receiver
        .got("/hook")
        .forEach(got -> told.add(JSON.readTree(got.body()).path("imp_uid").asString()));
    assertThat(told).containsExactlyInAnyOrderElementsOf(rows.stream().map(Row::impUid).toList());
    assertThat(
            jdbc()
                .sql("select count(*) from payment where customer_uid like 'card-%'")
                .query(Integer.class)
                .single())
        .as("payments, of which none may be over")
        .isEqualTo(size);
    return rows.stream().map(Row::result).toList();
  }

  private List<Row> rows() {
    return jdbc()
        .sql(
            """
            select s.merchant_uid, s.state, p.status, p.amount, p.imp_uid, a.order_id,
              extract(epoch from s.executed_at - s.schedule_at)::bigint as late
            from schedule s
            join payment p on p.merchant_id = s.merchant_id and p.imp_uid = s.imp_uid
            join attempt a on a.merchant_id = s.merchant_id and a.imp_uid = s.imp_uid
            order by s.merchant_uid
            """)
        .query(
            (row, n) ->
                new Row(
                    new Result(
                        row.getString("merchant_uid"),
                        row.getString("state"),
                        row.getString("status"),
                        row.getLong("amount")),
                    row.getLong("late"),
                    row.getString("imp_uid"),
                    row.getString("order_id")))
        .list();
  }

  /** By the order id of our attempt; two of one order fail. */
  private Map<String, JsonNode> charges() throws Exception {
    Map<String, JsonNode> charges = new HashMap<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String pg : List.of("tosspayments", "html5_inicis")) {
        URI book = simulators.url().resolve("/_sim/books/" + pg);
        String text =
            client.send(HttpRequest.newBuilder(book).build(), BodyHandlers.ofString()).body();
        for (JsonNode line : JSON.readTree(text)) {
          if (line.path("paid").asBoolean()) {
            JsonNode twice = charges.put(line.path("order_id").asString(), line);
            assertThat(twice).as("charged twice").isNull();
          }
        }
      }
    }
    return charges;
  }

  @Override
  public void close() {
    nodes.forEach(HubProcess::close);
    simulators.close();
    receiver.close();
    database.close();
  }
}
