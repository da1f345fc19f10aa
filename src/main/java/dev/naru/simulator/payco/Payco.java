package dev.naru.simulator.payco;

import static dev.naru.simulator.kit.web.Call.text;
import static dev.naru.simulator.payco.PaycoAnswers.error;
import static dev.naru.simulator.payco.PaycoAnswers.facts;
import static dev.naru.simulator.payco.PaycoAnswers.say;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Telling;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.Windows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * PAYCO: orders, their sheet, approval, cancels and detail; automatic payments, whose number is
 * known by a proof that the sheet hands out. A seller key is a merchant.
 */
public final class Payco implements Fake, Windows.Flow {

  private static final String ORDER = "reserved";
  private static final List<Method> KEY_WAYS = List.of(Method.CARD, Method.TRANSFER);
  private static final List<Method> WAYS = List.of(Method.values());
  private static final List<String> KEPT = Cards.text("payco/kept.txt").lines().toList();

  private static final Refusals CODES = Refusals.of("payco/codes.csv");

  private final Voice<Charge> approving = voice(charge -> say("order", facts(charge)));
  private final Voice<Charge> charging = voice(charge -> say("charged", facts(charge)));
  private final Voice<Charge> cancelling =
      voice(charge -> say("cancelled", facts(charge, charge.cancels().getLast())));
  private final Till till;
  private final Ledger ledger;
  private final Notices notices;

  /** Opens its book. */
  public Payco(House house) {
    Texts.add("payco/texts.csv");
    till = house.till("payco");
    ledger = till.ledger();
    notices = house.notices();
    house.windows().add(ledger, this);
  }

  private static Voice<Charge> voice(Function<Charge, Answer.Reply> done) {
    return new Voice<>(CODES::of, no -> error(no.code(), no.text()), done);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/payco", this::handle));
  }

  @Override
  public List<Till> tills() {
    return List.of(till);
  }

  @Override
  public boolean isToldAfterwards() {
    return true;
  }

  /** Not signed, and nothing is told of a deposit that was taken back. */
  @Override
  public boolean deposited(Charge charge) {
    String url = charge.order().more("nonBankbookDepositInformUrl");
    if (url.isEmpty() || charge.status() != Charge.Status.PAID) {
      return false;
    }
    String told = PaycoAnswers.LETTERS.write("order", facts(charge));
    notices.send(Notices.Notice.form(url, Map.of("response", told), StandardCharsets.UTF_8));
    return true;
  }

  private Answer handle(Call call) {
    if (call.method().equals("GET")) {
      String id = call.params().getOrDefault("reserveOrderNo", "");
      return ledger.window(id) == null
          ? Answer.Reply.notFound()
          : Windows.enter(ledger, id, call.params().getOrDefault("lang", ""));
    }
    JsonNode body = call.json();
    String seller = text(body, "sellerKey");
    boolean known = seller.matches("S0\\w{4}|AUTOPAY");
    String wrong = known ? PaycoAnswers.wrong(call.path(), body) : "seller";
    if (!wrong.isEmpty()) {
      return error(wrong);
    }
    String own = "pc" + Digests.sha256(seller).substring(0, 8);
    String shop = seller.equals("S0FSJE") ? "PARTNERTEST" : own;
    return switch (call.path()) {
      case "/outseller/order/reserve" -> open(call, ORDER, shop, body);
      case "/outseller/payment/approval" -> ofOrder(shop, body, one -> approve(one, body));
      case "/outseller/payment/approval/getDetailForVerify" ->
          ofOrder(shop, body, one -> one.charged() ? approving.done(one) : error("order"));
      case "/outseller/order/cancel" -> ofOrder(shop, body, one -> cancel(one, body));
      case "/outseller/order/updateOrderProductStatus" ->
          ofOrder(shop, body, one -> told(one, text(body, "orderProductStatus")));
      case "/outseller/autoPayment/reserve" -> open(call, "registered", shop, body);
      case "/outseller/autoPayment/info" -> ofKey(shop, body, one -> say("key", facts(one)));
      case "/outseller/autoPayment/payment" -> ofKey(shop, body, one -> charge(one, shop, body));
      case "/outseller/autoPayment/delete" -> ofKey(shop, body, this::delete);
      default -> Answer.Reply.notFound();
    };
  }

  private static Order order(String shop, String reserved, JsonNode body) {
    String id = text(body, "sellerOrderReferenceKey") + text(body, "sellerAutoPaymentReferenceKey");
    JsonNode extra = Call.json(text(body, "extraData"));
    Map<String, String> more = new HashMap<>();
    KEPT.forEach(name -> more.put(name, text(body, name) + text(extra, name)));
    more.put("reserveOrderNo", reserved);
    more.put("token", Numbers.token(32));
    more.put("certify", Numbers.token(32));
    more.put("approval", Numbers.digits(8));
    long amount = body.path("totalPaymentAmt").asLong(0);
    return new Order(shop, id, amount, text(body, "orderTitle"), more);
  }

  private String number() {
    return Seoul.compact(till.now()) + Numbers.serial(6);
  }

