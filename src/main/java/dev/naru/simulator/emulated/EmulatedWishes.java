package dev.naru.simulator.emulated;

import dev.naru.simulator.emulated.EmulatedDesk.Asked;
import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Entry.Registered;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Html;
import dev.naru.simulator.kit.window.Sheet;
import dev.naru.simulator.kit.window.Sheet.Fact;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.WindowPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The {@code wish} operations of one emulated PG, and the page on which a person puts a shop's
 * products on their wish list. There is one person here, so a product is on the list once.
 */
final class EmulatedWishes {

  /** The kinds of a page, and of what is on the list, in the register. */
  private static final String PAGE = "wish-page";

  private static final String WISH = Registered.WISH;

  private static final int MOST = 100;

  private final Till till;
  private final Ledger ledger;

  EmulatedWishes(Till till) {
    this.till = till;
    this.ledger = till.ledger();
  }

  /** A magic card as the id of the first product does to this what it does to an approval. */
  Answer handle(Asked asked) {
    JsonNode products = asked.fields().path("products");
    if (!asked.operation().equals("wish.open") || !isSound(products)) {
      return Emulation.badRequest();
    }
    Effect effect = Cards.effect(products.path(0).path("product").asString(""));
    if (effect.declines()) {
      Refusal no = EmulatedPayments.CODES.of(effect);
      return Emulation.declined(no.code(), no.text());
    }
    if (effect == Effect.TIMEOUT) {
      return new Answer.Silence();
    }
    return Answer.sent(effect, ledger.locked(asked.id(), () -> open(asked)));
  }

  private static boolean isSound(JsonNode products) {
    Set<String> ids = new HashSet<>();
    return products.isArray()
        && !products.isEmpty()
        && products.size() <= MOST
        && products.valueStream().allMatch(EmulatedWishes::isProduct)
        && products.valueStream().allMatch(one -> ids.add(one.path("product").asString("")));
  }

  private static boolean isProduct(JsonNode one) {
    return !one.path("product").asString("").isBlank()
        && !one.path("name").asString("").isBlank()
        && one.path("price").isIntegralNumber()
        && one.path("price").asLong(-1) >= 0
        && one.path("page").asString("").matches("(?i)https?://\\S+");
  }

  private Answer.Reply open(Asked asked) {
    byte[] password = asked.caller().password().getBytes(StandardCharsets.UTF_8);
    String key = Digests.hmac(password, WISH + asked.id());
    String id = Digests.sha256(String.join("\n", ledger.pg(), asked.account(), asked.id(), key));
    String products = asked.fields().path("products").toString();
    Registered known = ledger.registered(PAGE, id);
    if (known != null && !known.fact("products").equals(products)) {
      return Emulation.declined("duplicate_order", "이미 사용한 요청 번호입니다.");
    }
    String tid = known == null ? Numbers.token(24) : known.fact("tid");
    if (known == null) {
      Map<String, String> facts = new HashMap<>();
      facts.put("merchant", asked.account());
      facts.put("request", asked.id());
      facts.put("tid", tid);
      facts.put("products", products);
      ledger.save(new Registered(PAGE, id, facts));
    }
    String language = asked.text("language").equals("en") ? "en" : "ko";
    return Emulation.ok(tid, Map.of("window", path(id) + "?lang=" + language));
  }

  private String path(String page) {
    return "/emulation/v1/" + ledger.pg() + "/wishes/" + page;
  }

  /** The browser comes to a page, or somebody pressed one of its buttons. */
  Answer show(Call call, String page) {
    Texts texts = Texts.of(call);
    Registered known = ledger.registered(PAGE, page);
    if (known == null) {
      return WindowPage.unknown(texts);
    }
    if (call.method().equals("POST")) {
      String action = call.form().getOrDefault("action", "");
      ledger.locked(known.fact("request"), () -> press(page, action));
      return Answer.Reply.redirect(path(page) + "?lang=" + texts.lang());
    }
    return switch (known.fact("end")) {
      case "" -> ask(texts, known);
      case "wished" -> over(texts, "wished");
      default -> over(texts, "not-wished");
    };
  }

  /** The first press counts. */
  private boolean press(String page, String action) {
    Registered known = ledger.registered(PAGE, page);
    boolean wished = action.equals(WISH);
    if (known == null || !known.fact("end").isEmpty() || !(wished || action.equals("close"))) {
      return false;
    }
    List<Entry> lines = new ArrayList<>();
    if (wished) {
      products(known).valueStream().forEach(one -> lines.add(wish(known, one)));
    }
    Map<String, String> facts = new HashMap<>(known.facts());
    facts.put("end", wished ? "wished" : "closed");
    lines.add(new Registered(PAGE, page, facts));
    ledger.save(lines.toArray(Entry[]::new));
    return true;
  }

  private Registered wish(Registered page, JsonNode product) {
    Map<String, String> facts = new HashMap<>();
    facts.put("merchant", page.fact("merchant"));
    facts.put("request", page.fact("request"));
    for (String name :
        List.of("product", "name", "description", "price", "page", "thumbnail", "image")) {
      facts.put(name, product.path(name).asString(""));
    }
    facts.put("at", till.now().toString());
    return new Registered(WISH, facts.get("merchant") + "/" + facts.get("product"), facts);
  }

  private static JsonNode products(Registered page) {
    return Book.JSON.readTree(page.fact("products"));
  }

  private Answer ask(Texts texts, Registered page) {
    Sheet sheet = new Sheet(texts, "kind-wish", ledger.pg());
    List<Html> products = new ArrayList<>();
    for (JsonNode one : products(page)) {
      products.add(product(texts, products.size(), one));
    }
    return sheet.show(
        200,
        Html.of(
            """
            <p>{}</p>
            <form method="post" id="window" action="?lang={}">
            {}
            {}
            </form>
            """,
            texts.get(WISH),
            texts.lang(),
            products,
            sheet.buttons(WISH, texts.get("wishing"))));
  }

  private static Html product(Texts texts, int no, JsonNode one) {
    String description = one.path("description").asString("");
    return Html.of(
        "<section class=\"product\" aria-labelledby=\"p{}\"><h2 id=\"p{}\">{}</h2>{}{}</section>",
        no,
        no,
        one.path("name").asString(""),
        Sheet.facts(List.of(new Fact(texts.get("price"), texts.won(one.path("price").asLong())))),
        description.isBlank() ? Html.NOTHING : Html.of("<p class=\"hint\">{}</p>", description));
  }

  /** Who did not want it is not kept: the page closes itself, where it can. */
  private Answer over(Texts texts, String result) {
    boolean wished = result.equals("wished");
    return new Sheet(texts, "kind-wish", ledger.pg())
        .show(
            200,
            Html.of(
                """
                <p id="result"{} role="status">{}</p>
                <p>{}</p>
                <div class="buttons" id="bar" hidden{}>
                <button id="leave" class="primary" type="button">{}</button></div>
                <script src="/_sim/assets/close.js"></script>
                """,
                Html.when(wished, " class=\"done\""),
                texts.get(result),
                texts.get("wish-over"),
                Html.when(!wished, " data-now=\"true\""),
                texts.get("close")));
  }
}
