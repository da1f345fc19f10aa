package dev.naru.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the hub's books with those of the simulators, order by order. */
final class Books {

  private static final List<String> PGS = List.of("tosspayments", "html5_inicis");

  private final Path data;
  private final URI simulators;

  Books(Path data, URI simulators) {
    this.data = data;
    this.simulators = simulators;
  }

  /** A payment as the hub's database has it. */
  record Row(String impUid, String orderId, String state, long amount, long canceled) {

    long balance() {
      return "paid".equals(state) ? amount - canceled : 0;
    }
  }

  /** How many attempts and cancels are not final yet. */
  int undecided() throws SQLException, IOException {
    return number(
        """
        select (select count(*) from attempt
            where state in ('calling', 'unknown', 'pending', 'reversing'))
          + (select count(*) from cancellation where state in ('calling', 'unknown', 'pending'))
        """);
  }

  /** How many webhooks have not arrived yet. */
  int undelivered() throws SQLException, IOException {
    return number("select count(*) from delivery where state <> 'delivered'");
  }

  /** Every way in which the books differ, in words; empty if they agree. */
  List<String> differences() throws SQLException, IOException, InterruptedException {
    Map<String, Row> ours = new HashMap<>();
    rows().forEach(row -> ours.put(row.orderId(), row));
    List<String> differences = new ArrayList<>();
    Map<String, Integer> charges = new HashMap<>();
    for (String pg : PGS) {
      for (JsonNode line : book(pg)) {
        if (line.path("paid").asBoolean()) {
          String orderId = line.path("order_id").asString();
          charges.merge(orderId, 1, Integer::sum);
          compare(orderId, line.path("balance").asLong(), ours.get(orderId), differences);
        }
      }
    }
    charges.forEach(
        (orderId, count) -> {
          if (count > 1) {
            differences.add(orderId + " was charged " + count + " times");
          }
        });
    for (Row row : ours.values()) {
      if (row.balance() > 0 && !charges.containsKey(row.orderId())) {
        differences.add(row + " is in no simulator's book");
      }
    }
    return differences;
  }

  private static void compare(
      String orderId, long balance, @org.jspecify.annotations.Nullable Row row, List<String> into) {
    if (row == null) {
      if (balance != 0) {
        into.add("order " + orderId + " with a balance of " + balance + " is unknown to the hub");
      }
    } else if (balance != row.balance()) {
      into.add(row + " has a balance of " + balance + " at the PG");
    }
  }

  List<Row> rows() throws SQLException, IOException {
    List<Row> rows = new ArrayList<>();
    try (Connection connection = connect();
        ResultSet found =
            connection
                .createStatement()
                .executeQuery(
                    """
                    select p.imp_uid, a.order_id, p.state, p.amount, p.canceled
                    from payment p join attempt a
                      on a.merchant_id = p.merchant_id and a.imp_uid = p.imp_uid
                    """)) {
      while (found.next()) {
        rows.add(
            new Row(
                found.getString(1),
                found.getString(2),
                found.getString(3),
                found.getLong(4),
                found.getLong(5)));
      }
    }
    return rows;
  }

  /** A count, straight from the hub's embedded database. */
  int number(String sql) throws SQLException, IOException {
    try (Connection connection = connect();
        ResultSet found = connection.createStatement().executeQuery(sql)) {
      found.next();
      return found.getInt(1);
    }
  }

  private Connection connect() throws SQLException, IOException {
    // The fourth line of this file is the port of the running server.
    String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
    String password = Files.readString(data.resolve("postgres.password")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/naru", "naru", password);
  }

  private JsonNode book(String pg) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(simulators.resolve("/_sim/books/" + pg)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new JsonMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
    }
  }
}
