package dev.naru.simulator.kakaopay;

import static dev.naru.simulator.kakaopay.KakaopayAnswers.error;
import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The SIDs of Kakao Pay's recurring payments: what is charged by them, and their end. */
final class KakaopayKeys {

  private static final Refusal LOCKED =
      new Refusal(400, "USER_LOCKED", "진행 중인 거래가 있습니다. 잠시 후 다시 시도해 주세요.");

  private final Till till;
  private final Ledger ledger;

  KakaopayKeys(Till till) {
    this.till = till;
    this.ledger = till.ledger();
  }

  /** An approval of the recurring kind makes the key that its window promised. */
  void keep(Charge charge) {
    String sid = charge.order().more("sid");
    boolean made = charge.status() == Status.PAID || charge.status() == Status.KEY_ISSUED;
    if (made && !sid.isEmpty() && ledger.key(sid) == null) {
      ledger.save(
          new Entry.Key(
              sid,
              charge.order().merchant(),
              charge.order().more("user"),
              charge.means(),
              Entry.KeyStage.ACTIVE));
    }
  }

  /** Two of one order are two charges: the PG does not compare them. */
  Answer charge(JsonNode body, Voice<Charge> voice) {
    Entry.Key key = key(body);
    if (key == null) {
      return error(-750, "no such sid");
    }
    if (key.stage() != Entry.KeyStage.ACTIVE) {
      return error(-751, "inactive sid");
    }
    if (!key.customer().equals(text(body, "partner_user_id"))) {
      return error(-753, "partner_user_id differs from that of the sid");
    }
    Answer wrong = KakaopayWindow.wrong(body, 1);
    if (wrong != null) {
      return wrong;
    }
    Order order = KakaopayWindow.order(body, KakaopayWindow.more(body));
    if (ledger.has(order.merchant(), order.id(), c -> c.status() == Status.PENDING)) {
      return voice.refused(LOCKED);
    }
    Charge fresh =
        Charge.begun("T" + Numbers.digits(19), order, key.means().paidBy(key.id(), 0), till.now());
    return Kakaopay.told(till.charge(fresh, voice), fresh, voice);
  }

  private Entry.@Nullable Key key(JsonNode body) {
    Entry.Key key = ledger.key(text(body, "sid"));
    return key != null && key.merchant().equals(text(body, "cid")) ? key : null;
  }

  Answer status(JsonNode body) {
    Entry.Key key = key(body);
    return key == null ? error(-750, "no such sid") : Answer.Reply.json(200, view(key));
  }

  Answer inactive(JsonNode body) {
    Entry.Key key = key(body);
    if (key == null) {
      return error(-750, "no such sid");
    }
    if (key.stage() != Entry.KeyStage.ACTIVE) {
      return error(-751, "inactive sid");
    }
    Entry.Key deleted = key.as(Entry.KeyStage.DELETED);
    ledger.save(deleted);
    Map<String, Object> view = view(deleted);
    view.put("inactivated_at", KakaopayAnswers.time(till.now()));
    return Answer.Reply.json(200, view);
  }

  private Map<String, Object> view(Entry.Key key) {
    boolean active = key.stage() == Entry.KeyStage.ACTIVE;
    Map<String, Object> view = new HashMap<>();
    view.put("available", active);
    view.put("cid", key.merchant());
    view.put("sid", key.id());
    view.put("status", active ? "ACTIVE" : "INACTIVE");
    view.put("payment_method_type", key.means().method() == Method.CARD ? "CARD" : "MONEY");
    List<Charge> first = ledger.ofGroup(Charge.SID, key.id()).toList();
    for (Charge charge : first) {
      view.put("item_name", charge.order().name());
      view.put("created_at", KakaopayAnswers.time(charge.course().opened()));
    }
    Stream.concat(first.stream(), ledger.byKey(key.id()))
        .filter(Charge::paid)
        .map(charge -> charge.course().at())
        .filter(Objects::nonNull)
        .reduce((_, later) -> later)
        .ifPresent(at -> view.put("last_approved_at", KakaopayAnswers.time(at)));
    return view;
  }
}
