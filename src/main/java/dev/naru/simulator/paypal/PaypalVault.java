package dev.naru.simulator.paypal;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.paypal.PaypalDoor.Caller;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * PayPal's vault v3: a setup token that the buyer approves becomes a payment token, by which the
 * shop charges without the buyer.
 */
final class PaypalVault {

  private static final String SETUP = "/payment_source/paypal";

  /** What the register calls whose a payment token is. */
  private static final String TOKEN = "payment-token";

  private final Ledger ledger;
  private final PaypalDoor door;
  private final PaypalWindow window;

  PaypalVault(Till till, PaypalDoor door, PaypalWindow window) {
    this.ledger = till.ledger();
    this.door = door;
    this.window = window;
  }

  /** Null: there is no such operation. */
  @Nullable Answer handle(Call call, Caller caller, List<String> path) {
    return switch (call.method() + " " + path.get(2) + " " + path.size()) {
      case "POST setup-tokens 3" -> {
        JsonNode body = Paypal.body(call);
        yield ledger.locked(
            caller.scope(), () -> door.once(caller, PaypalDoor.ORDERS, () -> setup(caller, body)));
      }
      case "GET setup-tokens 4" -> Answer.Reply.json(200, setupView(live(caller, path.get(3))));
      case "POST payment-tokens 3" -> keep(caller, Paypal.body(call));
      case "GET payment-tokens 4" ->
          Answer.Reply.json(200, view(token(caller, path.get(3)), caller));
      case "DELETE payment-tokens 4" -> {
        ledger.save(token(caller, path.get(3)).as(Entry.KeyStage.DELETED));
        yield new Answer.Reply(204, "", StandardCharsets.UTF_8, Map.of());
      }
      default -> null;
    };
  }

  private Answer setup(Caller caller, JsonNode body) {
    JsonNode paypal = body.path("payment_source").path("paypal");
    if (!paypal.isObject()) {
      throw PaypalProblem.invalid("MISSING_REQUIRED_PARAMETER", SETUP);
    }
    if (!List.of("MERCHANT", "PLATFORM").contains(text(paypal, "usage_type"))) {
      throw PaypalProblem.invalid(
          paypal.has("usage_type") ? "INVALID_PARAMETER_VALUE" : "MISSING_REQUIRED_PARAMETER",
          SETUP + "/usage_type");
    }
    Map<String, String> fields =
        new HashMap<>(
            PaypalAsked.experience(
                paypal.path("experience_context"), SETUP + "/experience_context"));
    String own = text(body.path("customer"), "merchant_customer_id");
    if (own.length() > 64 || text(body.path("customer"), "id").length() > 22) {
      throw PaypalProblem.invalid("INVALID_STRING_MAX_LENGTH", "/customer");
    }
    fields.put("own", own);
    fields.put("customer", customer(caller, text(body.path("customer"), "id"), own));
    Order order =
        new Order(
            caller.client(),
            own,
            0,
            text(paypal, "description").isEmpty() ? "PayPal" : text(paypal, "description"),
            Map.of("client", caller.client(), "origin", caller.origin()));
    return Answer.Reply.json(201, setupView(window.open(PaypalWindow.KEY, order, fields)));
  }

  /** The same customer of a shop is the same customer of PayPal. */
  private static String customer(Caller caller, String id, String own) {
    if (!id.isEmpty()) {
      return id;
    }
    return own.isEmpty()
        ? Numbers.token(10)
        : Digests.sha256(caller.client() + "\n" + own).substring(0, 10);
  }

  private Entry.Window live(Caller caller, String id) {
    Entry.Window found = window.find(caller, PaypalWindow.KEY, id);
    if (found == null || window.isOver(found)) {
      throw PaypalProblem.unknown("TOKEN_NOT_FOUND");
    }
    return found;
  }

  private Map<String, Object> setupView(Entry.Window setup) {
    Entry.Key granted = ledger.key(setup.id());
    String status =
        granted == null
            ? "PAYER_ACTION_REQUIRED"
            : granted.stage() == Entry.KeyStage.GRANTED ? "APPROVED" : "VAULTED";
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", setup.id());
    view.put("status", status);
    view.put("customer", customer(setup.field("customer"), setup.field("own")));
    view.put("payment_source", Map.of("paypal", Map.of("usage_type", "MERCHANT")));
    String at = setup.order().more("origin");
    Map<String, Object> self =
        PaypalAnswers.link(at + "/v3/vault/setup-tokens/" + setup.id(), "self", "GET");
    Map<String, Object> next =
        granted == null
            ? PaypalAnswers.link(
                at + "/agreements/approve?approval_session_id=" + setup.id(), "approve", "GET")
            : PaypalAnswers.link(at + "/v3/vault/payment-tokens", "confirm", "POST");
    view.put("links", List.of(self, next));
    return view;
  }

  private static Map<String, Object> customer(String id, String own) {
    return own.isEmpty() ? Map.of("id", id) : Map.of("id", id, "merchant_customer_id", own);
  }

  private Answer keep(Caller caller, JsonNode body) {
    JsonNode token = body.path("payment_source").path("token");
    if (!text(token, "type").equals("SETUP_TOKEN") || text(token, "id").isEmpty()) {
      throw PaypalProblem.invalid("MISSING_REQUIRED_PARAMETER", "/payment_source/token");
    }
    Entry.Window setup = live(caller, text(token, "id"));
    return ledger.locked(
        setup.id(), () -> door.once(caller, PaypalDoor.ORDERS, () -> keep(caller, setup)));
  }

  private Answer keep(Caller caller, Entry.Window setup) {
    Entry.Key granted = ledger.key(setup.id());
    if (granted == null) {
      throw PaypalProblem.unprocessable("SETUP_TOKEN_NOT_APPROVED", "/payment_source/token/id");
    }
    if (granted.stage() != Entry.KeyStage.GRANTED) {
      throw PaypalProblem.unprocessable("SETUP_TOKEN_ALREADY_VAULTED", "/payment_source/token/id");
    }
    if (granted.means().effect().invalidCard()) {
      return PaypalProblem.refused(Paypal.refusal(granted.means().effect()));
    }
    Entry.Key key =
        new Entry.Key(
            Numbers.token(17).toLowerCase(Locale.ROOT),
            caller.client(),
            granted.customer(),
            granted.means(),
            Entry.KeyStage.ACTIVE);
    ledger.save(
        granted.as(Entry.KeyStage.DELETED),
        key,
        new Entry.Registered(TOKEN, key.id(), Map.of("own", setup.field("own"))));
    return Answer.Reply.json(201, view(key, caller));
  }

  private Entry.Key token(Caller caller, String id) {
    return ledger
        .usable(id, caller.client())
        .filter(key -> ledger.registered(TOKEN, key.id()) != null)
        .orElseThrow(() -> PaypalProblem.unknown("TOKEN_NOT_FOUND"));
  }

  private Map<String, Object> view(Entry.Key key, Caller caller) {
    Entry.Registered about = ledger.registered(TOKEN, key.id());
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", key.id());
    view.put("customer", customer(key.customer(), about == null ? "" : about.fact("own")));
    view.put(
        "payment_source",
        Map.of(
            "paypal",
            Map.of(
                "usage_type",
                "MERCHANT",
                "account_id",
                Digests.sha256(key.customer()).substring(0, 13).toUpperCase(Locale.ROOT))));
    String self = caller.origin() + "/v3/vault/payment-tokens/" + key.id();
    view.put(
        "links",
        List.of(
            PaypalAnswers.link(self, "self", "GET"), PaypalAnswers.link(self, "delete", "DELETE")));
    return view;
  }
}
