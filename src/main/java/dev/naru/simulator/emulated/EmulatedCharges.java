package dev.naru.simulator.emulated;

import dev.naru.simulator.emulated.EmulatedDesk.Asked;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What emulated PGs that charge without a window share: one charge per id, found and given back by
 * {@code payment.find} and {@code payment.cancel}.
 */
final class EmulatedCharges {

  static final Refusals CODES = Refusals.of("emulated/codes.csv");
  private static final Voice<Charge> VOICE =
      new Voice<>(CODES::of, EmulatedCharges::refused, EmulatedCharges::done);
  private static final int LONGEST_NAME = 100;

  final Till till;
  private final Ledger ledger;

  EmulatedCharges(Till till) {
    this.till = till;
    this.ledger = till.ledger();
  }

  /** How something is to be paid, and what else the book keeps of it. */
  record Plan(Means means, Map<String, String> more) {}

  /** What came of looking at a request: a plan to charge by, or why there is none. */
  record Checked(Optional<Plan> plan, Refusal refusal) {

    static Checked fine(Plan plan) {
      return new Checked(Optional.of(plan), new Refusal(200, "", ""));
    }

    static Checked no(String code, String text) {
      return new Checked(Optional.empty(), new Refusal(200, code, text));
    }
  }

  /** Charges an id, once: asked again, what became of it is answered. */
  Answer charge(Asked asked, Supplier<Checked> check) {
    long amount = asked.fields().path("amount").asLong(-1);
    String name = asked.text("name");
    if (amount <= 0 || name.isBlank() || name.length() > LONGEST_NAME) {
      return Emulation.badRequest();
    }
    return ledger.locked(
        asked.id(),
        () -> {
          Charge known = find(asked).orElse(null);
          if (known != null) {
            boolean same =
                known.order().amount() == amount
                    && known.order().more("operation").equals(asked.operation());
            return same ? again(known) : Emulation.declined("duplicate_order", "이미 사용한 주문번호입니다.");
          }
          Checked checked = check.get();
          return checked
              .plan()
              .map(plan -> till.approve(fresh(asked, plan), VOICE))
              .orElseGet(() -> refused(checked.refusal()));
        });
  }

  private Charge fresh(Asked asked, Plan plan) {
    Map<String, String> more = new HashMap<>(plan.more());
    more.put("operation", asked.operation());
    more.put("apply_num", Numbers.digits(8));
    long amount = asked.fields().path("amount").asLong(0);
    String tid = Seoul.compact(till.now()) + Numbers.serial(10);
    return Charge.begun(
        tid,
        new Order(asked.account(), asked.id(), amount, asked.text("name"), more),
        plan.means(),
        till.now());
  }

  private Answer again(Charge charge) {
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED -> till.approve(charge, VOICE);
      case PENDING -> Emulation.running();
      case DECLINED -> {
        Refusal why = charge.course().refusal();
        yield refused(why == null ? CODES.of(Effect.REFUSED) : why);
      }
      case BLOCKED -> Emulation.declined("expired", "기한이 지났거나 폐기된 거래입니다.");
      case WAITING, PAID, PARTLY_CANCELLED, CANCELLED, KEY_ISSUED -> done(charge);
    };
  }

  /** The operations that all charges have. */
  Answer common(Asked asked) {
    return switch (asked.operation()) {
      case "payment.find" -> look(asked);
      case "payment.cancel" -> ledger.locked(asked.id(), () -> cancel(asked));
      default -> Emulation.badRequest();
    };
  }

  Optional<Charge> find(Asked asked) {
    return ledger.latest(asked.account(), asked.id(), charge -> true);
  }

  /** What was swallowed was never heard of. What has yet to happen is told by none of its kind. */
  private Answer look(Asked asked) {
    return find(asked)
        .filter(charge -> charge.status() != Status.SILENCED && charge.status() != Status.PENDING)
        .<Answer>map(EmulatedCharges::done)
        .orElseGet(EmulatedCharges::unknown);
  }

  private Answer cancel(Asked asked) {
    Charge charge = find(asked).orElse(null);
    String id = asked.text("cancel");
    if (charge == null) {
      return unknown();
    }
    if (charge.cancels().stream().anyMatch(cancel -> cancel.replay().equals(id))) {
      return done(charge);
    }
    if (charge.cancelIs(Stage.PENDING)) {
      return Emulation.running();
    }
    long amount = asked.fields().path("amount").asLong(charge.balance());
    return wrong(asked, charge, amount)
        .<Answer>map(EmulatedCharges::refused)
        .orElseGet(() -> till.cancel(charge, amount, asked.text("reason"), id, VOICE));
  }

  private static Optional<Refusal> wrong(Asked asked, Charge charge, long amount) {
    if (charge.status() == Status.CANCELLED) {
      return no("already_cancelled", "이미 취소된 결제입니다.");
    }
    if (!charge.paid()) {
      return no("not_cancelable", "취소할 수 없는 결제입니다.");
    }
    String id = asked.text("cancel");
    if (id.isEmpty() || id.length() > 80 || asked.text("reason").isBlank() || amount <= 0) {
      return no("bad_request", "취소 요청 값이 올바르지 않습니다.");
    }
    if (amount > charge.balance()) {
      return no("over_cancel", "취소할 수 있는 금액을 넘었습니다.");
    }
    boolean part = amount < charge.order().amount();
    return part && charge.means().method() == Method.VBANK
        ? no("not_cancelable", "부분 취소할 수 없는 결제입니다.")
        : Optional.empty();
  }

  private static Optional<Refusal> no(String code, String text) {
    return Optional.of(new Refusal(200, code, text));
  }

  static Answer.Reply unknown() {
    return Emulation.declined("unknown_transaction", "존재하지 않는 거래입니다.");
  }

  static Answer.Reply refused(Refusal refusal) {
    return Emulation.declined(refusal.code(), refusal.text());
  }

  static Answer.Reply done(Charge charge) {
    return Emulation.ok(charge.tid(), fields(charge));
  }

  private static Map<String, Object> fields(Charge charge) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", status(charge));
    fields.put("amount", charge.order().amount());
    fields.put("balance", charge.balance());
    fields.put(
        "at",
        (charge.course().at() == null ? charge.course().opened() : charge.course().at())
            .toString());
    fields.put("apply_num", charge.order().more("apply_num"));
    Charge.Account barcode = charge.means().account();
    if (barcode != null) {
      fields.put("barcode", barcode.number());
      fields.put("expires_at", barcode.due().toString());
    }
    Cards.Face card = charge.means().card();
    if (card != null) {
      fields.put("card", EmulatedQuick.card(card));
    }
    fields.put("cancels", charge.cancels().stream().map(EmulatedCharges::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Cancel cancel) {
    return Map.of(
        "cancel", cancel.replay(),
        "tid", cancel.id(),
        "amount", cancel.amount(),
        "at", cancel.at().toString());
  }

  private static String status(Charge charge) {
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED, PENDING -> "authenticated";
      case WAITING -> "waiting";
      case PAID, KEY_ISSUED -> "paid";
      case PARTLY_CANCELLED, CANCELLED -> "cancelled";
      case DECLINED, BLOCKED -> "dead";
    };
  }
}
