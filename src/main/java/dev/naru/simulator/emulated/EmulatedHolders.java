package dev.naru.simulator.emulated;

import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.util.List;
import java.util.Map;

/**
 * Whose a bank account is: a small register. A magic number as the account's behaves as the card of
 * that number.
 */
final class EmulatedHolders implements EmulatedDesk {

  /** An account somebody has. */
  private record Account(String bank, String number, String holder) {}

  private static final List<Account> ACCOUNTS =
      Cards.rows("emulated/accounts.csv").map(r -> new Account(r[0], r[1], r[2])).toList();
  private static final Refusals CODES = Refusals.of("emulated/codes.csv");

  private final Till till;

  EmulatedHolders(Till till) {
    this.till = till;
  }

  @Override
  public Till till() {
    return till;
  }

  @Override
  public Answer handle(Asked asked) {
    String bank = asked.text("bank");
    String number = asked.text("number");
    boolean sound =
        asked.operation().equals("account.holder")
            && bank.matches("\\d{3}")
            && number.matches("\\d{6,20}");
    if (!sound) {
      return Emulation.badRequest();
    }
    Effect effect = Cards.effect(number);
    if (effect.declines()) {
      Refusal no = CODES.of(effect);
      return Emulation.declined(no.code(), no.text());
    }
    if (effect == Effect.TIMEOUT) {
      return new Answer.Silence();
    }
    return Answer.sent(effect, answer(bank, number));
  }

  private static Answer.Reply answer(String bank, String number) {
    return ACCOUNTS.stream()
        .filter(account -> account.bank().equals(bank) && account.number().equals(number))
        .findFirst()
        .map(account -> Emulation.ok("", Map.of("holder", account.holder())))
        .orElseGet(() -> Emulation.declined("unknown_account", "존재하지 않는 계좌입니다."));
  }
}
