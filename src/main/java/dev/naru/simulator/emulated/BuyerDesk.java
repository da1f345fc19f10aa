package dev.naru.simulator.emulated;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Entry.Registered;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Html;
import dev.naru.simulator.kit.window.Sheet;
import dev.naru.simulator.kit.window.Sheet.Fact;
import dev.naru.simulator.kit.window.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a tester plays the buyers of product orders, {@code /emulation/buyer}: a page that shows
 * what each of them can do now, and the same as a call in JSON.
 */
final class BuyerDesk {

  private static final int MOST = 20;

  private final Map<String, EmulatedPayments> payments;
  private final EmulatedBuyer buyer;

  BuyerDesk(Map<String, EmulatedPayments> payments) {
    this.payments = payments;
    this.buyer = new EmulatedBuyer(payments);
  }

  Answer handle(Call call) {
    if (call.is("GET", "/buyer")) {
      return page(Texts.of(call), 200, "");
    }
    if (!call.is("POST", "/buyer")) {
      return Answer.Reply.json(404, Map.of("error", "not found"));
    }
    String type = call.header("Content-Type");
    if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
      return buyer.play(call.json());
    }
    ObjectNode asked = Book.JSON.createObjectNode();
    call.form().forEach(asked::put);
    int status = buyer.play(asked).status();
    return page(Texts.of(call), status, "buyer-" + status);
  }

  private Answer page(Texts texts, int status, String said) {
    Html message =
        said.isEmpty()
            ? Html.of("<p>{}</p>", texts.get("buyer"))
            : Html.of(
                "<p id=\"result\" class=\"{}\" role=\"{}\">{}</p>",
                status == 200 ? "done" : "error",
                status == 200 ? "status" : "alert",
                texts.get(said));
    List<Html> orders = new ArrayList<>();
    payments.values().stream()
        .filter(EmulatedPayments::keepsProducts)
        .forEach(
            of -> new ProductBook(of.till()).all().forEach(o -> orders.add(one(texts, of, o))));
    Html note =
        orders.isEmpty()
            ? Html.of("<p class=\"hint\">{}</p>", texts.get("buyer-none"))
            : orders.size() > MOST
                ? Html.of("<p class=\"hint\">{}</p>", texts.get("buyer-most"))
                : Html.NOTHING;
    return new Sheet(texts, "kind-buyer", "")
        .show(
            status, message, note, Html.of("{}", orders.subList(0, Math.min(MOST, orders.size()))));
  }

  private static Html one(Texts texts, EmulatedPayments of, Registered order) {
    String claim =
        order.fact("kind").isEmpty()
            ? ""
            : texts.get("claim-" + order.fact("kind"))
                + " · "
                + texts.get("stage-" + order.fact("stage"));
    Html facts =
        Sheet.facts(
            List.of(
                new Fact(texts.get("product-order"), order.id()),
                new Fact(texts.get("quantity"), order.fact("quantity")),
                new Fact(texts.get("product-amount"), texts.won(ProductBook.worth(order))),
                new Fact(texts.get("state"), texts.get("state-" + order.fact("status"))),
                new Fact(texts.get("claim"), claim)));
    String name = order.fact("name") + " " + order.fact("option_name");
    return Html.of(
        "<section class=\"product\" aria-labelledby=\"p{}\"><h2 id=\"p{}\">{}</h2>{}{}</section>",
        order.id(),
        order.id(),
        name.strip(),
        facts,
        acts(texts, of, order));
  }

  private static Html acts(Texts texts, EmulatedPayments of, Registered order) {
    List<String> open = EmulatedBuyer.open(of.till(), order);
    List<Html> buttons =
        open.stream()
            .filter(act -> !act.equals("review"))
            .map(
                act ->
                    Html.of(
                        "<button name=\"act\" value=\"{}\">{}</button>",
                        act,
                        texts.get("act-" + act)))
            .toList();
    Html hidden =
        Html.of(
            "<input type=\"hidden\" name=\"pg\" value=\"{}\"><input type=\"hidden\""
                + " name=\"product_order_id\" value=\"{}\">",
            of.till().ledger().pg(),
            order.id());
    Html plain =
        buttons.isEmpty()
            ? Html.NOTHING
            : Html.of(
                "<form method=\"post\" action=\"?lang={}\" class=\"acts\">{}{}</form>",
                texts.lang(),
                hidden,
                buttons);
    return open.isEmpty()
        ? Html.of("<p class=\"hint\">{}</p>", texts.get("buyer-wait"))
        : Html.of(
            "{}{}",
            plain,
            open.contains("review") ? review(texts, hidden, order.id()) : Html.NOTHING);
  }

  private static Html review(Texts texts, Html hidden, String id) {
    List<Html> scores =
        EmulatedBuyer.SCORES.stream().map(score -> Html.of("<option>{}</option>", score)).toList();
    return Html.of(
        """
        <form method="post" action="?lang={}" class="review">{}
        <div class="field"><label for="score-{}">{}</label>
        <select id="score-{}" name="score">{}</select></div>
        <div class="field"><label for="title-{}">{}</label>
        <input id="title-{}" name="title" maxlength="100" required autocomplete="off"></div>
        <button name="act" value="review">{}</button>
        </form>
        """,
        texts.lang(),
        hidden,
        id,
        texts.get("score"),
        id,
        scores,
        id,
        texts.get("review-title"),
        id,
        texts.get("act-review"));
  }
}
