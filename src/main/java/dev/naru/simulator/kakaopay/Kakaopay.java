package dev.naru.simulator.kakaopay;

import static dev.naru.simulator.kakaopay.KakaopayAnswers.error;
import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Kakao Pay's online payment API: ready, a window, approve by its token; charges by SID; cancel and
 * order. It tells no duplicates but of a TID.
 */
public final class Kakaopay implements Fake {

  private static final String API = "/online/v1/payment/";
  private static final Refusals CODES = Refusals.of("kakaopay/codes.csv");
  private static final Refusal BANK_UNKNOWN =
      new Refusal(400, "BANK_FIRM_UNKNOWN", "은행의 처리 결과를 확인하지 못했습니다.");

  private final Till till;
  private final Ledger ledger;
  private final KakaopayWindow window;
  private final KakaopayKeys keys;

  /** Opens its book. */
  public Kakaopay(House house) {
    Texts.add("kakaopay/texts.csv");
    this.till = house.till("kakaopay");
    this.ledger = till.ledger();
    this.window = new KakaopayWindow(till, house.windows());
    this.keys = new KakaopayKeys(till);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/kakaopay", this::handle));
  }

  @Override
  public List<Till> tills() {
    return List.of(till);
  }

  /** What a call answers when it worked, and by which code when the card or the bank says no. */
  static Voice<Charge> said(int code, String message, Function<Charge, Map<String, Object>> done) {
    return new Voice<>(
        CODES::of,
        refusal -> error(400, code, message, refusal),
        charge -> Answer.Reply.json(200, done.apply(charge)));
  }

  private final Voice<Charge> approving = said(-780, "approval failure!", this::approved);
  private final Voice<Charge> cancelling =
      said(-781, "cancel failure!", KakaopayAnswers::cancellation);
  private final Voice<Charge> subscribing =
      said(-782, "subscription failure!", KakaopayAnswers::approval);

  /** An approval that came late: with it comes the key it was for. */
  @Override
  public void landed(Charge charge, String replay) {
    keys.keep(charge);
  }

  private Map<String, Object> approved(Charge charge) {
    keys.keep(charge);
    return KakaopayAnswers.approval(charge);
  }

  private Answer handle(Call call) {
    return call.path().startsWith(API) ? api(call) : window.enter(call);
  }

  private Answer api(Call call) {
    String key = call.header("Authorization");
    if (key == null || key.isBlank()) {
      return error(401, -400, "no Authorization header", null);
    }
    if (!key.matches("(DEV_)?SECRET_KEY DEV\\w{5,}")) {
      return error(401, -401, "unknown secret key", null);
    }
    JsonNode body = call.json();
    if (!text(body, "cid").matches("TC\\w{8}")) {
      return error(-731, "invalid cid");
    }
    return switch (call.method() + " " + call.path().substring(API.length())) {
      case "POST ready" -> window.ready(call, body);
      case "POST approve" -> locked(body, () -> approve(body));
      case "POST subscription" -> locked(body, () -> keys.charge(body, subscribing));
      case "POST order" -> order(body);
      case "POST cancel" -> cancel(body);
      case "POST manage/subscription/status" -> keys.status(body);
      case "POST manage/subscription/inactive" -> keys.inactive(body);
      default -> error(404, -404, "no such API", null);
    };
  }

  private Answer locked(JsonNode body, Supplier<Answer> work) {
    return ledger.locked(text(body, "partner_order_id"), work);
  }

