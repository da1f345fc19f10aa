package dev.naru.simulator.tosspay;

import static dev.naru.simulator.kit.web.Call.text;
import static dev.naru.simulator.tosspay.TosspayAnswers.error;
import static dev.naru.simulator.tosspay.TosspayAnswers.facts;
import static dev.naru.simulator.tosspay.TosspayAnswers.say;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Entry.KeyStage;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Toss Pay: payments, their window, execute, refunds and status; billing keys, which are made
 * before their window and are of use once the buyer has agreed in it. Each test key is a merchant.
 */
public final class Tosspay implements Fake, Windows.Flow {

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final String DOCS_KEY = "sk_test_w5lNQylNqa5lNQe013Nq";
  private static final Refusals CODES = Refusals.of("tosspay/codes.csv");
  private static final List<Method> ALL_WAYS = List.of(Method.CARD, Method.TRANSFER);
  private static final Map<String, List<Method>> WAYS =
      Map.of("CARD", List.of(Method.CARD), "TOSS_MONEY", List.of(Method.TRANSFER));

  private final Voice<Charge> paying = voice(charge -> say("approval", facts(charge)));
  private final Voice<Charge> refunding =
      voice(charge -> say("refund", facts(charge, charge.cancels().getLast())));
  private final Till till;
  private final Ledger ledger;
  private final Notices notices;

  /** Opens its book. */
  public Tosspay(House house) {
    Texts.add("tosspay/texts.csv");
    till = house.till("tosspay_v2");
    ledger = till.ledger();
    notices = house.notices();
    house.windows().add(ledger, this);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/tosspay_v2", this::handle));
  }

  @Override
  public List<Till> tills() {
    return List.of(till);
  }

  private static Voice<Charge> voice(Function<Charge, Answer.Reply> done) {
    return new Voice<>(CODES::of, no -> error(200, no.code(), no.text()), done);
  }

  /** Of a payment in a window, when it is paid. */
  @Override
  public void landed(Charge charge, String replay) {
    if (charge.status() == Status.PAID && charge.means().key() == null) {
      tell(charge.order(), TosspayAnswers.write("paid", facts(charge)));
    }
  }

  private void tell(Order order, String text) {
    notices.send(Notices.Notice.json(order.more("callback"), Map.of(), text));
  }

  private Answer handle(Call call) {
    if (call.method().equals("GET")) {
      String token = call.params().getOrDefault("payToken", "");
      return ledger.window(token) == null
          ? Answer.Reply.notFound()
          : Windows.enter(ledger, token, call.params().getOrDefault("lang", ""));
    }
    JsonNode body = call.json();
    String key = text(body, "apiKey");
    if (!key.matches("sk_test_\\w{10,22}")) {
      return error(401, "COMMON_INVALID_API_KEY", "바르지 않은 API key 입니다.");
    }
    String wrong = TosspayAnswers.wrong(call.path(), body);
    if (!wrong.isEmpty()) {
      return error(200, "COMMON_INVALID_PARAMETER", "요청한 값이 바르지 않습니다. (" + wrong + ")");
    }
    String shop = key.equals(DOCS_KEY) ? "tosstest" : "tp" + Digests.sha256(key).substring(0, 8);
    return switch (call.path()) {
      case "/api/v2/payments" -> open(call, "payment", order(shop, body), body);
      case "/api/v2/execute" -> locked(shop, body, this::execute);
      case "/api/v2/refunds" -> locked(shop, body, token -> refund(token, body));
      case "/api/v2/status" -> status(shop, body);
      case "/api/v1/billing-key" -> open(call, "key", order(shop, body), body);
      case "/api/v1/billing-key/status" -> keyStatus(body);
      case "/api/v1/billing-key/bill" ->
          ofKey(shop, body, one -> bill(one, order(shop, body), body));
      case "/api/v1/billing-key/remove" -> ofKey(shop, body, this::remove);
      default -> Answer.Reply.notFound();
    };
  }

  private static Order order(String shop, JsonNode body) {
    String id = text(body, "orderNo") + text(body, "userId");
    Map<String, String> more =
        Map.of("callback", text(body, "resultCallback"), "approval", Numbers.digits(8));
    return new Order(shop, id, body.path("amount").asLong(0), text(body, "productDesc"), more);
  }

  private Answer open(Call call, String flow, Order order, JsonNode body) {
    if (ledger.has(order.merchant(), order.id(), one -> one.status() != Status.DECLINED)) {
      return error("PAYMENT_EXISTING_PAYMENT");
    }
    Map<String, String> fields = new HashMap<>();
    fields.put("back", text(body, "retUrl") + text(body, "returnSuccessUrl"));
    fields.put("cancel", text(body, "retCancelUrl") + text(body, "returnFailureUrl"));
    Instant until = Seoul.due(text(body, "expiredTime"), till.now().plus(LIFE));
    fields.put("until", until.toString());
    fields.put(Windows.LABEL + Method.TRANSFER, "toss-money");
    String token = Numbers.token(22);
    List<Method> ways = WAYS.getOrDefault(text(body, "enablePayMethods"), ALL_WAYS);
    ledger.save(new Entry.Window(token, flow, order, fields, ways));
    String page = call.origin() + "/tosspay_v2/payfront/auth?payToken=" + token;
    return say(flow, Map.of("token", token, "page", page));
  }

