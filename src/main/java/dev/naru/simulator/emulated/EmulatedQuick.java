package dev.naru.simulator.emulated;

import dev.naru.simulator.emulated.EmulatedCharges.Checked;
import dev.naru.simulator.emulated.EmulatedCharges.Plan;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Entry.KeyStage;
import dev.naru.simulator.kit.book.Entry.Registered;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shop's own easy pay at an emulated PG: its register of members, what they agreed to, and their
 * prepaid money. A magic number as the member's id behaves as the card of that number.
 */
final class EmulatedQuick implements EmulatedDesk {

  /** In every account's register from the beginning. */
  private static final String FIRST = "naru-member";

  /** What every member begins with. */
  private static final long MONEY = 1_000_000;

  /** The card behind every key for automatic payment. */
  private static final String CARD = "5310700000000000";

  private final Till till;
  private final Ledger ledger;
  private final EmulatedCharges charges;

  EmulatedQuick(Till till) {
    this.till = till;
    this.ledger = till.ledger();
    charges = new EmulatedCharges(till);
  }

  @Override
  public Till till() {
    return till;
  }

  @Override
  public synchronized Answer handle(Asked asked) {
    return switch (asked.operation()) {
      case "quick.member.join" -> join(asked);
      case "quick.member.delete" -> delete(asked);
      case "quick.pin.check" -> checkPin(asked);
      case "quick.fido.release" -> release(asked);
      case "quick.autopay.register" -> registerAutopay(asked);
      case "quick.autopay.delete" -> deleteAutopay(asked);
      case "quick.autopay.pay" -> charges.charge(asked, () -> byKey(asked));
      case "quick.money.pay" -> charges.charge(asked, () -> byMoney(asked));
      default -> charges.common(asked);
    };
  }

  private Answer join(Asked asked) {
    if (!asked.text("member").matches("[0-9A-Za-z_.-]{1,16}")) {
      return Emulation.badRequest();
    }
    save(asked, Map.of("stage", "active", "fido", "true"));
    return Emulation.ok("", Map.of());
  }

  private Answer delete(Asked asked) {
    if (member(asked) != null) {
      save(asked, Map.of("stage", "deleted"));
    }
    return Emulation.ok("", Map.of());
  }

  private Answer release(Asked asked) {
    Registered member = member(asked);
    if (member == null) {
      return unknownMember();
    }
    if (Cards.effect(asked.text("member")) == Effect.TIMEOUT) {
      return new Answer.Silence();
    }
    if (!member.fact("fido").equals("true")) {
      return Emulation.declined("no_fido", "등록된 FIDO 정보가 없습니다.");
    }
    save(asked, Map.of("stage", "active", "fido", "false"));
    return Emulation.ok("", Map.of());
  }

  /** Asked again with the same id, the same PIN check is answered. */
  private Answer checkPin(Asked asked) {
    if (member(asked) == null) {
      return unknownMember();
    }
    Registered known = ledger.registered("pin-of", asked.id());
    String pin = known == null ? Numbers.token(24) : known.fact("pin");
    if (known == null) {
      ledger.save(
          new Registered("pin-of", asked.id(), Map.of("pin", pin)),
          new Registered("pin", pin, Map.of("member", place(asked), "order", "")));
    }
    return Emulation.ok("", Map.of("pin_check", pin));
  }

  private Answer registerAutopay(Asked asked) {
    if (member(asked) == null) {
      return unknownMember();
    }
    Registered known = ledger.registered("autopay-of", asked.id());
    String key = known == null ? Numbers.token(32) : known.fact("key");
    Means means = means(asked.text("member"));
    if (known == null) {
      ledger.save(
          new Registered("autopay-of", asked.id(), Map.of("key", key)),
          new Entry.Key(key, asked.account(), asked.text("member"), means, KeyStage.ACTIVE));
    }
    return Emulation.ok("", Map.of("key", key, "card", card(Cards.face(CARD, 0))));
  }

  private static Means means(String member) {
    return new Means(Method.CARD, Cards.effect(member), Cards.face(CARD, 0), null, null);
  }

  private Answer deleteAutopay(Asked asked) {
    Entry.Key key = key(asked);
    if (key == null) {
      return Emulation.declined("key_unusable", "사용할 수 없는 자동결제 키입니다.");
    }
    if (key.means().effect() == Effect.CANCEL_REFUSED) {
      return EmulatedCharges.refused(EmulatedCharges.CODES.of(Effect.CANCEL_REFUSED));
    }
    ledger.save(key.as(KeyStage.DELETED));
    return Emulation.ok("", Map.of());
  }

  private Checked byKey(Asked asked) {
    Entry.Key key = key(asked);
    if (key == null || member(asked.account(), key.customer()) == null) {
      return Checked.no("key_unusable", "사용할 수 없는 자동결제 키입니다.");
    }
    return Checked.fine(new Plan(key.means(), Map.of()));
  }

  private Checked byMoney(Asked asked) {
    if (member(asked) == null) {
      return Checked.no("unknown_member", "존재하지 않는 회원입니다.");
    }
    Registered pin = ledger.registered("pin", asked.text("pin_check"));
    if (pin == null || !pin.fact("member").equals(place(asked)) || isUsed(pin, asked.id())) {
      return Checked.no("pin_check_unusable", "사용할 수 없는 PIN 인증입니다.");
    }
    if (asked.fields().path("amount").asLong(0) > left(asked)) {
      return Checked.no("insufficient_balance", "선불 잔액이 모자랍니다.");
    }
    ledger.save(
        new Registered("pin", pin.id(), Map.of("member", place(asked), "order", asked.id())));
    Means means = new Means(Method.TRANSFER, Cards.effect(asked.text("member")), null, null, null);
    return Checked.fine(new Plan(means, Map.of(Charge.OWNER, place(asked))));
  }

  private static boolean isUsed(Registered pin, String order) {
    return !pin.fact("order").isEmpty() && !pin.fact("order").equals(order);
  }

  private long left(Asked asked) {
    return MONEY - ledger.ofGroup(Charge.OWNER, place(asked)).mapToLong(Charge::balance).sum();
  }

  private Entry.@Nullable Key key(Asked asked) {
    Entry.Key key = ledger.key(asked.text("key"));
    return key != null && key.stage() == KeyStage.ACTIVE && key.merchant().equals(asked.account())
        ? key
        : null;
  }

  private @Nullable Registered member(Asked asked) {
    return member(asked.account(), asked.text("member"));
  }

  private @Nullable Registered member(String account, String id) {
    String place = account + "/" + id;
    Registered known = ledger.registered("member", place);
    if (known == null && id.equals(FIRST)) {
      return new Registered("member", place, Map.of("stage", "active", "fido", "true"));
    }
    return known != null && known.fact("stage").equals("active") ? known : null;
  }

  private void save(Asked asked, Map<String, String> facts) {
    ledger.save(new Registered("member", place(asked), new HashMap<>(facts)));
  }

  private static String place(Asked asked) {
    return asked.account() + "/" + asked.text("member");
  }

  private static Answer unknownMember() {
    return Emulation.declined("unknown_member", "존재하지 않는 회원입니다.");
  }

  /** As the protocol shows a card; the one behind all keys is of KB, V1's 381. */
  static Map<String, String> card(Cards.Face face) {
    return Map.of("company", "381", "number", face.masked());
  }
}
