package dev.naru.simulator.paypal;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.Windows;
import dev.naru.simulator.paypal.PaypalDoor.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PayPal in the browser: the buyer approves an order, or that the shop keeps a way to charge them.
 */
final class PaypalWindow implements Windows.Flow {

  static final String PAYMENT = "payment";
  static final String KEY = "key";

  private static final Duration ORDER_LIFE = Duration.ofHours(3);
  private static final Duration SETUP_LIFE = Duration.ofDays(3);

  private final Till till;
  private final Ledger ledger;

  PaypalWindow(Till till, Windows windows) {
    this.till = till;
    this.ledger = till.ledger();
    windows.add(ledger, this);
  }

  /**
   * Makes an order or a setup token that waits for the buyer.
   *
   * @param more what the flow keeps beside the addresses
   */
  Entry.Window open(String flow, Order order, Map<String, String> more) {
    Map<String, String> fields = new HashMap<>(more);
    fields.put("opened", PaypalAnswers.time(till.now()));
    fields.put(Windows.LABEL + Method.CARD, "paypal-card");
    fields.put(Windows.LABEL + Method.TRANSFER, "paypal-balance");
    Entry.Window window =
        new Entry.Window(
            PaypalAnswers.id(17), flow, order, fields, List.of(Method.CARD, Method.TRANSFER));
    ledger.save(window);
    return window;
  }

  /** The caller's own, as long as it lives. */
  Entry.@Nullable Window find(Caller caller, String flow, String id) {
    Entry.Window window = ledger.window(id);
    boolean found =
        window != null
            && window.flow().equals(flow)
            && window.order().more("client").equals(caller.client());
    return found ? window : null;
  }

  boolean isOver(Entry.Window window) {
    Duration life = window.flow().equals(KEY) ? SETUP_LIFE : ORDER_LIFE;
    return Instant.parse(window.field("opened")).plus(life).isBefore(till.now());
  }

  /** The browser comes to the window; when there is nothing to approve any more it is sent on. */
  Answer enter(Call call) {
    boolean setup = call.is("GET", "/agreements/approve");
    if (!setup && !call.is("GET", "/checkoutnow")) {
      throw PaypalProblem.of(404, "NOT_FOUND");
    }
    String id = call.params().getOrDefault(setup ? "approval_session_id" : "token", "");
    Entry.Window window = ledger.window(id);
    boolean leads = window != null && !window.field("return_url").isEmpty();
    if (window == null || !leads || window.flow().equals(KEY) != setup) {
      return Answer.Reply.text(404, "text/plain;charset=UTF-8", "no such window\n");
    }
    Charge charge = ledger.charge(id);
    boolean decided = charge != null && !charge.isApprovable();
    if (decided || isOver(window)) {
      return Answer.Reply.redirect(close(window).url());
    }
    return Windows.enter(ledger, id, language(call, window.field("locale")));
  }

  /** What the address asks for, else what the shop asked for, else what the browser likes. */
  private static String language(Call call, String locale) {
    String lang = call.params().getOrDefault("lang", locale);
    return lang.isEmpty() ? "" : lang.startsWith("ko") ? "ko" : "en";
  }

  /** The buyer agrees. A card that is no good is found out when it is charged, or kept. */
  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    if (isOver(window)) {
      return close(window);
    }
    String url = window.field("return_url");
    if (window.flow().equals(KEY)) {
      ledger.save(
          new Entry.Key(
              window.id(),
              window.order().more("client"),
              window.field("customer"),
              means,
              Entry.KeyStage.GRANTED));
      return Entry.Next.get(url, said(window));
    }
    String payer = PaypalAnswers.id(13);
    ledger.save(
        Charge.begun(
            window.id(),
            PaypalAnswers.id(17),
            window.order().with(Map.of("payer", payer)),
            means,
            Instant.parse(window.field("opened"))));
    Map<String, String> said = said(window);
    said.put("PayerID", payer);
    return Entry.Next.get(url, said);
  }

  @Override
  public String amount(Texts texts, Order order) {
    String currency = order.more("currency");
    return texts.money(order.amount(), PaypalMoney.decimals(currency), currency);
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return Entry.Next.get(window.field("cancel_url"), said(window));
  }

  /** By what the shop knows the window again. */
  private static Map<String, String> said(Entry.Window window) {
    Map<String, String> said = new LinkedHashMap<>();
    if (window.flow().equals(KEY)) {
      said.put("approval_token_id", window.id());
      said.put("approval_session_id", window.id());
    } else {
      said.put("token", window.id());
    }
    return said;
  }
}