  private boolean isOver(Entry.Window window) {
    return Instant.parse(window.field("until")).isBefore(till.now());
  }

  /** What is wrong with a card to be registered is found out here; all else at a charge. */
  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    Order order = window.order();
    String id = order.id();
    if (window.flow().equals("payment")) {
      ledger.save(Charge.begun(window.id(), "T" + window.id(), order, means, till.now()));
      String how = TosspayAnswers.method(means);
      return Entry.Next.get(
          window.field("back"), Map.of("status", "PAY_APPROVED", "orderNo", id, "payMethod", how));
    }
    if (means.effect().invalidCard()) {
      String code = CODES.of(means.effect()).code();
      return Entry.Next.get(window.field("cancel"), Map.of("userId", id, "errorCode", code));
    }
    Entry.Key key = new Entry.Key(window.id(), order.merchant(), id, means, KeyStage.ACTIVE);
    ledger.save(key);
    tell(order, TosspayAnswers.write("activated", facts(key)));
    return Entry.Next.get(
        window.field("back"), Map.of("status", "ACTIVE", "userId", id, "billingKey", key.id()));
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return Entry.Next.get(window.field("cancel"));
  }

  /** What is done with a payment, of whichever kind. */
  private Answer locked(String shop, JsonNode body, Function<String, Answer> work) {
    String token = text(body, "payToken");
    Entry.Window opened = ledger.window(token);
    Charge charge = ledger.charge(token);
    Order order = charge != null ? charge.order() : opened != null ? opened.order() : null;
    return order == null || !order.merchant().equals(shop)
        ? error("TRANSACTION_NOT_FOUND")
        : ledger.locked(order.id(), () -> work.apply(token));
  }

  private Answer execute(String token) {
    Entry.Window opened = ledger.window(token);
    Charge charge = ledger.charge(token);
    if (charge == null || opened == null || !charge.isApprovable() || isOver(opened)) {
      String no = "COMMON_ITS_NOT_ABLE_TO_CHANGE_STATUS";
      return error(charge == null ? "EXECUTE_PAY_NOT_APPROVED" : no);
    }
    Answer answer = till.approve(charge, paying);
    Charge after = ledger.charge(token);
    landed(after == null ? charge : after, "");
    return answer;
  }

  private Answer refund(String token, JsonNode body) {
    Charge charge = ledger.charge(token);
    String number = text(body, "refundNo");
    if (charge == null || !charge.charged()) {
      return error("TRANSACTION_NOT_COMPLETE");
    }
    for (Cancel done : charge.cancels()) {
      if (done.replay().equals(number)) {
        return say("refund", facts(charge, done));
      }
    }
    long left = charge.balance();
    long amount = body.path("amount").asLong(left);
    if (charge.cancelIs(Stage.PENDING) || left == 0) {
      return error(left == 0 ? "REFUND_ALREADY_REFUNDED" : "TRANSACTION_PENDING_ERROR");
    }
    return amount <= left
        ? till.cancel(charge, amount, text(body, "reason"), number, refunding)
        : error("COMMON_REFUND_ERROR");
  }

  /** An order is known by its number once its buyer has agreed. */
  private Answer status(String shop, JsonNode body) {
    String token = text(body, "payToken");
    Entry.Window opened = ledger.window(token);
    Charge charge =
        ledger.latest(shop, text(body, "orderNo"), one -> true).orElse(ledger.charge(token));
    if (charge != null && (charge.means().key() == null || charge.status() != Status.SILENCED)) {
      return TosspayAnswers.status(charge, opened != null && isOver(opened));
    }
    if (opened == null) {
      return error("TRANSACTION_NOT_FOUND");
    }
    String status = isOver(opened) || ledger.end(token) != null ? "PAY_CANCEL" : "PAY_STANDBY";
    return say("unpaid", Map.of("token", token, "order", opened.order().id(), "status", status));
  }

  private Answer keyStatus(JsonNode body) {
    Entry.Key key = ledger.key(text(body, "billingKey"));
    return key == null ? say("unused", Map.of()) : say("status-of-key", facts(key));
  }

  private Answer ofKey(String shop, JsonNode body, Function<Entry.Key, Answer> work) {
    return ledger
        .usable(text(body, "billingKey"), shop)
        .map(work)
        .orElseGet(() -> error("COMMON_PAY_ERROR"));
  }

  private Answer bill(Entry.Key key, Order order, JsonNode body) {
    Means means = key.means().paidBy(key.id(), body.path("spreadOut").asInt(0));
    String token = Numbers.token(22);
    return ledger.locked(
        order.id(),
        () ->
            till.isTaken(order.merchant(), order.id())
                ? error("PAYMENT_DUPLICATION_ORDER_NO")
                : till.charge(Charge.begun(token, "T" + token, order, means, till.now()), paying));
  }

  private Answer remove(Entry.Key key) {
    ledger.save(key.as(KeyStage.DELETED));
    return say("removed", Map.of());
  }
}
