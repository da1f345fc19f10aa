package dev.naru.simulator.emulated;

import dev.naru.simulator.emulated.EmulatedCharges.Checked;
import dev.naru.simulator.emulated.EmulatedCharges.Plan;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.util.Map;

/**
 * Welfare points of an emulated PG. Anybody has some, by any password but one; a magic number as
 * the user's name behaves as the card of that number.
 */
final class EmulatedWelfare implements EmulatedDesk {

  /** What everybody begins with. */
  private static final long POINTS = 100_000;

  /** The password that is nobody's. */
  private static final String WRONG = "wrong";

  private final Till till;
  private final EmulatedCharges charges;

  EmulatedWelfare(Till till) {
    this.till = till;
    charges = new EmulatedCharges(till);
  }

  @Override
  public Till till() {
    return till;
  }

  @Override
  public Answer handle(Asked asked) {
    return switch (asked.operation()) {
      case "welfare.balance" -> balance(asked);
      // One after the other, so that nobody spends the same points twice.
      case "welfare.pay" -> {
        synchronized (this) {
          yield charges.charge(asked, () -> check(asked));
        }
      }
      default -> charges.common(asked);
    };
  }

  private Answer balance(Asked asked) {
    Effect effect = Cards.effect(asked.text("user"));
    if (asked.text("user").isBlank() || asked.text("password").isBlank()) {
      return Emulation.badRequest();
    }
    if (asked.text("password").equals(WRONG) || effect.declines()) {
      return EmulatedCharges.refused(
          EmulatedCharges.CODES.of(asked.text("password").equals(WRONG) ? Effect.PIN : effect));
    }
    if (effect == Effect.TIMEOUT) {
      return new Answer.Silence();
    }
    return Emulation.ok("", Map.of("points", left(asked)));
  }

  private Checked check(Asked asked) {
    if (asked.text("user").isBlank() || asked.text("password").isBlank()) {
      return Checked.no("bad_request", "요청 값이 올바르지 않습니다.");
    }
    if (asked.text("password").equals(WRONG)) {
      return Checked.no("wrong_pin", "비밀번호가 맞지 않습니다.");
    }
    if (asked.fields().path("amount").asLong(0) > left(asked)) {
      return Checked.no("insufficient_balance", "포인트가 모자랍니다.");
    }
    String test = asked.text("member_code").isEmpty() ? "true" : "false";
    Means means = new Means(Method.TRANSFER, Cards.effect(asked.text("user")), null, null, null);
    return Checked.fine(new Plan(means, Map.of(Charge.OWNER, owner(asked), "test", test)));
  }

  private long left(Asked asked) {
    String owner = owner(asked);
    return POINTS - till.ledger().ofGroup(Charge.OWNER, owner).mapToLong(Charge::balance).sum();
  }

  /** Who it is, without saying so: the book names nobody. */
  private static String owner(Asked asked) {
    return Digests.sha256(asked.account() + "/" + asked.text("user"));
  }
}
