package dev.naru.simulator.emulated;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.WindowPage;
import dev.naru.simulator.kit.window.Windows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The {@code payment} operations of one emulated PG, and its window. */
final class EmulatedPayments implements Windows.Flow {

  static final Refusals CODES = Refusals.of("emulated/codes.csv");

  private static final Duration APPROVE_WITHIN = Duration.ofMinutes(10);

  private static final Map<String, List<Method>> METHODS =
      Map.of(
          "any", List.of(Method.CARD, Method.TRANSFER),
          "transfer", List.of(Method.TRANSFER),
          "phone", List.of(Method.PHONE));

  /** The bank every transfer comes from. */
  private static final String BANK = "088";

  private final Till till;
  private final Ledger ledger;
  private final Voice<Charge> voice;
  private final boolean products;

  /**
   * @param products whether what is bought becomes product orders
   */
  EmulatedPayments(Till till, Windows windows, boolean products) {
    this.till = till;
    this.ledger = till.ledger();
    this.voice = new Voice<>(CODES::of, EmulatedPayments::refused, this::done);
    this.products = products;
    windows.add(ledger, this);
  }

  Till till() {
    return till;
  }

  @Override
  public boolean isToldAfterwards() {
    return true;
  }

  /** Whether what is bought becomes product orders. */
  boolean keepsProducts() {
    return products;
  }

  Answer handle(EmulatedDesk.Asked asked) {
    return ledger.locked(
        asked.id(),
        () ->
            switch (asked.operation()) {
              case "payment.open" -> open(asked);
              case "payment.approve" -> approve(asked);
              case "payment.cancel" -> cancel(asked);
              case "payment.find" ->
                  charge(asked).<Answer>map(this::done).orElseGet(EmulatedPayments::unknown);
              default -> Emulation.badRequest();
            });
  }

  /** The browser comes to a window that was opened for it. */
  Answer enter(Call call, String id) {
    String lang = call.params().getOrDefault("lang", "ko");
    return ledger.window(id) == null
        ? WindowPage.unknown(Texts.of(call))
        : Windows.enter(ledger, id, lang.equals("en") ? "en" : "ko");
  }

  private Answer open(EmulatedDesk.Asked asked) {
    long amount = asked.fields().path("amount").asLong(-1);
    long taxFree = asked.fields().path("tax_free").asLong(0);
    List<Method> accepts = METHODS.get(asked.text("method"));
    String name = asked.text("name");
    JsonNode goods = asked.fields().path("products");
    if (name.isBlank()
        || name.length() > 100
        || amount <= 0
        || taxFree < 0
        || taxFree > amount
        || accepts == null
        || (products && !ProductBook.fits(goods, amount))
        || !Windows.address(asked.text("return_url"))) {
      return Emulation.badRequest();
    }
    String account = asked.caller().account();
    byte[] password = asked.caller().password().getBytes(StandardCharsets.UTF_8);
    String key = Digests.hmac(password, asked.id());
    String id = Digests.sha256(String.join("\n", ledger.pg(), account, asked.id(), key));
    Entry.Window known = ledger.window(id);
    Map<String, String> fields = new HashMap<>();
    fields.put("return_url", asked.text("return_url"));
    fields.put("tax_free", Long.toString(taxFree));
    fields.put("account", account);
    fields.put("key", key);
    fields.put("tid", known == null ? tid() : known.field("tid"));
    if (products) {
      fields.put("products", goods.toString());
    }
    Order order = new Order(account, asked.id(), amount, name, Map.of());
    Entry.Window window = new Entry.Window(id, "payment", order, fields, accepts);
    if (known == null) {
      ledger.save(window);
    } else if (!known.equals(window)) {
      return Emulation.declined("duplicate_order", "이미 사용한 주문번호입니다.");
    }
    if (products) {
      new ProductBook(till).make(order, window.field("tid"), goods);
    }
    return Emulation.ok(window.field("tid"), Map.of("window", path(asked, id)));
  }

  private String path(EmulatedDesk.Asked asked, String id) {
    String language = asked.text("language").equals("en") ? "en" : "ko";
    return "/emulation/v1/" + ledger.pg() + "/windows/" + id + "?lang=" + language;
  }