  private Answer approve(JsonNode body) {
    String tid = text(body, "tid");
    Entry.Window opened = ledger.window(tid);
    Charge charge = ledger.charge(tid);
    if (opened == null || !opened.order().merchant().equals(text(body, "cid"))) {
      return error(-721, "no such tid");
    }
    if (charge == null) {
      return window.isOver(opened) ? error(-723, "expired") : error(-701, "not authenticated");
    }
    if (!charge.order().id().equals(text(body, "partner_order_id"))) {
      return error(-706, "partner_order_id differs");
    }
    if (!charge.order().more("user").equals(text(body, "partner_user_id"))) {
      return error(-707, "partner_user_id differs");
    }
    if (!charge.order().more("pg_token").equals(text(body, "pg_token"))) {
      return error(-708, "invalid pg_token");
    }
    if (body.path("total_amount").asLong(charge.order().amount()) != charge.order().amount()) {
      return error(-704, "total_amount differs");
    }
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED -> {
        if (window.isOver(opened)) {
          ledger.save(charge.as(Status.BLOCKED, null));
          yield error(-723, "expired");
        }
        yield charge.order().amount() == 0
            ? issue(charge)
            : told(till.approve(charge, approving), charge, approving);
      }
      case PENDING -> error(-785, "already in progress");
      case DECLINED -> error(-783, "not in an approvable state");
      case BLOCKED -> error(-723, "expired");
      case WAITING, PAID, PARTLY_CANCELLED, CANCELLED, KEY_ISSUED ->
          error(-702, "already approved");
    };
  }

  /** A bank that went silent after it paid is told of by a code of its own. */
  static Answer told(Answer answer, Charge charge, Voice<Charge> voice) {
    return answer instanceof Answer.Garbled && charge.means().method() == Method.TRANSFER
        ? voice.refused(BANK_UNKNOWN)
        : answer;
  }

  /** A key and no money: whatever else the card brings about, it does when the key is charged. */
  private Answer issue(Charge charge) {
    Effect effect = charge.means().effect();
    Instant now = till.now();
    if (effect.invalidCard()) {
      ledger.save(charge.declined(approving.refusal(effect), now));
      return approving.refused(effect);
    }
    return approving.done(ledger.save(charge.as(Status.KEY_ISSUED, now)));
  }

  private Answer order(JsonNode body) {
    String tid = text(body, "tid");
    Entry.Window opened = ledger.window(tid);
    Charge charge = ledger.charge(tid);
    if (charge == null && opened != null && opened.order().merchant().equals(text(body, "cid"))) {
      Means nothing = new Means(opened.accepts().getFirst(), Effect.APPROVE, null, null, null);
      Instant since = Instant.parse(opened.field("opened"));
      Order asked = opened.order().with(opened.fields());
      return Answer.Reply.json(
          200,
          KakaopayAnswers.order(
              Charge.begun(tid, asked, nothing, since),
              ledger.end(tid) != null
                  ? "QUIT_PAYMENT"
                  : window.isOver(opened) ? "FAIL_PAYMENT" : "READY"));
    }
    // What was charged by a key has no TID before it is done.
    boolean exists =
        charge != null
            && charge.order().merchant().equals(text(body, "cid"))
            && (opened != null || charge.charged() || charge.status() == Status.DECLINED);
    return charge == null || !exists
        ? error(-721, "no such tid")
        : Answer.Reply.json(200, KakaopayAnswers.order(charge, status(charge, opened)));
  }

  private String status(Charge charge, Entry.@Nullable Window opened) {
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED ->
          opened != null && window.isOver(opened) ? "FAIL_PAYMENT" : "AUTH_PASSWORD";
      case PENDING -> "AUTH_PASSWORD";
      case WAITING, PAID -> "SUCCESS_PAYMENT";
      case PARTLY_CANCELLED -> "PART_CANCEL_PAYMENT";
      case CANCELLED -> "CANCEL_PAYMENT";
      case DECLINED, BLOCKED -> "FAIL_PAYMENT";
      case KEY_ISSUED -> "ISSUED_SID";
    };
  }

  private Answer cancel(JsonNode body) {
    Charge charge = ledger.charge(text(body, "tid"));
    if (charge == null || !charge.order().merchant().equals(text(body, "cid"))) {
      return error(-721, "no such tid");
    }
    return ledger.locked(charge.order().id(), () -> cancel(charge.id(), body));
  }

  private Answer cancel(String id, JsonNode body) {
    Charge charge = ledger.charge(id);
    if (charge == null || !charge.charged() || charge.status() == Status.CANCELLED) {
      return error(-784, "not in a cancelable state");
    }
    if (charge.cancelIs(Stage.PENDING)) {
      return error(-785, "already in progress");
    }
    long amount = body.path("cancel_amount").asLong(-1);
    long free = body.path("cancel_tax_free_amount").asLong(-1);
    if (amount <= 0 || free < 0 || free > amount) {
      return error(-722, "invalid cancel_amount or cancel_tax_free_amount");
    }
    if (amount > charge.order().amount()) {
      return error(-711, "cancel_amount is larger than the payment");
    }
    if (amount > charge.balance()) {
      return error(-710, "cancel_amount is larger than what is left");
    }
    if (body.path("cancel_available_amount").asLong(charge.balance()) != charge.balance()) {
      return error(-722, "cancel_available_amount differs");
    }
    return till.cancel(charge, amount, text(body, "payload"), "", cancelling);
  }
}
