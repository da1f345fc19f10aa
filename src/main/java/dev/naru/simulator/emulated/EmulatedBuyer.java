package dev.naru.simulator.emulated;

import static dev.naru.simulator.emulated.ProductBook.claims;
import static dev.naru.simulator.emulated.ProductBook.is;
import static dev.naru.simulator.emulated.ProductBook.isOpen;
import static dev.naru.simulator.emulated.ProductBook.with;

import dev.naru.simulator.emulated.EmulatedDesk.Asked;
import dev.naru.simulator.kit.book.Entry.Registered;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The buyer of a product order, as a tester plays them by {@link BuyerDesk}. What the buyer claims
 * waits for the merchant; the emulated PG gives no money back by itself.
 */
final class EmulatedBuyer {

  static final List<String> SCORES = List.of("0", "1", "2", "10", "11", "12", "13");

  private static final List<String> ACTS =
      List.of("cancel", "receive", "return", "exchange", "hand_over", "decide");

  private final Map<String, EmulatedPayments> payments;

  /**
   * @param payments those of the PGs that keep product orders count
   */
  EmulatedBuyer(Map<String, EmulatedPayments> payments) {
    this.payments = payments;
  }

  /**
   * Does one thing as the buyer: 200 with what became of it, 404 if there is no such product order,
   * 409 if its state does not permit it, 400 for anything else.
   */
  Answer.Reply play(JsonNode asked) {
    EmulatedPayments of = payments.get(asked.path("pg").asString("naverco"));
    String id = asked.path("product_order_id").asString("");
    Registered known = of == null ? null : new ProductBook(of.till()).find(id).orElse(null);
    if (of == null || known == null) {
      return Answer.Reply.json(404, Map.of("error", "no such product order"));
    }
    return of.till()
        .ledger()
        .locked(
            known.fact("order"),
            () -> {
              ProductBook book = new ProductBook(of.till());
              return act(of.till(), book, book.find(id).orElseThrow(), asked);
            });
  }

  private static Answer.Reply act(Till till, ProductBook book, Registered one, JsonNode asked) {
    String act = asked.path("act").asString("");
    if (act.equals("review")) {
      return review(till, one, asked);
    }
    if (!ACTS.contains(act)) {
      return Answer.Reply.json(400, Map.of("error", "no such act"));
    }
    Registered after = after(act, one);
    if (after == null) {
      return Answer.Reply.json(409, Map.of("error", "not as it stands now"));
    }
    Registered now = with(after, "last", "");
    book.save(now);
    return Answer.Reply.json(200, book.view(now));
  }

  /** What the buyer can do now. */
  static List<String> open(Till till, Registered one) {
    List<String> open = new ArrayList<>();
    ACTS.stream().filter(act -> after(act, one) != null).forEach(open::add);
    if (isReviewable(till, one)) {
      open.add("review");
    }
    return open;
  }

  private static @Nullable Registered after(String act, Registered one) {
    boolean sent = is(one, "delivering") || is(one, "delivered");
    boolean open = isOpen(one);
    return switch (act) {
      case "cancel" -> is(one, "paid") && !open ? claim(one, "cancel") : null;
      case "return" -> sent && !open ? claim(one, "return") : null;
      case "exchange" -> sent && !open ? claim(one, "exchange") : null;
      case "hand_over" ->
          claims(one, "return", "requested", "collecting") ? with(one, "stage", "collected") : null;
      case "receive" -> received(one);
      default -> (sent || is(one, "exchanged")) && !open ? with(one, "status", "decided") : null;
    };
  }

  private static Registered claim(Registered one, String kind) {
    return with(one, "kind", kind, "stage", "requested", "withheld", "");
  }

  private static @Nullable Registered received(Registered one) {
    if (claims(one, "exchange", "redelivering")) {
      return with(one, "status", "exchanged", "stage", "done");
    }
    return is(one, "delivering") ? with(one, "status", "delivered") : null;
  }

  /** Once per product order, as soon as it has arrived. */
  private static Answer.Reply review(Till till, Registered one, JsonNode asked) {
    String score = asked.path("score").asString("");
    String title = asked.path("title").asString("");
    String content = asked.path("content").asString("");
    if (!SCORES.contains(score) || title.isBlank() || title.length() > 100) {
      return Answer.Reply.json(400, Map.of("error", "score and title"));
    }
    if (!isReviewable(till, one)) {
      return Answer.Reply.json(409, Map.of("error", "not as it stands now"));
    }
    Map<String, String> facts = new HashMap<>();
    facts.put("score", score);
    facts.put("title", title);
    facts.put("content", content.length() > 1_000 ? content.substring(0, 1_000) : content);
    facts.put("kind", score.length() > 1 ? "premium" : "general");
    facts.put("merchant", one.fact("merchant"));
    facts.put("at", till.now().toString());
    till.ledger().save(new Registered("review", one.id(), facts));
    return Answer.Reply.json(200, Map.of("review", "R" + one.id()));
  }

  private static boolean isReviewable(Till till, Registered one) {
    boolean arrived = Stream.of("delivered", "decided", "exchanged").anyMatch(s -> is(one, s));
    return arrived && till.ledger().registered("review", one.id()) == null;
  }

  /** The operation {@code review.list}. */
  static Answer list(Till till, Asked asked) {
    Instant from = time(asked, "from");
    Instant to = time(asked, "to");
    String kind = asked.text("kind");
    if (from == null || to == null || !kind.matches("general|premium")) {
      return Emulation.badRequest();
    }
    ProductBook book = new ProductBook(till);
    List<Map<String, Object>> reviews =
        till.ledger().registered("review").stream()
            .filter(r -> r.fact("merchant").equals(asked.account()) && r.fact("kind").equals(kind))
            .filter(r -> !at(r).isBefore(from) && !at(r).isAfter(to))
            .sorted(Comparator.comparing(EmulatedBuyer::at).thenComparing(Registered::id))
            .map(review -> view(book, review))
            .toList();
    return Emulation.ok("reviews", Map.of("reviews", reviews));
  }

  private static Map<String, Object> view(ProductBook book, Registered review) {
    Registered one = book.find(review.id()).orElseThrow();
    Map<String, Object> view = ProductBook.goods(one);
    view.put("review", "R" + review.id());
    view.put("product_order", review.id());
    view.put("order", one.fact("order"));
    for (String name : List.of("score", "title", "content", "at")) {
      view.put(name, review.fact(name));
    }
    view.put("writer", "naru****");
    return view;
  }

  private static Instant at(Registered review) {
    return Instant.parse(review.fact("at"));
  }

  private static @Nullable Instant time(Asked asked, String name) {
    try {
      return Instant.parse(asked.text(name));
    } catch (DateTimeParseException malformed) {
      return null;
    }
  }
}
