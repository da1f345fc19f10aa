package dev.naru.simulator.paypal;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.paypal.PaypalDoor.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** PayPal's Payments v2: a capture, and what is paid back of it. */
final class PaypalRefunds {

  private final Till till;
  private final Ledger ledger;
  private final PaypalDoor door;
  private final PaypalNotices notices;

  PaypalRefunds(Till till, PaypalDoor door, PaypalNotices notices) {
    this.till = till;
    this.ledger = till.ledger();
    this.door = door;
    this.notices = notices;
  }

  /** {@code GET /v2/payments/captures/{id}}. */
  Answer capture(Caller caller, String id) {
    return Answer.Reply.json(200, PaypalAnswers.capture(captured(caller, id)));
  }

  private Charge captured(Caller caller, String id) {
    Charge charge = ledger.byTid(id);
    if (charge == null
        || !charge.order().more("client").equals(caller.client())
        || !PaypalAnswers.captured(charge)) {
      throw PaypalProblem.unknown("INVALID_RESOURCE_ID");
    }
    return charge;
  }

  /** {@code GET /v2/payments/refunds/{id}}. */
  Answer refund(Caller caller, String id) {
    Entry.Registered asked = ledger.registered(PaypalAnswers.REFUND, id);
    Charge charge = asked == null ? null : ledger.charge(asked.fact("charge"));
    Cancel cancel = charge == null ? null : cancel(charge, id);
    if (charge == null
        || cancel == null
        || !PaypalAnswers.visible(cancel)
        || !charge.order().more("client").equals(caller.client())) {
      throw PaypalProblem.unknown("INVALID_RESOURCE_ID");
    }
    return Answer.Reply.json(200, PaypalAnswers.refund(charge, cancel, ledger));
  }

  private static @Nullable Cancel cancel(Charge charge, String id) {
    return charge.course().cancels().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /** {@code POST /v2/payments/captures/{id}/refund}. */
  Answer refund(Caller caller, String captureId, JsonNode body) {
    Charge known = captured(caller, captureId);
    return ledger.locked(
        known.order().id(),
        () ->
            door.once(
                caller,
                PaypalDoor.REFUNDS,
                () -> refundNow(caller, captured(caller, captureId), body)));
  }

  private Answer refundNow(Caller caller, Charge charge, JsonNode body) {
    PaypalMoney paid = PaypalAnswers.money(charge.order());
    if (charge.cancelIs(Stage.PENDING)) {
      throw PaypalProblem.busy();
    }
    if (!charge.charged()) {
      throw PaypalProblem.unprocessable("REFUND_NOT_ALLOWED");
    }
    long left =
        charge.balance()
            - charge.course().cancels().stream()
                .filter(Cancel::isOpen)
                .mapToLong(Cancel::amount)
                .sum();
    if (left == 0) {
      throw PaypalProblem.unprocessable("CAPTURE_FULLY_REFUNDED");
    }
    PaypalMoney amount =
        body.has("amount") ? PaypalMoney.positive(body.path("amount"), "/amount") : paid.of(left);
    if (!amount.currency().equals(paid.currency())) {
      throw PaypalProblem.unprocessable(
          "REFUND_CAPTURE_CURRENCY_MISMATCH", "/amount/currency_code");
    }
    if (amount.minor() > left) {
      throw PaypalProblem.unprocessable("REFUND_AMOUNT_EXCEEDED", "/amount/value");
    }
    texts(body);
    Cancel cancel = cancel(amount, body, caller.scope());
    ledger.save(
        new Entry.Registered(
            PaypalAnswers.REFUND,
            cancel.id(),
            Map.of(
                "charge", charge.id(),
                "invoice", text(body, "invoice_id"),
                "custom", text(body, "custom_id"),
                "at", PaypalAnswers.time(till.now()))));
    Answer answer =
        till.cancel(charge, cancel, Paypal.said(now -> done(now, cancel.id(), caller.whole())));
    notices.refunded(ledger.charge(charge.id()), cancel.id());
    return answer;
  }

  private static void texts(JsonNode body) {
    for (String name : List.of("invoice_id", "custom_id")) {
      if (text(body, name).length() > 127) {
        throw PaypalProblem.invalid("INVALID_STRING_MAX_LENGTH", "/" + name);
      }
    }
    if (text(body, "note_to_payer").length() > 255) {
      throw PaypalProblem.invalid("INVALID_STRING_MAX_LENGTH", "/note_to_payer");
    }
  }

  /** How it is when all goes well: done, or looked at for a while. */
  private Cancel cancel(PaypalMoney amount, JsonNode body, String scope) {
    Stage stage =
        amount.cents() == 97 ? Stage.REVIEWED : amount.cents() == 98 ? Stage.DOOMED : Stage.DONE;
    Cancel cancel =
        new Cancel(
            PaypalAnswers.id(17),
            amount.minor(),
            text(body, "note_to_payer"),
            till.now(),
            stage,
            scope);
    return cancel.isOpen() ? cancel.as(stage, till.now().plus(till.late())) : cancel;
  }

  private Answer.Reply done(Charge charge, String id, boolean whole) {
    Cancel cancel = cancel(charge, id);
    if (cancel == null) {
      throw new IllegalStateException("done but not there: " + id);
    }
    Map<String, Object> view = PaypalAnswers.refund(charge, cancel, ledger);
    if (!whole) {
      view.keySet().retainAll(List.of("id", "status", "links"));
    }
    return Answer.Reply.json(201, view);
  }

  /** One that came late, or ended after the PG had looked at it. */
  void landed(Charge charge, Cancel cancel) {
    door.finish(cancel.replay(), done(charge, cancel.id(), true));
    notices.refunded(charge, cancel.id());
  }
}