  /** An order of one product, or an automatic payment to be registered: {@code flow}. */
  private Answer open(Call call, String flow, String shop, JsonNode body) {
    String id = number();
    Order order = order(shop, id, body);
    if (till.isTaken(shop, order.id())) {
      return error("taken");
    }
    ledger.save(new Entry.Window(id, flow, order, Map.of(), flow.equals(ORDER) ? WAYS : KEY_WAYS));
    String page = call.origin() + "/payco/order/sheet?reserveOrderNo=" + id;
    return say(flow, Map.of("id", id, "page", page));
  }

  /** What is wrong with a card to be registered is found out here; all else at a charge. */
  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    Order order = window.order();
    if (window.flow().equals(ORDER)) {
      Means by = means.method() == Method.VBANK ? means.withAccount(account(order, bank)) : means;
      ledger.save(Charge.begun(window.id(), number(), order, by, till.now()));
      return back(window, "0", "success", Map.of("paymentCertifyToken", order.more("token")));
    }
    if (means.effect().invalidCard()) {
      Charge.Refusal no = CODES.of(means.effect());
      return back(window, no.code(), no.text(), Map.of());
    }
    String proof = order.more("certify");
    ledger.save(new Entry.Key(proof, order.merchant(), order.id(), means, Entry.KeyStage.ACTIVE));
    return back(window, "0", "success", Map.of("autoPaymentCertifyKey", proof));
  }

  private Charge.Account account(Order order, String bank) {
    Instant week = till.now().plus(Duration.ofDays(7));
    Instant due = Seoul.due(order.more("virtualAccountExpiryYmd"), week);
    return new Charge.Account(bank, Numbers.digits(14), "페이코", due, "");
  }

  private static Entry.Next back(
      Entry.Window window, String code, String message, Map<String, String> more) {
    boolean reserved = window.flow().equals(ORDER);
    Order order = window.order();
    Map<String, String> fields = new HashMap<>(Map.of("code", code, "message", message));
    fields.putAll(more);
    fields.put(reserved ? "sellerOrderReferenceKey" : "sellerAutoPaymentReferenceKey", order.id());
    return Entry.Next.get(order.more("returnUrl"), fields);
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    String close = window.order().more("cancelMobileUrl");
    return window.order().more("orderChannel").equals("MOBILE") && Windows.address(close)
        ? Entry.Next.get(close)
        : back(window, "2222", "사용자가 결제를 취소했습니다.", Map.of());
  }

  /** The newest of an order that is what a request says of it, under the order's lock. */
  private Answer ofOrder(String shop, JsonNode body, Function<Charge, Answer> work) {
    String told = text(body, "sellerOrderProductReferenceKey");
    String id = told.isEmpty() ? text(body, "sellerOrderReferenceKey") : told;
    return ledger.locked(
        id,
        () ->
            ledger
                .latest(shop, id, one -> PaycoAnswers.isMeant(one, body))
                .map(work)
                .orElseGet(() -> error("order")));
  }

  private Answer approve(Charge charge, JsonNode body) {
    boolean same = charge.order().amount() == body.path("totalPaymentAmt").asLong(0);
    return same && charge.isApprovable()
        ? till.approve(charge, approving)
        : error(same ? "approved" : "amount");
  }

  /** What is left before a cancel is compared. */
  private Answer cancel(Charge charge, JsonNode body) {
    long left = charge.balance();
    long amount = body.path("cancelTotalAmt").asLong(0);
    boolean same = body.path("totalCancelPossibleAmt").asLong(0) == left;
    boolean runs = charge.cancelIs(Charge.Stage.PENDING);
    if (!charge.paid() || left == 0) {
      return error(charge.paid() ? "done" : "order");
    }
    return same && amount <= left && !runs
        ? till.cancel(charge, amount, text(body, "requestMemo"), "", cancelling)
        : error(amount > left ? "over" : runs ? "running" : "left");
  }

  /** The last that is told of an order counts. */
  private Answer told(Charge charge, String status) {
    return charge.means().effect() == Effect.AFTER_REFUSED
        ? approving.refused(Effect.AFTER_REFUSED)
        : new Telling("updateOrderProductStatus", false, Map.of("status", status))
            .take(till, charge, now -> say("none", Map.of()));
  }

  private Answer ofKey(String shop, JsonNode body, Function<Entry.Key, Answer> work) {
    return ledger
        .usable(text(body, "autoPaymentCertifyKey"), shop)
        .filter(one -> PaycoAnswers.isMeant(one, body))
        .map(work)
        .orElseGet(() -> error("key"));
  }

  private Answer charge(Entry.Key key, String shop, JsonNode body) {
    Order order = order(shop, "", body);
    Means means = key.means().paidBy(key.id(), 0);
    return ledger.locked(
        order.id(),
        () ->
            till.isTaken(shop, order.id())
                ? error("taken")
                : till.charge(Charge.begun(number(), order, means, till.now()), charging));
  }

  private Answer delete(Entry.Key key) {
    ledger.save(key.as(Entry.KeyStage.DELETED));
    return say("none", Map.of());
  }
}
