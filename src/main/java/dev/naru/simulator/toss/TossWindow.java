package dev.naru.simulator.toss;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Html;
import dev.naru.simulator.kit.window.Sheet;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.Windows;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Toss Payments in the browser: the script, and the windows it leads to. */
final class TossWindow implements Windows.Flow {

  private static final Refusals CODES = Refusals.withStatus("toss/codes.csv");
  private static final String SCRIPT = Cards.text("toss/toss.js");
  private static final String BILLING = "billing";

  private final Till till;
  private final Windows windows;

  TossWindow(Till till, Windows windows) {
    this.till = till;
    this.windows = windows;
    windows.add(till.ledger(), this);
  }

  Answer handle(Call call) {
    return switch (call.path()) {
      case "/js/v2/standard" -> Answer.Reply.text(200, "text/javascript;charset=UTF-8", SCRIPT);
      case "/window/payment" -> open(call, "payment");
      case "/window/billing" -> open(call, BILLING);
      case "/receipt", "/checkout" ->
          new Sheet(Texts.of(call), "receipt", till.ledger().pg())
              .show(200, Html.of("<p>{}</p>", Texts.of(call).get("receipt-hint")));
      default -> Answer.Reply.notFound();
    };
  }

  private Answer open(Call call, String flow) {
    Map<String, String> fields =
        new HashMap<>(call.method().equals("POST") ? call.form() : call.params());
    String clientKey = fields.getOrDefault("clientKey", "");
    if (!clientKey.startsWith("test_ck_") && !clientKey.startsWith("test_gck_")) {
      return windows.problem(call, "INVALID_CLIENT_KEY", "잘못된 클라이언트 키입니다.");
    }
    long amount = Numbers.amount(fields.getOrDefault("amount", "0"));
    boolean billing = flow.equals(BILLING);
    if (!Windows.address(fields.getOrDefault("successUrl", ""))
        || !Windows.address(fields.getOrDefault("failUrl", ""))
        || (!billing && (amount <= 0 || fields.getOrDefault("orderId", "").length() < 6))) {
      return windows.problem(call, "INVALID_REQUEST", "결제 요청이 올바르지 않습니다.");
    }
    fields.put("origin", call.origin());
    Order order =
        new Order(
            "",
            fields.getOrDefault("orderId", ""),
            amount,
            fields.getOrDefault("orderName", ""),
            Map.of());
    return windows.open(
        call,
        till.ledger(),
        new Entry.Window(
            Numbers.token(24),
            flow,
            order,
            fields,
            billing ? List.of(Method.CARD) : methods(fields)));
  }

  private static List<Method> methods(Map<String, String> fields) {
    return switch (fields.getOrDefault("method", "")) {
      case "CARD" -> List.of(Method.CARD);
      case "TRANSFER" -> List.of(Method.TRANSFER);
      case "VIRTUAL_ACCOUNT" -> List.of(Method.VBANK);
      case "MOBILE_PHONE" -> List.of(Method.PHONE);
      default -> Arrays.asList(Method.values());
    };
  }

  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    if (means.effect().invalidCard()) {
      return refused(window, CODES.of(means.effect()));
    }
    return window.flow().equals(BILLING) ? granted(window, means) : paid(window, means, bank);
  }

  private Entry.Next granted(Entry.Window window, Means means) {
    String authKey = Numbers.token(40);
    String customer = window.field("customerKey");
    till.ledger().save(new Entry.Key(authKey, "", customer, means, Entry.KeyStage.GRANTED));
    return Entry.Next.get(
        window.field("successUrl"), Map.of("customerKey", customer, "authKey", authKey));
  }

  private Entry.Next paid(Entry.Window window, Means means, String bank) {
    Map<String, String> more = more(window.field("origin"), "NORMAL");
    more.put("window", "Y");
    more.put("bank", bank);
    more.put("phone", window.field("customerMobilePhone"));
    for (String name :
        List.of("customerName", "dueDate", "validHours", "taxFreeAmount", "useEscrow")) {
      more.put(name, window.field(name));
    }
    Order order = window.order().with(more);
    Instant now = till.now();
    String key = paymentKey(now);
    till.ledger().save(Charge.begun(key, order, means, now));
    Map<String, String> back = new LinkedHashMap<>();
    back.put("paymentType", "NORMAL");
    back.put("orderId", order.id());
    back.put("paymentKey", key);
    back.put("amount", Long.toString(order.amount()));
    return Entry.Next.get(window.field("successUrl"), back);
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    // The real one names no order here.
    return Entry.Next.get(
        window.field("failUrl"),
        Map.of("code", "PAY_PROCESS_CANCELED", "message", "사용자가 결제를 취소했습니다."));
  }

  private static Entry.Next refused(Entry.Window window, Charge.Refusal refusal) {
    Map<String, String> back = new LinkedHashMap<>();
    back.put("code", refusal.code());
    back.put("message", refusal.text());
    if (!window.order().id().isEmpty()) {
      back.put("orderId", window.order().id());
    }
    return Entry.Next.get(window.field("failUrl"), back);
  }

  static String paymentKey(Instant now) {
    return "tviva" + Seoul.compact(now) + Numbers.token(10);
  }

  /** What only Toss keeps about an order. */
  static Map<String, String> more(String origin, String type) {
    Map<String, String> more = new HashMap<>();
    more.put("origin", origin);
    more.put("type", type);
    more.put("secret", "ps_" + Numbers.token(28));
    more.put("transactionKey", Numbers.token(32));
    more.put("approveNo", Numbers.digits(8));
    return more;
  }
}
