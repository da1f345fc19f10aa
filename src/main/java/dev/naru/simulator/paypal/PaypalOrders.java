package dev.naru.simulator.paypal;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.paypal.PaypalDoor.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** PayPal's Orders v2: made, looked at, captured; or charged at once by a kept payment token. */
final class PaypalOrders {

  private final Till till;
  private final Ledger ledger;
  private final PaypalDoor door;
  private final PaypalWindow window;
  private final PaypalNotices notices;

  PaypalOrders(Till till, PaypalDoor door, PaypalWindow window, PaypalNotices notices) {
    this.till = till;
    this.ledger = till.ledger();
    this.door = door;
    this.window = window;
    this.notices = notices;
  }

  /** What an approval answers, when it comes at once and when it comes late. */
  Answer.Reply done(Charge charge) {
    return Answer.Reply.json(201, PaypalAnswers.order(charge, ledger));
  }

  /** {@code POST /v2/checkout/orders}. */
  Answer create(Caller caller, JsonNode body) {
    Order order = PaypalAsked.order(caller, body);
    JsonNode source = body.path("payment_source");
    JsonNode paypal = source.path("paypal");
    if (source.isObject() && !paypal.isObject()) {
      throw PaypalProblem.unprocessable("PAYMENT_SOURCE_NOT_SUPPORTED", "/payment_source");
    }
    String kept = text(paypal, "vault_id");
    return ledger.locked(
        order.id(),
        () ->
            door.once(
                caller,
                PaypalDoor.ORDERS,
                () -> kept.isEmpty() ? open(caller, order, body) : charge(caller, order, kept)));
  }

  private Answer open(Caller caller, Order order, JsonNode body) {
    JsonNode paypal = body.path("payment_source").path("paypal");
    Map<String, String> fields = new HashMap<>();
    if (paypal.isObject()) {
      fields.putAll(
          PaypalAsked.experience(
              paypal.path("experience_context"), "/payment_source/paypal/experience_context"));
    } else if (body.has("application_context")) {
      fields.putAll(
          PaypalAsked.experience(body.path("application_context"), "/application_context"));
    }
    fields.put("rel", paypal.isObject() ? "payer-action" : "approve");
    Entry.Window made = window.open(PaypalWindow.PAYMENT, order, fields);
    return Answer.Reply.json(
        201,
        caller.whole()
            ? PaypalAnswers.opened(made, status(made))
            : PaypalAnswers.brief(made, status(made)));
  }

  private static String status(Entry.Window window) {
    return window.field("rel").equals("approve") ? "CREATED" : "PAYER_ACTION_REQUIRED";
  }

  private Answer charge(Caller caller, Order asked, String id) {
    Entry.Key key = key(caller, id);
    Order order = asked.with(Map.of("replay", caller.scope(), "payer", key.customer()));
    if (isThere(
        order,
        c -> c.status() == Status.PENDING && c.order().more("replay").equals(caller.scope()))) {
      throw PaypalProblem.busy();
    }
    Charge fresh =
        Charge.begun(
            PaypalAnswers.id(17),
            PaypalAnswers.id(17),
            order,
            key.means().paidBy(key.id(), 0),
            till.now());
    unique(fresh);
    boolean silenced =
        isThere(order, c -> c.status() == Status.SILENCED && key.id().equals(c.means().key()));
    Answer answer = approve(silenced ? fresh.as(Status.SILENCED, null) : fresh);
    if (answer.made() != null) {
      door.keep(caller.scope(), answer.made());
    }
    return answer;
  }

  private Entry.Key key(Caller caller, String id) {
    return ledger
        .usable(id, caller.client())
        .orElseThrow(() -> PaypalProblem.unknown("TOKEN_ID_NOT_FOUND"));
  }

  private boolean isThere(Order order, Predicate<Charge> fits) {
    return ledger.has(order.merchant(), order.id(), fits);
  }

