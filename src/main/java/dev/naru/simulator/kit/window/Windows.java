package dev.naru.simulator.kit.window;

import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The payment windows of all simulators: one look, plain forms that also work without script. A
 * window lives in its PG's book, so that a buyer can finish after a restart.
 */
public final class Windows {

  /** What the PG makes of what the buyer did. */
  public interface Flow {

    /** The buyer pressed pay. The bank is only meant for virtual accounts. */
    Entry.Next finish(Entry.Window window, Means means, String bank);

    Entry.Next close(Entry.Window window);

    /** Whether the PG is told things after the sale, and may fail at that. */
    default boolean isToldAfterwards() {
      return false;
    }

    /** The amount as people write it. */
    default String amount(Texts texts, Order order) {
      return texts.won(order.amount());
    }
  }

  /** A window's field that says that the buyer may use points, and then how many. */
  public static final String POINTS = "points";

  /** Before a method's name, a window's field that says which text the method is called by. */
  public static final String LABEL = "label.";

  /** One PG whose windows these are. */
  public record Host(Ledger ledger, Flow flow) {}

  private final Map<String, Host> hosts = new HashMap<>();

  /** From now on a PG has windows. */
  public void add(Ledger ledger, Flow flow) {
    hosts.put(ledger.pg(), new Host(ledger, flow));
  }

  /** Only http(s): a window never leads to a script. */
  public static boolean address(String url) {
    return url.matches("(?i)https?://[^\\s\"'<>]+");
  }

  /** Opens one and sends the browser there. */
  public Answer open(Call call, Ledger ledger, Entry.Window window) {
    ledger.save(window);
    return enter(ledger, window.id(), call.params().getOrDefault("lang", ""));
  }

  /**
   * Sends a browser to a window that is open.
   *
   * @param lang what it is to be shown in, empty for what the browser likes
   */
  public static Answer enter(Ledger ledger, String window, String lang) {
    String at = "/_sim/windows/" + ledger.pg() + "/" + window;
    return Answer.Reply.redirect(lang.isEmpty() ? at : at + "?lang=" + lang);
  }

  /** It does not open: what the shop sent is not what the PG takes. */
  public Answer problem(Call call, String code, String text) {
    return WindowPage.problem(Texts.of(call), code, text);
  }

  /** Paths are {@code /{pg}/{window}}. */
  public Answer handle(Call call) {
    Texts texts = Texts.of(call);
    String[] path = call.path().split("/", -1);
    Host host = path.length == 3 ? hosts.get(path[1]) : null;
    Entry.Window window = host == null ? null : host.ledger().window(path[2]);
    if (host == null || window == null) {
      return WindowPage.unknown(texts);
    }
    Entry.Next end = host.ledger().end(window.id());
    if (end != null) {
      return WindowPage.leave(texts, end);
    }
    return call.method().equals("POST")
        ? host.ledger().locked(window.id(), () -> pressed(host, window, texts, call.form()))
        : WindowPage.ask(texts, host, window, Map.of());
  }

  private static Answer pressed(
      Host host, Entry.Window window, Texts texts, Map<String, String> form) {
    Entry.Next end = host.ledger().end(window.id());
    if (end != null) {
      return WindowPage.leave(texts, end);
    }
    if (form.getOrDefault("action", "").equals("close")) {
      return ended(host, window, texts, host.flow().close(window));
    }
    Method method = method(window, form.getOrDefault("method", ""));
    String number = Cards.digits(form.getOrDefault("card_number", ""));
    if (method == Method.CARD && !Cards.wellFormed(number)) {
      return WindowPage.ask(texts, host, window, form);
    }
    Means means = means(method, number, form);
    String bank = Cards.bank(form.getOrDefault("bank", "")).map(Cards.Bank::code).orElse("88");
    Entry.Window chosen =
        window.field(POINTS).isEmpty() ? window : window.with(POINTS, points(window, form));
    return ended(host, window, texts, host.flow().finish(chosen, means, bank));
  }

  /** How much of the amount the buyer pays by points. */
  private static String points(Entry.Window window, Map<String, String> form) {
    String typed = form.getOrDefault(POINTS, "");
    long points = typed.matches("\\d{1,12}") ? Long.parseLong(typed) : 0;
    return Long.toString(Math.min(points, window.order().amount()));
  }

  private static Answer ended(Host host, Entry.Window window, Texts texts, Entry.Next next) {
    host.ledger().save(new Entry.Ended(window.id(), next));
    return WindowPage.leave(texts, next);
  }

  private static Method method(Entry.Window window, String chosen) {
    return window.accepts().stream()
        .filter(m -> m.name().equals(chosen.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElse(window.accepts().getFirst());
  }

  /** An outcome picked from the list outweighs the card number. */
  private static Means means(Method method, String number, Map<String, String> form) {
    Effect picked = Outcomes.picked(form);
    if (method != Method.CARD) {
      return new Means(method, picked == null ? Effect.APPROVE : picked, null, null, null);
    }
    String months = form.getOrDefault("months", "0");
    Means card = Means.card(number, months.matches("\\d{1,2}") ? Integer.parseInt(months) : 0);
    return picked == null ? card : new Means(method, picked, card.card(), null, null);
  }
}
