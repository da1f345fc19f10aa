package dev.naru.pg.emulated;

import dev.naru.connector.AfterSale.OrderLists;
import dev.naru.connector.Emulated;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.ListedOrder;
import dev.naru.connector.http.PgHttp;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lists of orders of PGs that have withdrawn theirs, or keep it to their customers.
 *
 * <p>[inferred] The order of a list, and that its day is that of the request: to be checked with
 * Kakao Pay.
 */
public final class EmulatedOrderLists implements Emulated, OrderLists {

  /** Of payments by Kakao Pay, under the same CID. Its own list went in 2022. */
  public static final Pg<Config> KAKAOPAY =
      Emulation.of(
              "kakaopay-orders", EmulatedOrderLists.class, Config.class, EmulatedOrderLists::new)
          .named("kakaopay-orders", "카카오페이 주문 목록", "Kakao Pay order list")
          .demo(
              new Config("TC0ONETIME", "TCSUBSCRIP", new Secret("emulated-list-key-of-kakaopay")));

  /**
   * The CIDs of the payments, and the key.
   *
   * @param recurringCid blank for a shop without recurring payments
   */
  public record Config(String cid, String recurringCid, Secret key) {}

  private final List<String> listed;
  private final Emulation emulation;

  EmulatedOrderLists(Config config, PgHttp http) {
    listed = Stream.of(config.cid(), config.recurringCid()).filter(cid -> !cid.isBlank()).toList();
    emulation = new Emulation(http, config.cid(), config.key(), Set.of("name"));
  }

  @Override
  public List<String> listed() {
    return listed;
  }

  @Override
  public Outcome<List<ListedOrder>> orders(String id, String account, LocalDate day, int page) {
    ObjectNode fields =
        Emulation.fields().put("account", account).put("day", day.toString()).put("page", page);
    return emulation.call("orders.list", id, fields).then(EmulatedOrderLists::listed);
  }

  private static Outcome<List<ListedOrder>> listed(JsonNode answer) {
    JsonNode told = answer.path("fields").path("orders");
    List<ListedOrder> orders = new ArrayList<>();
    for (JsonNode one : told) {
      order(one).ifPresent(orders::add);
    }
    return told.isArray() && orders.size() == told.size()
        ? new Ok<>(List.copyOf(orders))
        : new Unknown<>("a list that cannot be read");
  }

  private static Optional<ListedOrder> order(JsonNode one) {
    Instant opened = EmulatedSales.time(one, "opened_at");
    String tid = one.path("tid").asString("");
    long amount = one.path("amount").asLong(-1);
    long balance = one.path("balance").asLong(-1);
    String status = one.path("status").asString("").toUpperCase(Locale.ROOT);
    if (opened == null || tid.isEmpty() || amount < 0 || balance < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ListedOrder(
              new PgRef(tid),
              one.path("order").asString(""),
              one.path("name").asString(""),
              ListedOrder.Status.valueOf(status),
              Money.krw(amount),
              Money.krw(balance),
              opened,
              EmulatedSales.time(one, "at")));
    } catch (IllegalArgumentException unknownStatus) {
      return Optional.empty();
    }
  }
}