  /** An invoice is paid once, whatever was refunded of it. */
  private void unique(Charge charge) {
    String invoice = charge.order().more("invoice");
    if (!invoice.isEmpty()
        && isThere(
            charge.order(),
            c ->
                !c.id().equals(charge.id())
                    && (c.charged() || c.status() == Status.PENDING)
                    && c.order().more("invoice").equals(invoice))) {
      throw PaypalProblem.unprocessable("DUPLICATE_INVOICE_ID");
    }
  }

  private Answer approve(Charge charge) {
    Answer answer = till.approve(charge, Paypal.said(this::done));
    notices.captured(ledger.charge(charge.id()));
    return answer;
  }

  /** {@code GET /v2/checkout/orders/{id}}. */
  Answer get(Caller caller, String id) {
    Charge charge = charge(caller, id);
    return Answer.Reply.json(
        200,
        charge == null
            ? PaypalAnswers.opened(live(caller, id), status(live(caller, id)))
            : PaypalAnswers.order(charge, ledger));
  }

  /** The buyer has been through the window of it, or it was charged without one. */
  private @Nullable Charge charge(Caller caller, String id) {
    Charge charge = ledger.charge(id);
    if (charge == null || !charge.order().more("client").equals(caller.client())) {
      return null;
    }
    boolean there = PaypalAnswers.captured(charge);
    boolean waits = !there && charge.status() != Status.PENDING;
    Entry.Window opened = ledger.window(id);
    boolean dead = opened == null ? !there : waits && window.isOver(opened);
    if (dead) {
      throw PaypalProblem.unknown("INVALID_RESOURCE_ID");
    }
    return charge;
  }

  private Entry.Window live(Caller caller, String id) {
    Entry.Window found = window.find(caller, PaypalWindow.PAYMENT, id);
    if (found == null || window.isOver(found)) {
      throw PaypalProblem.unknown("INVALID_RESOURCE_ID");
    }
    return found;
  }

  /** {@code POST /v2/checkout/orders/{id}/capture}; by a key nobody has to agree any more. */
  Answer capture(Caller caller, String id, JsonNode body) {
    Charge known = charge(caller, id);
    Order order = known == null ? live(caller, id).order() : known.order();
    return ledger.locked(
        order.id(), () -> door.once(caller, PaypalDoor.ORDERS, () -> captureNow(caller, id, body)));
  }

  private Answer captureNow(Caller caller, String id, JsonNode body) {
    Charge agreed = charge(caller, id);
    String kept = text(body.path("payment_source").path("paypal"), "vault_id");
    if (agreed == null && kept.isEmpty()) {
      throw PaypalProblem.unprocessable("ORDER_NOT_APPROVED");
    }
    Charge charge = agreed == null ? paidBy(key(caller, kept), live(caller, id)) : agreed;
    if (PaypalAnswers.captured(charge)) {
      throw PaypalProblem.unprocessable("ORDER_ALREADY_CAPTURED");
    }
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED -> {
        unique(charge);
        // What comes late answers this request.
        yield approve(charge.with(charge.order().with(Map.of("replay", caller.scope()))));
      }
      case PENDING -> throw PaypalProblem.unprocessable("ORDER_COMPLETION_IN_PROGRESS");
      case DECLINED, WAITING, PAID, PARTLY_CANCELLED, CANCELLED, BLOCKED, KEY_ISSUED -> {
        Charge.Refusal refusal = charge.course().refusal();
        if (refusal == null) {
          throw PaypalProblem.unprocessable("ORDER_NOT_APPROVED");
        }
        yield PaypalProblem.refused(refusal);
      }
    };
  }

  private Charge paidBy(Entry.Key key, Entry.Window opened) {
    return Charge.begun(
        opened.id(),
        PaypalAnswers.id(17),
        opened.order().with(Map.of("payer", key.customer())),
        key.means().paidBy(key.id(), 0),
        till.now());
  }
}
