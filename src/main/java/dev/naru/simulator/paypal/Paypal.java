package dev.naru.simulator.paypal;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.web.Refused;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.paypal.PaypalDoor.Caller;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * PayPal: OAuth tokens, Orders v2, Payments v2, the vault v3 and webhooks. Amounts that end in .97
 * are looked at and then pass, those that end in .98 are looked at and then do not: payments and
 * refunds alike.
 */
public final class Paypal implements Fake {

  private static final Refusals CODES = Refusals.withStatus("paypal/codes.csv");

  private final Till till;
  private final PaypalDoor door;
  private final PaypalWindow window;
  private final PaypalOrders orders;
  private final PaypalRefunds refunds;
  private final PaypalVault vault;
  private final PaypalNotices notices;

  /** Opens its book. */
  public Paypal(House house) {
    Texts.add("paypal/texts.csv");
    till = house.till("paypal_v2");
    door = new PaypalDoor(till);
    window = new PaypalWindow(till, house.windows());
    notices = new PaypalNotices(till, house.notices());
    orders = new PaypalOrders(till, door, window, notices);
    refunds = new PaypalRefunds(till, door, notices);
    vault = new PaypalVault(till, door, window);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/paypal_v2", this::handle));
  }

  @Override
  public List<Till> tills() {
    return List.of(till);
  }

  /** How PayPal words what came of a charge or a refund. */
  static Voice<Charge> said(Function<Charge, Answer.Reply> work) {
    return new Voice<>(CODES::of, PaypalProblem::refused, work);
  }

  static Refusal refusal(Effect effect) {
    return CODES.of(effect);
  }

  /** A late approval or refund has come, or one that was looked at has ended. */
  @Override
  public void landed(Charge charge, String replay) {
    for (Cancel cancel : charge.course().cancels()) {
      boolean ended = cancel.stage() == Stage.DONE || cancel.stage() == Stage.FAILED;
      if (ended && cancel.replay().equals(replay)) {
        refunds.landed(charge, cancel);
        return;
      }
    }
    door.finish(replay, orders.done(charge));
    notices.captured(charge);
  }

  private Answer handle(Call call) {
    try {
      if (call.is("POST", "/v1/oauth2/token")) {
        return door.token(call);
      }
      if (call.is("GET", PaypalNotices.CERTIFICATE)) {
        return notices.certificate();
      }
      return call.path().matches("/v[123]/.*") ? api(call) : window.enter(call);
    } catch (Refused e) {
      return e.answer();
    }
  }

  private Answer api(Call call) {
    Caller caller = door.caller(call);
    if (caller == null) {
      return Answer.Reply.json(
          401,
          Map.of("error", "invalid_token", "error_description", "Access Token not found in cache"));
    }
    String type = call.header("Content-Type");
    if (call.method().equals("POST") && (type == null || !type.contains("application/json"))) {
      throw PaypalProblem.of(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    List<String> path = List.of(call.path().substring(1).split("/", -1));
    String operation =
        call.method() + " /" + String.join("/", path.subList(0, Math.min(3, path.size())));
    Answer answer =
        switch (operation) {
          case "POST /v2/checkout/orders", "GET /v2/checkout/orders" -> orders(call, caller, path);
          case "GET /v2/payments/captures",
              "POST /v2/payments/captures",
              "GET /v2/payments/refunds" ->
              payments(call, caller, path);
          case "POST /v1/notifications/verify-webhook-signature" -> notices.verify(call.json());
          default ->
              path.size() > 2 && path.get(1).equals("vault")
                  ? vault.handle(call, caller, path)
                  : null;
        };
    if (answer == null) {
      throw PaypalProblem.of(404, "NOT_FOUND");
    }
    return answer;
  }

  private @Nullable Answer orders(Call call, Caller caller, List<String> path) {
    return switch (call.method() + path.size()) {
      case "POST3" -> orders.create(caller, body(call));
      case "GET4" -> orders.get(caller, path.get(3));
      case "POST5" ->
          path.get(4).equals("capture") ? orders.capture(caller, path.get(3), call.json()) : null;
      default -> null;
    };
  }

  private @Nullable Answer payments(Call call, Caller caller, List<String> path) {
    return switch (call.method() + path.size()) {
      case "GET4" ->
          path.get(2).equals("captures")
              ? refunds.capture(caller, path.get(3))
              : refunds.refund(caller, path.get(3));
      case "POST5" ->
          path.get(4).equals("refund") ? refunds.refund(caller, path.get(3), body(call)) : null;
      default -> null;
    };
  }

  /** What is no JSON object is refused, unless there is nothing. */
  static JsonNode body(Call call) {
    JsonNode body = call.json();
    if (body.isEmpty() && !call.text().replaceAll("[\\s{}]", "").isEmpty()) {
      throw PaypalProblem.invalid("MALFORMED_REQUEST_JSON", "");
    }
    return body;
  }
}
