package dev.naru.simulator.kit.window;

import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.window.Sheet.Fact;
import dev.naru.simulator.kit.window.Windows.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The payment windows' pages: the window itself, the way back to the shop, and what went wrong. */
public final class WindowPage {

  /** Approved by every simulator. */
  private static final String HARMLESS = "5310000000000000";

  private WindowPage() {}

  /** Asks the buyer; with what they typed, when that was wrong. */
  public static Answer ask(Texts texts, Host host, Entry.Window window, Map<String, String> typed) {
    boolean key = window.order().amount() == 0;
    String amount = host.flow().amount(texts, window.order());
    Sheet sheet = new Sheet(texts, key ? "kind-key" : "kind-payment", host.ledger().pg());
    String pay = key ? texts.get("registering") : texts.get("paying").replace("{}", amount);
    Html form =
        Html.of(
            """
            <form method="post" id="window" autocomplete="off" action="?lang={}">
            <div class="inputs">{}{}</div>
            {}
            {}
            </form>
            """,
            texts.lang(),
            methods(texts, window, typed),
            inputs(texts, window, typed),
            sheet.tester(
                Outcomes.payment(host.flow().isToldAfterwards()),
                typed.getOrDefault("outcome", "")),
            sheet.buttons("pay", pay));
    return sheet.show(200, order(texts, window.order(), amount), form);
  }

  private static Html order(Texts texts, Order order, String amount) {
    Html facts =
        Sheet.facts(
            List.of(
                new Fact(texts.get("order"), order.name()),
                new Fact(texts.get("order-id"), order.id()),
                new Fact(texts.get("shop"), order.merchant())));
    return Html.of(
        "<section class=\"order\"><p class=\"amount\">{}</p>{}</section>",
        order.amount() == 0 ? texts.get("no-amount") : amount,
        facts);
  }

  private static Html methods(Texts texts, Entry.Window window, Map<String, String> typed) {
    List<Choice> methods =
        window.accepts().stream()
            .map(m -> Choice.of(m.name().toLowerCase(Locale.ROOT), label(texts, window, m)))
            .toList();
    return Choice.radios(texts, "method", methods, typed.getOrDefault("method", ""));
  }

  /** What the PG calls a method of its own, else what everybody does. */
  private static String label(Texts texts, Entry.Window window, Method method) {
    String own = window.field(Windows.LABEL + method);
    return texts.get(own.isEmpty() ? method.name() : own);
  }

  private static List<Html> inputs(Texts texts, Entry.Window window, Map<String, String> typed) {
    List<Html> inputs = new ArrayList<>();
    if (window.accepts().contains(Method.CARD)) {
      String number = typed.getOrDefault("card_number", HARMLESS);
      inputs.add(
          field(
              "for-card",
              Line.digits("card_number", texts.get("number"), number, 23)
                  .hint(texts.get("hint"))
                  .wrong(typed.isEmpty() ? "" : texts.get("wrong"))
                  .html()));
      if (window.order().amount() >= 50_000 && window.order().more("currency").isEmpty()) {
        inputs.add(field("for-card", pick(texts, "months", months(texts), typed)));
      }
    }
    if (window.accepts().contains(Method.VBANK)) {
      inputs.add(field("for-vbank", pick(texts, "bank", banks(), typed)));
    }
    if (!window.field(Windows.POINTS).isEmpty()) {
      String points = typed.getOrDefault(Windows.POINTS, "0");
      inputs.add(
          field("", Line.digits(Windows.POINTS, texts.get(Windows.POINTS), points, 12).html()));
    }
    return inputs;
  }

  private static Html field(String when, Html input) {
    return Html.of("<div class=\"field {}\">{}</div>", when, input);
  }

  private static Html pick(
      Texts texts, String name, List<Choice> choices, Map<String, String> typed) {
    return Choice.pick(
        texts, name, List.of(new Choice.Group("", choices)), typed.getOrDefault(name, ""));
  }

  private static List<Choice> months(Texts texts) {
    return Stream.concat(
            Stream.of(Choice.of("0", texts.get("once"))),
            IntStream.rangeClosed(2, 12)
                .mapToObj(n -> Choice.of(Integer.toString(n), n + texts.get("month"))))
        .toList();
  }

  private static List<Choice> banks() {
    return Cards.BANKS.stream()
        .filter(bank -> !bank.code().equals("06"))
        .map(bank -> new Choice(bank.code(), bank.name(), bank.english()))
        .toList();
  }

  /** Sends the browser on: a redirect, or a form that a small script submits. */
  public static Answer leave(Texts texts, Entry.Next next) {
    if (next.fields().isEmpty()) {
      return Answer.Reply.redirect(next.url());
    }
    List<Html> fields =
        next.fields().entrySet().stream()
            .map(
                f ->
                    Html.of(
                        "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                        f.getKey(),
                        f.getValue()))
            .toList();
    Html form =
        Html.of(
            """
            <form id="next" method="post" action="{}" accept-charset="{}" data-relay="{}">{}
            <div class="buttons"><button id="continue" class="primary">{}</button></div></form>
            <script src="/_sim/assets/next.js"></script>
            """,
            next.url(),
            next.charset(),
            next.relayTo(),
            fields,
            texts.get("continue"));
    return new Sheet(texts, "leaving", "").show(200, form);
  }

  /** The window does not open: what the shop sent is not what the PG takes. */
  public static Answer problem(Texts texts, String code, String text) {
    return new Sheet(texts, "problem", "")
        .show(
            400,
            Html.of(
                "<p role=\"alert\" class=\"error\" lang=\"ko\"><code>{}</code> {}</p><p"
                    + " class=\"hint\">{}</p>",
                code,
                text,
                texts.get("problem-hint")));
  }

  /** The address leads to no window. */
  public static Answer unknown(Texts texts) {
    return new Sheet(texts, "unknown", "")
        .show(404, Html.of("<p>{}</p>", texts.get("unknown-hint")));
  }
}