  private String tid() {
    return Seoul.compact(till.now()) + Numbers.serial(10);
  }

  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    if (means.effect().invalidCard()) {
      Refusal refusal = CODES.of(means.effect());
      return back(window, Map.of("code", refusal.code(), "message", refusal.text()));
    }
    Order asked = window.order();
    Map<String, String> more = new HashMap<>();
    more.put("token", Numbers.token(32));
    more.put("tax_free", window.field("tax_free"));
    more.put("apply_num", Numbers.digits(8));
    Order order = asked.with(more);
    ledger.save(Charge.begun(window.field("tid"), order, means, till.now()));
    return back(
        window, Map.of("token", order.more("token"), "amount", Long.toString(asked.amount())));
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return back(window, Map.of("code", "abandoned", "message", "사용자가 결제를 취소했습니다."));
  }

  /** Back to the shop by a GET, signed with the key of this one payment. */
  private static Entry.Next back(Entry.Window window, Map<String, String> outcome) {
    Map<String, String> signed = new LinkedHashMap<>();
    signed.put("id", window.order().id());
    signed.put("result", outcome.containsKey("token") ? "ok" : "declined");
    for (String name : List.of("token", "amount", "code", "message")) {
      signed.put(name, outcome.getOrDefault(name, ""));
    }
    byte[] key = HexFormat.of().parseHex(window.field("key"));
    String signature = Digests.hmac(key, String.join("\n", signed.values()));
    signed.put("signature", signature);
    return Entry.Next.get(window.field("return_url"), signed);
  }

  private Answer approve(EmulatedDesk.Asked asked) {
    Charge charge = charge(asked).orElse(null);
    if (charge == null) {
      return unknown();
    }
    boolean same =
        charge.order().more("token").equals(asked.text("token"))
            && charge.order().amount() == asked.fields().path("amount").asLong(-1);
    if (!same) {
      return Emulation.declined("amount_mismatch", "결제창에서 인증한 내용과 다릅니다.");
    }
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED -> {
        if (expired(charge)) {
          ledger.save(charge.as(Status.BLOCKED, null));
          yield Emulation.declined("expired", "결제 시간이 지났습니다.");
        }
        yield till.approve(charge, voice);
      }
      case PENDING -> Emulation.running();
      case DECLINED -> {
        Refusal why = charge.course().refusal();
        yield refused(why == null ? CODES.of(Effect.REFUSED) : why);
      }
      case BLOCKED -> Emulation.declined("expired", "결제 시간이 지났습니다.");
      case WAITING, PAID, PARTLY_CANCELLED, CANCELLED, KEY_ISSUED -> done(charge);
    };
  }

  private boolean expired(Charge charge) {
    return charge.course().opened().plus(APPROVE_WITHIN).isBefore(till.now());
  }

  /** Gives money back, for an operation whose answer is the payment. */
  Answer cancel(EmulatedDesk.Asked asked) {
    Charge charge = charge(asked).orElse(null);
    String id = asked.text("cancel");
    if (charge == null) {
      return unknown();
    }
    if (charge.cancels().stream().anyMatch(c -> c.replay().equals(id))) {
      return done(charge);
    }
    if (charge.cancelIs(Stage.PENDING)) {
      return Emulation.running();
    }
    long amount = asked.fields().path("amount").asLong(charge.balance());
    Optional<Refusal> wrong = wrong(asked, charge, amount);
    if (wrong.isPresent()) {
      return refused(wrong.get());
    }
    Map<String, String> told =
        Map.of("requester", asked.text("requester"), "tax_free", asked.text("tax_free"));
    ledger.save(
        new Entry.Told(
            charge.order().merchant(),
            charge.order().id(),
            charge.tid(),
            asked.operation(),
            id,
            told,
            false,
            till.now()));
    return till.cancel(charge, amount, asked.text("reason"), id, voice);
  }

  private static Optional<Refusal> wrong(EmulatedDesk.Asked asked, Charge charge, long amount) {
    if (charge.status() == Status.CANCELLED) {
      return no("already_cancelled", "이미 취소된 결제입니다.");
    }
    if (!charge.charged()) {
      return no("not_cancelable", "취소할 수 없는 결제입니다.");
    }
    boolean complete =
        !asked.text("cancel").isEmpty()
            && asked.text("cancel").length() <= 80
            && !asked.text("reason").isBlank()
            && asked.text("requester").matches("customer|admin")
            && amount > 0;
    if (!complete) {
      return no("bad_request", "취소 요청 값이 올바르지 않습니다.");
    }
    if (amount > charge.balance()) {
      return no("over_cancel", "취소할 수 있는 금액을 넘었습니다.");
    }
    long left = charge.balance() - amount;
    return asked.fields().path("left").asLong(left) == left
        ? Optional.empty()
        : no("not_cancelable", "취소 후 잔액이 서로 다릅니다.");
  }

  private static Optional<Refusal> no(String code, String text) {
    return Optional.of(new Refusal(200, code, text));
  }

  private Optional<Charge> charge(EmulatedDesk.Asked asked) {
    return ledger.latest(asked.caller().account(), asked.id(), charge -> true);
  }

  static Answer unknown() {
    return Emulation.declined("unknown_transaction", "존재하지 않는 거래입니다.");
  }

  private static Answer.Reply refused(Refusal refusal) {
    return Emulation.declined(refusal.code(), refusal.text());
  }

  private Answer.Reply done(Charge charge) {
    return Emulation.ok(charge.tid(), fields(charge));
  }

  private Map<String, Object> fields(Charge charge) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", status(charge));
    fields.put("amount", charge.order().amount());
    fields.put("balance", charge.balance());
    if (charge.course().at() != null && charge.charged()) {
      fields.put("at", charge.course().at().toString());
    }
    fields.putAll(means(charge));
    fields.put("apply_num", charge.order().more("apply_num"));
    fields.put("cancels", charge.cancels().stream().map(EmulatedPayments::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Cancel cancel) {
    return Map.of(
        "cancel", cancel.replay(),
        "tid", cancel.id(),
        "amount", cancel.amount(),
        "at", cancel.at().toString());
  }

  private static Map<String, Object> means(Charge charge) {
    Map<String, Object> means = new LinkedHashMap<>();
    Cards.Face card = charge.means().card();
    switch (charge.means().method()) {
      case TRANSFER -> {
        means.put("method", "trans");
        means.put("bank", BANK);
      }
      case PHONE -> means.put("method", "phone");
      case CARD, VBANK -> {
        means.put("method", "card");
        if (card != null) {
          means.put("quota", card.months());
          means.put(
              "card",
              Map.of(
                  "company", Cards.issuer(card.issuer()).institution(), "number", card.masked()));
        }
      }
    }
    return means;
  }

  private String status(Charge charge) {
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED -> expired(charge) ? "dead" : "authenticated";
      case PENDING -> "authenticated";
      case WAITING, PAID, KEY_ISSUED -> "paid";
      case PARTLY_CANCELLED, CANCELLED -> "cancelled";
      case DECLINED, BLOCKED -> "dead";
    };
  }
}
