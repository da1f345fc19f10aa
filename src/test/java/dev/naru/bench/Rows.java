package dev.naru.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.naru.kernel.Vault;
import dev.naru.start.command.Keyset;
import dev.naru.testing.Api;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Started by bench/rows: what reads cost when there are many payments. It asserts nothing. */
class Rows {

  /** One for each processor of two: what is measured is the hub, and not its queue. */
  private static final int CLIENTS = 2;

  private static final int MANY = 100;

  private final long rows = Long.getLong("naru.bench.rows", 1_000_000);
  private final int seconds = Integer.getInteger("naru.bench.seconds", 20);
  private final int days = Integer.getInteger("naru.bench.days", 365);
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final Bed bed = new Bed();

  Rows() throws IOException {}

  @Test
  void measure() throws Exception {
    bed.make();
    try (Child _ = bed.startSimulators();
        Sink sink = new Sink();
        Child _ = bed.startHub("hub.log")) {
      try (Connection connection = Postgres.of(bed.data).connect("naru")) {
        List<String> templates = templates(sink);
        settle(connection);
        Filler filler = new Filler(connection, rows, Duration.ofDays(days));
        long start = System.nanoTime();
        filler.fill(templates);
        figures.put("rows", rows);
        figures.put("days", days);
        figures.put("connections", CLIENTS);
        figures.put("fill_seconds", (System.nanoTime() - start) / 1_000_000_000L);
        figures.put("database_megabytes", megabytes(connection));
        measure(filler);
        follow(connection);
        measureLists(filler);
      }
    }
    Bed.print("rows.json", figures);
    bed.clear();
  }

  /** One that failed, one that was cancelled in part, and one that was paid. */
  private List<String> templates(Sink sink) {
    Api api = new Api(bed.hub);
    List<String> made = new ArrayList<>();
    for (String card : List.of("4000-0000-0000-0002", Api.GOOD_CARD, Api.GOOD_CARD)) {
      Map<String, Object> order =
          new LinkedHashMap<>(Api.keyIn(Api.newOrder(), "tosspayments", card));
      order.put("notice_url", sink.url());
      made.add(
          api.post("/subscribe/payments/onetime", order).response().path("imp_uid").asString());
    }
    Api.Answer cancel =
        api.post("/payments/cancel", Map.of("imp_uid", made.get(1), "amount", 3_000));
    if (cancel.code() != 0) {
      throw new IllegalStateException(cancel.message());
    }
    return made;
  }

  /** The rows of the templates are to be as they will stay: all webhooks delivered. */
  private static void settle(Connection connection) throws SQLException, InterruptedException {
    for (int i = 0; i < 300 && count(connection, "delivery where state = 'waiting'") > 0; i++) {
      Thread.sleep(100);
    }
  }

  private static long count(Connection connection, String what) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + what)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long megabytes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select pg_database_size(current_database()) >> 20")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void measure(Filler filler) throws Exception {
    String token = new Api(bed.hub).token();
    figure("get", token, () -> "/payments/" + filler.impUid(any()));
    figure("find", token, () -> "/payments/find/" + Filler.merchantUid(any()));
    figure("status_of_a_day", token, () -> "/payments/status/paid?" + day(filler));
    figure("bulk_of_2", token, () -> bulk(filler, 2));
    figure("bulk_of_100", token, () -> bulk(filler, MANY));
  }

  /** The hub makes terms and sums of what there is now: everything is new to it. */
  private void follow(Connection connection) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("delete from payment_sum");
      statement.execute("delete from payment_mark");
    }
    long start = System.nanoTime();
    while (count(
            connection,
            "event where merchant_id = 1 and event_id <= "
                + rows * 16
                + " and event_id > coalesce((select min(event_id) from payment_mark"
                + " where merchant_id = 1 having count(*) = 2), 0)")
        > 0) {
      Thread.sleep(1_000);
    }
    figures.put("follow_seconds", (System.nanoTime() - start) / 1_000_000_000L);
    figures.put("terms", count(connection, "payment_term"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze payment_term");
      statement.execute("vacuum analyze payment_sum");
    }
    figures.put("database_megabytes_with_terms", megabytes(connection));
  }

  private void measureLists(Filler filler) throws Exception {
    Vault vault = Keyset.read(bed.data.resolve(Keyset.FILE)).vault();
    try (HikariDataSource pool = Postgres.of(bed.data).pool("naru", CLIENTS);
        ListReads reads = new ListReads(pool, vault)) {
      figure("list", () -> reads.list(filler.time(recent())));
      figure("list_of_status", () -> reads.ofStatus(filler.time(recent())));
      figure("list_in_vain", () -> reads.inVain(filler.time(recent())));
      figure("list_totals", reads::totals);
      figure("search_number", () -> reads.number(Filler.merchantUid(any())));
      figure("search_card", reads::card);
      figure("detail", () -> reads.detail(filler.impUid(any())));
      figure("days", reads::days);
    }
  }

  /** Within this process: there are no pages of it yet. */
  private void figure(String name, BooleanSupplier read) throws Exception {
    Load load = new Load(bed.hub, CLIENTS);
    load.run(Duration.ofSeconds(Math.max(1, seconds / 2)), (wire, who) -> read.getAsBoolean());
    figures.put(name, load.run(Duration.ofSeconds(seconds), (wire, who) -> read.getAsBoolean()));
  }

  private void figure(String name, String token, Supplier<String> path) throws Exception {
    Load load = new Load(bed.hub, CLIENTS);
    Load.Request request =
        (wire, who) -> {
          String answer = wire.ask(path.get(), token, "");
          return answer.contains("\"code\":0") && answer.contains("\"imp_uid\"");
        };
    load.run(Duration.ofSeconds(Math.max(1, seconds / 2)), request);
    figures.put(name, load.run(Duration.ofSeconds(seconds), request));
  }

  private long any() {
    return ThreadLocalRandom.current().nextLong(1, rows + 1);
  }

  /** One of the last third: a list has half a year, and a page has payments before it. */
  private long recent() {
    return ThreadLocalRandom.current().nextLong(rows * 2 / 3, rows + 1);
  }

  private String day(Filler filler) {
    Instant from = filler.time(any()).minus(Duration.ofHours(12));
    return "from="
        + from.getEpochSecond()
        + "&to="
        + from.plus(Duration.ofDays(1)).getEpochSecond();
  }

  private String bulk(Filler filler, int many) {
    StringBuilder path = new StringBuilder("/payments?");
    for (int n = 0; n < many; n++) {
      path.append(n == 0 ? "" : "&").append("imp_uid%5B%5D=").append(filler.impUid(any()));
    }
    return path.toString();
  }
}
