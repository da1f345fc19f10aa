package dev.naru.testing;

import dev.naru.connector.Capability;
import dev.naru.connector.Pg;
import dev.naru.pg.Gateways;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the simulators charged, found by the shop's order id. */
public final class Book {

  /** Those that keep books of charges. */
  private static final List<String> PGS =
      Gateways.ALL.stream()
          .filter(pg -> Capability.Lookup.class.isAssignableFrom(pg.type()))
          .map(Pg::code)
          .toList();

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final TestDatabase database;
  private final URI simulators;

  public Book(Hub hub) {
    this(hub.database(), hub.simulatorUrl());
  }

  /** Of a hub on another database than its own. */
  public Book(TestDatabase database, URI simulators) {
    this.database = database;
    this.simulators = simulators;
  }

  /** Every charge that any PG made for this merchant_uid, its balance as it is now. */
  public List<JsonNode> charges(String merchantUid) {
    List<String> orderIds =
        JdbcClient.create(database.dataSource())
            .sql(
                """
                select a.order_id from attempt a join payment p
                  on p.merchant_id = a.merchant_id and p.imp_uid = a.imp_uid
                where p.merchant_uid = :order
                """)
            .param("order", merchantUid)
            .query(String.class)
            .list();
    List<JsonNode> charges = new ArrayList<>();
    for (String orderId : orderIds) {
      for (String pg : PGS) {
        for (JsonNode line : read("/_sim/books/" + pg + "?order_id=" + orderId)) {
          if (line.path("paid").asBoolean()) {
            charges.add(line);
          }
        }
      }
    }
    return charges;
  }

  private JsonNode read(String path) {
    URI url = simulators.resolve(path);
    try {
      return JsonMapper.shared()
          .readTree(HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
