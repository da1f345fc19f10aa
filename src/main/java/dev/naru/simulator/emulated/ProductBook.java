package dev.naru.simulator.emulated;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Till;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The product orders of one emulated PG, as its book has them. What was given back is read off the
 * charge, so that a product order and its money never tell different stories.
 */
final class ProductBook {

  /** The kind of a product order in the register, and of the list of those of an order. */
  private static final String ONE = "product-order";

  private static final String OF_ORDER = "product-orders";

  private static final Set<String> OPEN =
      Set.of("requested", "running", "collecting", "collected", "redelivering");
  private static final Duration SEND_WITHIN = Duration.ofDays(3);

  private final Till till;
  private final Ledger ledger;

  ProductBook(Till till) {
    this.till = till;
    this.ledger = till.ledger();
  }

  /** Whether what a merchant says it sells can become product orders of this amount. */
  static boolean fits(JsonNode products, long amount) {
    long sum = 0;
    for (JsonNode one : products) {
      boolean complete =
          Stream.of("product", "name").noneMatch(f -> one.path(f).asString("").isBlank())
              && one.path("quantity").asLong(0) > 0
              && one.path("amount").asLong(0) > 0
              && one.path("delivery").asLong(-1) >= 0;
      if (!complete) {
        return false;
      }
      sum += one.path("amount").asLong() + one.path("delivery").asLong();
    }
    return !products.isEmpty() && sum == amount;
  }

  /** Makes the product orders of an order, once. They count as soon as it is paid. */
  void make(Charge.Order order, String tid, JsonNode products) {
    if (ledger.registered(OF_ORDER, tid) != null) {
      return;
    }
    String day = Seoul.compact(till.now()).substring(0, 8);
    StringBuilder ids = new StringBuilder();
    for (JsonNode one : products) {
      String id = day + Numbers.digits(8);
      while (ledger.registered(ONE, id) != null) {
        id = day + Numbers.digits(8);
      }
      Map<String, String> facts = new HashMap<>();
      for (String name :
          List.of("product", "name", "option", "option_name", "quantity", "amount", "delivery")) {
        facts.put(name, one.path(name).asString(""));
      }
      facts.put("merchant", order.merchant());
      facts.put("order", order.id());
      facts.put("tid", tid);
      facts.put("status", "paid");
      ledger.save(new Entry.Registered(ONE, id, facts));
      ids.append(ids.isEmpty() ? "" : " ").append(id);
    }
    ledger.save(new Entry.Registered(OF_ORDER, tid, Map.of("ids", ids.toString())));
  }

  /** Those of a charge, as they stand now. */
  List<Entry.Registered> of(Charge charge) {
    Entry.Registered all = ledger.registered(OF_ORDER, charge.tid());
    return all == null
        ? List.of()
        : Stream.of(all.fact("ids").split(" ", -1))
            .map(id -> ledger.registered(ONE, id))
            .map(Objects::requireNonNull)
            .map(one -> now(one, charge))
            .toList();
  }

  /** One that was paid, as it stands now. */
  Optional<Entry.Registered> find(String id) {
    Entry.Registered one = ledger.registered(ONE, id);
    Charge charge = one == null ? null : ledger.byTid(one.fact("tid"));
    return one == null || charge == null || !charge.paid()
        ? Optional.empty()
        : Optional.of(now(one, charge));
  }

  /** All that were paid, the newest first. */
  List<Entry.Registered> all() {
    return ledger.registered(ONE).stream()
        .flatMap(one -> find(one.id()).stream())
        .sorted(Comparator.comparing(this::paidAt).reversed().thenComparing(Entry.Registered::id))
        .toList();
  }

  private Instant paidAt(Entry.Registered one) {
    Charge charge = ledger.byTid(one.fact("tid"));
    Instant at = charge == null ? null : charge.course().at();
    return at == null ? Instant.EPOCH : at;
  }

  private static Entry.Registered now(Entry.Registered one, Charge charge) {
    List<String> mine = List.of(one.fact("cancels").split(" ", -1));
    List<Charge.Cancel> cancels =
        charge.course().cancels().stream().filter(c -> mine.contains(c.replay())).toList();
    if (cancels.stream().anyMatch(c -> c.stage() == Stage.DONE)) {
      return with(one, "status", one.fact("ends"), "kind", one.fact("by"), "stage", "done");
    }
    if (cancels.stream().anyMatch(c -> c.stage() == Stage.PENDING)) {
      return with(one, "kind", one.fact("by"), "stage", "running");
    }
    return charge.status() == Status.CANCELLED
        ? with(one, "status", "canceled", "kind", "admin_cancel", "stage", "done")
        : one;
  }

  /** The same with other facts: names and values by turns. */
  static Entry.Registered with(Entry.Registered one, String... pairs) {
    Map<String, String> facts = new HashMap<>(one.facts());
    for (int i = 0; i < pairs.length; i += 2) {
      facts.put(pairs[i], pairs[i + 1]);
    }
    return new Entry.Registered(one.kind(), one.id(), facts);
  }

  void save(Entry.Registered one) {
    ledger.save(one);
  }

  /** That a cancel of this id, once it is done, is what becomes of the product order. */
  void giving(Entry.Registered one, String cancel, String ends, String by) {
    Entry.Registered stored = Objects.requireNonNull(ledger.registered(ONE, one.id()));
    String cancels = (stored.fact("cancels") + " " + cancel).strip();
    save(with(stored, "cancels", cancels, "ends", ends, "by", by, "last", ""));
  }

  static long worth(Entry.Registered one) {
    return Long.parseLong(one.fact("amount")) + Long.parseLong(one.fact("delivery"));
  }

  static boolean is(Entry.Registered one, String status) {
    return one.fact("status").equals(status);
  }

  /** Whether something is claimed that has not come to its end. */
  static boolean isOpen(Entry.Registered one) {
    return OPEN.contains(one.fact("stage"));
  }

  static boolean claims(Entry.Registered one, String kind, String... stages) {
    return one.fact("kind").equals(kind) && List.of(stages).contains(one.fact("stage"));
  }

  /** As the protocol tells it. Whose buyer it is, is made up: a simulator has none. */
  Map<String, Object> view(Entry.Registered one) {
    Map<String, Object> view = goods(one);
    view.put("product_order", one.id());
    view.put("order", one.fact("order"));
    view.put("status", one.fact("status"));
    if (!one.fact("kind").isEmpty()) {
      view.put("claim", Map.of("kind", one.fact("kind"), "stage", one.fact("stage")));
    }
    view.put("quantity", Long.parseLong(one.fact("quantity")));
    view.put("amount", Long.parseLong(one.fact("amount")));
    view.put("delivery", Long.parseLong(one.fact("delivery")));
    view.put("orderer", Map.of("name", "김나루", "id", "naru****", "tel", "010-0000-0000"));
    view.put(
        "address",
        Map.of(
            "base", "경기도 성남시 분당구 나루로 1",
            "detail", "101호",
            "postcode", "13561",
            "tel", "010-0000-0000",
            "name", "김나루"));
    view.put("memo", "문 앞에 놓아 주세요.");
    view.put("send_by", paidAt(one).plus(SEND_WITHIN).toString());
    return view;
  }

  /** What was bought, as reviews tell it too. */
  static Map<String, Object> goods(Entry.Registered one) {
    Map<String, Object> goods = new LinkedHashMap<>();
    for (String name : List.of("product", "name", "option", "option_name")) {
      goods.put(name, one.fact(name));
    }
    return goods;
  }
}
