package dev.naru.bench;

import dev.naru.testing.Api;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Started by bench/run. Its name keeps it out of the build. It measures and asserts nothing. */
class Bench {

  private static final int CONNECTIONS = 64;
  private static final int MERCHANTS = 64;
  private static final int REMEMBERED = 20_000;

  private final int seconds = Integer.getInteger("naru.bench.seconds", 20);
  private final AtomicLong orders = new AtomicLong();
  private final ConcurrentLinkedQueue<String> paid = new ConcurrentLinkedQueue<>();
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final Bed bed = new Bed();
  private final URI hub = bed.hub;

  Bench() throws IOException {}

  @Test
  void measure() throws Exception {
    bed.make();
    machine();
    try (Child simulators = bed.startSimulators();
        Sink sink = new Sink()) {
      startTimes();
      try (Child running = bed.startHub("hub.log")) {
        Postgres postgres = Postgres.of(bed.data);
        figures.put("postgresql", postgres.durability());
        Map<String, ProcessHandle> processes = new LinkedHashMap<>();
        processes.put("hub", running.handle());
        processes.put("postgresql", postgres.handle());
        processes.put("simulators", simulators.handle());
        processes.put("load", ProcessHandle.current());
        String token = new Api(hub).token();
        stopNotices();
        long warm = warmUp(token, sink);
        pgbench("pgbench_before", postgres);
        payments(token, sink, postgres, processes, warm);
        pgbench("pgbench_after", postgres);
        reads(token, processes);
        manyMerchants(token, sink, postgres);
        ratio();
      }
    }
    Bed.print("bench.json", figures);
  }

  private void machine() {
    figures.put("processors", Runtime.getRuntime().availableProcessors());
    figures.put("connections", CONNECTIONS);
    figures.put("seconds", seconds);
    figures.put("load_before", load());
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private void startTimes() throws IOException, InterruptedException {
    for (String which : List.of("first_start_seconds", "later_start_seconds")) {
      long start = System.nanoTime();
      Child started = bed.startHub(which + ".log");
      figures.put(which, (System.nanoTime() - start) / 1e9);
      started.close();
    }
  }

  /** The PG's own notices would have the hub take two requests for each payment. */
  private void stopNotices() throws IOException, InterruptedException {
    String mid = "";
    for (JsonNode channel : new Api(hub).get("/users/pg").response()) {
      if (channel.path("pg_provider").asString().equals("tosspayments")) {
        mid = channel.path("pg_id").asString();
      }
    }
    URI notices = bed.simulators.resolve("/_sim/notices/tosspayments/" + mid);
    HttpRequest none =
        HttpRequest.newBuilder(notices).PUT(BodyPublishers.ofString("{\"url\":\"\"}")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status = http.send(none, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IllegalStateException("the simulators answer " + status);
      }
    }
  }

  /** Until the compiler has done most of its work. */
  private long warmUp(String token, Sink sink) throws Exception {
    long warm = new Load(hub, CONNECTIONS).run(span(1).multipliedBy(2), paying(token, sink)).good();
    settle(sink, warm);
    return warm;
  }

  private void payments(
      String token, Sink sink, Postgres postgres, Map<String, ProcessHandle> processes, long warm)
      throws Exception {
    Cpu before = Cpu.now(processes);
    long commits = postgres.commits();
    Load.Result measured = new Load(hub, CONNECTIONS).run(span(1), paying(token, sink));
    Cpu after = Cpu.now(processes);
    figures.put(
        "transactions_per_payment", (postgres.commits() - commits) / (double) measured.good());
    figures.put("payments", measured);
    figures.put("webhooks_delivered_by_then", sink.received() - warm);
    figures.put("processor_milliseconds_per_payment", after.since(before, measured.good()));
    settle(sink, warm + measured.good());
    figures.put("paid_by_answers", warm + measured.good());
    figures.put("paid_in_database", postgres.paid());
  }

  /** The same load spread over sub-shops, each of which is a merchant with rows of its own. */
  private void manyMerchants(String token, Sink sink, Postgres postgres) throws Exception {
    Api demo = new Api(hub);
    List<String> codes = new ArrayList<>();
    for (int n = 0; n < MERCHANTS; n++) {
      String code = "B%02d".formatted(n);
      codes.add(code);
      demo.post("/tiers/" + code, Map.of("tier_name", "bench " + n));
    }
    postgres.lendChannel(bed.data.resolve("keyset.json"));
    long before = sink.received();
    Load.Request paying =
        // One header more behind the token's.
        (wire, who) -> pay(wire, token + "\r\nTier: " + codes.get(who % MERCHANTS), sink.url());
    long warm = new Load(hub, CONNECTIONS).run(span(4), paying).good();
    Load.Result measured = new Load(hub, CONNECTIONS).run(span(1), paying);
    figures.put("payments_of_64_merchants", measured);
    settle(sink, before + warm + measured.good());
  }

  private void reads(String token, Map<String, ProcessHandle> processes) throws Exception {
    Load load = new Load(hub, CONNECTIONS);
    List<String> known = List.copyOf(paid);
    Load.Request read =
        (wire, who) ->
            wire.ask(
                    "/payments/" + known.get(ThreadLocalRandom.current().nextInt(known.size())),
                    token,
                    "")
                .contains("\"code\":0");
    load.run(span(4), read);
    Cpu before = Cpu.now(processes);
    Load.Result measured = load.run(span(2), read);
    figures.put("reads", measured);
    figures.put(
        "processor_milliseconds_per_read", Cpu.now(processes).since(before, measured.good()));
  }

  private Duration span(int divisor) {
    return Duration.ofSeconds(Math.max(1, seconds / divisor));
  }

  private Load.Request paying(String token, Sink sink) {
    return (wire, who) -> pay(wire, token, sink.url());
  }

  private boolean pay(Wire wire, String token, String hook) throws IOException {
    String answer =
        wire.ask(
            "/subscribe/payments/onetime",
            token,
            "pg=tosspayments&amount=10000&name=Chair&card_number=1234-1234-1234-1234"
                + "&expiry=2039-12&birth=900101&pwd_2digit=12&buyer_name=Kim"
                + "&buyer_email=kim%40example.com&notice_url="
                + hook
                + "&merchant_uid=bench-"
                + orders.incrementAndGet());
    if (!answer.contains("\"status\":\"paid\"")) {
      return false;
    }
    if (paid.size() < REMEMBERED) {
      int start = answer.indexOf("imps_");
      paid.add(answer.substring(start, answer.indexOf('"', start)));
    }
    return true;
  }

  /** Waits for the webhooks that are still on their way, but not for long. */
  private static void settle(Sink sink, long all) throws InterruptedException {
    for (int i = 0; i < 300 && sink.received() < all; i++) {
      Thread.sleep(100);
    }
  }

  private void pgbench(String name, Postgres postgres) throws Exception {
    Path script = Path.of("bench", "payment.sql").toAbsolutePath();
    Optional<Postgres.Paced> paced =
        postgres.pgbench(script, CONNECTIONS, (int) span(2).toSeconds());
    if (paced.isPresent()) {
      figures.put(name, paced.get());
    } else {
      figures.put(name, "not installed");
    }
  }

  private void ratio() {
    figures.put("load_after", load());
    if (figures.get("payments") instanceof Load.Result hubs
        && figures.get("pgbench_before") instanceof Postgres.Paced before
        && figures.get("pgbench_after") instanceof Postgres.Paced after) {
      figures.put("ratio", hubs.perSecond() * 2 / (before.perSecond() + after.perSecond()));
    }
  }
}
