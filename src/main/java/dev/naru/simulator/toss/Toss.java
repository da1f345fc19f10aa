package dev.naru.simulator.toss;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.web.Refused;
import dev.naru.simulator.kit.window.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Toss Payments, core API v1: what a shop's server calls. */
public final class Toss implements Fake {

  private static final Refusals CODES = Refusals.withStatus("toss/codes.csv");
  private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9_=-]{6,64}");

  /** Whom the secret key belongs to, and which idempotent request this is. */
  private record Caller(String mid, String replay, String origin) {}

  private final Till till;
  private final Ledger ledger;
  private final TossNotices notices;
  private final TossWindow window;
  private final TossDoor door;
  private final TossReceipts receipts;
  private final Voice<Charge> voice;

  /** Opens its book. */
  public Toss(House house) {
    Texts.add("toss/texts.csv");
    this.till = house.till("tosspayments");
    this.ledger = till.ledger();
    this.notices = new TossNotices(till, house.notices());
    this.door = new TossDoor(till);
    this.receipts = new TossReceipts(till);
    this.window = new TossWindow(till, house.windows());
    this.voice = new Voice<>(CODES::of, TossDoor::error, this::done);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/tosspayments", this::handle));
  }

  @Override
  public List<Till> tills() {
    return List.of(till);
  }

  private Answer handle(Call call) {
    try {
      return call.path().startsWith("/v1/") ? api(call) : window.handle(call);
    } catch (Refused e) {
      return e.answer();
    }
  }

  private Answer api(Call call) {
    String secret = TossDoor.secret(call);
    if (secret == null) {
      throw TossDoor.refuse(401, "UNAUTHORIZED_KEY", "인증되지 않은 시크릿 키입니다.");
    }
    Caller caller = new Caller(TossDoor.mid(secret), "", call.origin());
    List<String> path = List.of(call.path().substring("/v1/".length()).split("/", -1));
    if (call.method().equals("POST")) {
      return door.once(
          call,
          secret,
          scope -> post(new Caller(caller.mid(), scope, caller.origin()), path, call.json()));
    }
    if (call.method().equals("GET") && path.getFirst().equals("payments")) {
      return path.size() == 3 && path.get(1).equals("orders")
          ? found(order(caller.mid(), path.get(2)))
          : found(payment(caller.mid(), path.getLast()));
    }
    if (call.method().equals("GET") && path.equals(List.of("cash-receipts"))) {
      return receipts.list(caller.mid(), call.params().getOrDefault("requestDate", ""));
    }
    if (call.method().equals("DELETE") && path.size() == 2 && path.getFirst().equals("billing")) {
      return deleteKey(caller, path.get(1));
    }
    throw TossDoor.refuse(404, "NOT_FOUND", "존재하지 않는 API입니다.");
  }

  private Answer post(Caller caller, List<String> path, JsonNode body) {
    String operation = String.join("/", path);
    return switch (operation) {
      case "payments/confirm" -> confirm(caller, body);
      case "payments/key-in" -> keyIn(caller, body);
      case "virtual-accounts" -> virtualAccount(caller, body);
      case "billing/authorizations/issue" -> issueByWindow(caller, body);
      case "billing/authorizations/card" -> issueByCard(caller, body);
      case "cash-receipts" -> receipts.issue(caller.mid(), body);
      default -> {
        if (path.size() == 3 && operation.matches("cash-receipts/.*/cancel")) {
          yield receipts.cancel(caller.mid(), path.get(1));
        }
        if (path.size() == 3
            && path.getFirst().equals("payments")
            && path.get(2).equals("cancel")) {
          yield cancel(caller, path.get(1), body);
        }
        if (path.size() != 2 || !path.getFirst().equals("billing")) {
          throw TossDoor.refuse(404, "NOT_FOUND", "존재하지 않는 API입니다.");
        }
        yield chargeKey(caller, path.get(1), body);
      }
    };
  }

  private Answer confirm(Caller caller, JsonNode body) {
    String orderId = text(body, "orderId");
    return ledger.locked(
        orderId,
        () -> {
          Charge charge = existing(caller, text(body, "paymentKey"));
          if (!charge.order().id().equals(orderId)
              || charge.order().amount() != body.path("amount").asLong(-1)) {
            throw TossDoor.refuse(400, "INVALID_REQUEST", "주문번호나 금액이 결제창과 다릅니다.");
          }
          return confirm(caller, charge);
        });
  }

  private Answer confirm(Caller caller, Charge charge) {
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED -> {
        if (TossPayment.expired(charge, till.now())) {
          ledger.save(charge.as(Status.BLOCKED, null));
          throw TossDoor.refuse(404, "NOT_FOUND_PAYMENT_SESSION", "결제 시간이 지나 정보가 없습니다.");
        }
        if (till.isTaken(caller.mid(), charge.order().id())) {
          throw duplicate();
        }
        Order order = charge.order().of(caller.mid()).with(Map.of("replay", caller.replay()));
        Answer answer = till.approve(charge.with(order).with(banked(charge, order)), voice);
        notices.paymentChanged(ledger.charge(charge.id()));
        yield answer;
      }
      case DECLINED, BLOCKED ->
          throw TossDoor.refuse(404, "NOT_FOUND_PAYMENT_SESSION", "결제 시간이 지나 정보가 없습니다.");
      case PENDING, WAITING, PAID, PARTLY_CANCELLED, CANCELLED, KEY_ISSUED ->
          throw TossDoor.refuse(400, "ALREADY_PROCESSED_PAYMENT", "이미 처리된 결제입니다.");
    };
  }

  /** The account is opened when the payment is confirmed. */
  private Means banked(Charge charge, Order order) {
    if (charge.means().method() != Method.VBANK) {
      return charge.means();
    }
    Instant week = till.now().plus(Duration.ofDays(7));
    Instant due = Seoul.local(order.more("dueDate"), hours(order.more("validHours"), week));
    return charge
        .means()
        .withAccount(
            new Account(
                order.more("bank"), Numbers.digits(14), order.more("customerName"), due, ""));
  }

  private Instant hours(String hours, Instant fallback) {
    return hours.matches("\\d{1,3}")
        ? till.now().plus(Duration.ofHours(Long.parseLong(hours)))
        : fallback;
  }

  private Answer keyIn(Caller caller, JsonNode body) {
    checkOrder(body, 100);
    checkCard(body);
    int months = body.path("cardInstallmentPlan").asInt(0);
    return charge(caller, body, "NORMAL", Means.card(text(body, "cardNumber"), months));
  }

  private Answer chargeKey(Caller caller, String id, JsonNode body) {
    Entry.Key key = key(caller, id);
    if (!key.customer().equals(text(body, "customerKey"))) {
      throw TossDoor.refuse(400, "NOT_MATCHES_CUSTOMER_KEY", "빌링키의 고객 키와 다릅니다.");
    }
    checkOrder(body, 100);
    int months = body.path("cardInstallmentPlan").asInt(0);
    return charge(caller, body, "BILLING", key.means().paidBy(id, months));
  }

  private Answer virtualAccount(Caller caller, JsonNode body) {
    checkOrder(body, 200);
    Cards.Bank bank = Cards.bank(text(body, "bank")).orElse(null);
    if (bank == null || text(body, "customerName").isEmpty()) {
      throw TossDoor.refuse(400, "INVALID_BANK", "은행 또는 고객 이름이 올바르지 않습니다.");
    }
    Instant week = till.now().plus(Duration.ofDays(7));
    Instant due = Seoul.local(text(body, "dueDate"), hours(text(body, "validHours"), week));
    Account account =
        new Account(bank.code(), number(caller, bank, body), text(body, "customerName"), due, "");
    return charge(
        caller, body, "NORMAL", new Means(Method.VBANK, Effect.APPROVE, null, account, null));
  }

  /** A key makes a fixed account: the same number each time. */
  private static String number(Caller caller, Cards.Bank bank, JsonNode body) {
    String key = text(body, "accountKey");
    return key.isEmpty()
        ? Numbers.digits(14)
        : TossDoor.fixedAccount(caller.mid() + bank.code() + key);
  }

  /** Charges without a window. */
  private Answer charge(Caller caller, JsonNode body, String type, Means means) {
    Map<String, String> more = TossWindow.more(caller.origin(), type);
    more.put("replay", caller.replay());
    more.put("taxFreeAmount", text(body, "taxFreeAmount"));
    Order order =
        new Order(
            caller.mid(),
            text(body, "orderId"),
            body.path("amount").asLong(0),
            text(body, "orderName"),
            more);
    return ledger.locked(
        order.id(),
        () -> {
          if (till.isTaken(caller.mid(), order.id())) {
            throw duplicate();
          }
          Instant now = till.now();
          String key = TossWindow.paymentKey(now);
          Answer answer = till.charge(Charge.begun(key, order, means, now), voice);
          notices.paymentChanged(ledger.charge(key));
          return answer;
        });
  }

  private Answer cancel(Caller caller, String paymentKey, JsonNode body) {
    Charge known = existing(caller, paymentKey);
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = payment(caller.mid(), paymentKey).orElse(known);
          long amount = body.path("cancelAmount").asLong(charge.balance());
          TossCancels.check(charge, amount, body);
          Answer answer =
              till.cancel(charge, amount, text(body, "cancelReason"), caller.replay(), voice);
          notices.paymentChanged(ledger.charge(charge.id()));
          return answer;
        });
  }

  private Answer issueByWindow(Caller caller, JsonNode body) {
    String grant = text(body, "authKey");
    return ledger.locked(
        grant,
        () -> {
          Entry.Key granted = ledger.key(grant);
          if (granted == null || granted.stage() != Entry.KeyStage.GRANTED) {
            throw TossDoor.refuse(400, "INVALID_AUTHORIZE_AUTH", "유효하지 않은 인증입니다.");
          }
          if (!granted.customer().equals(text(body, "customerKey"))) {
            throw TossDoor.refuse(400, "NOT_MATCHES_CUSTOMER_KEY", "인증한 고객 키와 다릅니다.");
          }
          return issue(caller, granted);
        });
  }

  private Answer issue(Caller caller, Entry.Key granted) {
    Entry.Key key =
        new Entry.Key(
            Numbers.token(43) + "=",
            caller.mid(),
            granted.customer(),
            granted.means(),
            Entry.KeyStage.ACTIVE);
    ledger.save(granted.as(Entry.KeyStage.DELETED), key);
    return Answer.Reply.json(200, TossPayment.billing(key, till.now()));
  }

  private Answer issueByCard(Caller caller, JsonNode body) {
    if (text(body, "customerKey").isEmpty()) {
      throw TossDoor.refuse(400, "INVALID_REQUEST", "customerKey가 없습니다.");
    }
    checkCard(body);
    Means means = Means.card(text(body, "cardNumber"), 0);
    if (means.effect().invalidCard()) {
      throw refused(means.effect());
    }
    Entry.Key granted =
        new Entry.Key(
            Numbers.token(20),
            caller.mid(),
            text(body, "customerKey"),
            means,
            Entry.KeyStage.GRANTED);
    return issue(caller, granted);
  }

  private Answer deleteKey(Caller caller, String id) {
    Entry.Key key = key(caller, id);
    ledger.save(key.as(Entry.KeyStage.DELETED));
    return Answer.Reply.jsonText(200, "{}");
  }

  private Entry.Key key(Caller caller, String id) {
    return ledger
        .usable(id, caller.mid())
        .orElseThrow(() -> TossDoor.refuse(400, "INVALID_BILL_KEY_REQUEST", "빌링키가 올바르지 않습니다."));
  }

  private Charge existing(Caller caller, String paymentKey) {
    return payment(caller.mid(), paymentKey).orElseThrow(Toss::unknown);
  }

  private static Refused unknown() {
    return TossDoor.refuse(404, "NOT_FOUND_PAYMENT", "존재하지 않는 결제입니다.");
  }

  private Optional<Charge> payment(String mid, String paymentKey) {
    return Optional.ofNullable(ledger.byTid(paymentKey))
        .filter(c -> c.order().merchant().isEmpty() || c.order().merchant().equals(mid))
        .filter(Toss::exists);
  }

  private Optional<Charge> order(String mid, String orderId) {
    return ledger
        .latest(mid, orderId, Charge::charged)
        .or(() -> ledger.latest(mid, orderId, Toss::exists));
  }

  /** A charge without a window does not exist before it is approved. */
  private static boolean exists(Charge charge) {
    boolean undecided = charge.status() == Status.SILENCED || charge.status() == Status.PENDING;
    return !undecided || charge.order().more("window").equals("Y");
  }

  private Answer found(Optional<Charge> charge) {
    return done(charge.orElseThrow(Toss::unknown));
  }

  private static void checkOrder(JsonNode body, long least) {
    if (!ORDER_ID.matcher(text(body, "orderId")).matches()) {
      throw TossDoor.refuse(400, "INVALID_ORDER_ID", "주문번호는 6자 이상 64자 이하의 영문, 숫자여야 합니다.");
    }
    if (text(body, "orderName").isEmpty() || text(body, "orderName").length() > 100) {
      throw TossDoor.refuse(400, "INVALID_REQUEST", "주문명은 1자 이상 100자 이하여야 합니다.");
    }
    if (body.path("amount").asLong(-1) < least) {
      throw TossDoor.refuse(400, "BELOW_MINIMUM_AMOUNT", "결제 금액이 최소 금액보다 작습니다.");
    }
  }

  private void checkCard(JsonNode body) {
    String year = text(body, "cardExpirationYear");
    if (!Cards.wellFormed(Cards.digits(text(body, "cardNumber")))) {
      throw refused(Effect.NUMBER);
    }
    if (Cards.expired(year, text(body, "cardExpirationMonth"), till.now())) {
      throw refused(Effect.EXPIRED);
    }
    if (!text(body, "customerIdentityNumber").matches("\\d{6}|\\d{10}")) {
      throw refused(Effect.IDENTITY);
    }
    if (!text(body, "cardPassword").matches("(\\d{2})?")) {
      throw refused(Effect.PIN);
    }
  }

  private static Refused refused(Effect effect) {
    return new Refused(TossDoor.error(CODES.of(effect)));
  }

  private static Refused duplicate() {
    return TossDoor.refuse(400, "DUPLICATED_ORDER_ID", "이미 쓴 주문번호입니다.");
  }

  private Answer.Reply done(Charge charge) {
    return Answer.Reply.json(200, TossPayment.payment(charge, till.now()));
  }

  /** A late approval or cancel came through: the request it answers is finished now. */
  @Override
  public void landed(Charge charge, String replay) {
    if (!replay.isEmpty()) {
      door.finish(replay, done(charge));
    }
    notices.paymentChanged(charge);
  }

  @Override
  public boolean deposited(Charge charge) {
    return notices.deposit(charge);
  }
}
