package dev.naru.simulator.settle;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Deposits;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.time.Duration;
import java.util.Optional;

/** Virtual accounts of Hecto's API: which may be issued, and how they change. */
final class SettleAccounts {

  private final Till till;
  private final Ledger ledger;

  SettleAccounts(Till till) {
    this.till = till;
    this.ledger = till.ledger();
  }

  /** Why the account that is asked for is not issued. */
  Optional<Refusal> wrong(SettleAsked asked) {
    String type = asked.get("acntType");
    String bank = asked.get("bankCd");
    if (!type.matches("[123]") || !bank.matches("0\\d\\d") || Cards.bank(digits(bank)).isEmpty()) {
      return refusal("1004", "bankCd 또는 acntType이 올바르지 않습니다.");
    }
    boolean unlimited = type.equals("3");
    String number = asked.open("vAcntNo");
    if (!type.equals("1") && !SettleMerchant.isGiven(bank, number, unlimited)) {
      return refusal("VA21", "가맹점에 할당된 계좌번호가 아닙니다.");
    }
    if (unlimited != (asked.amount("trdAmt") == 0)) {
      return refusal("1005", "거래금액이 올바르지 않습니다.");
    }
    Charge holder = type.equals("1") ? null : ledger.byAccount(number);
    return holder != null && isOpen(holder)
        ? refusal("VA22", "이미 발급되어 입금을 기다리는 계좌입니다.")
        : Optional.empty();
  }

  private boolean isOpen(Charge charge) {
    Account account = charge.means().account();
    return charge.status() == Status.WAITING
        && account != null
        && account.due().isAfter(till.now());
  }

  Account wanted(SettleAsked asked) {
    return new Account(
        digits(asked.get("bankCd")),
        asked.get("acntType").equals("1") ? Numbers.digits(14) : asked.open("vAcntNo"),
        asked.get("dpstrNm"),
        Seoul.due(asked.get("expireDate"), asked.now().plus(Duration.ofDays(7))),
        "");
  }

  /** Amount and deadline, as long as nobody has paid. */
  Answer change(SettleAsked asked) {
    String number = asked.open("vAcntNo");
    Charge known = ledger.byAccount(number);
    if (known == null || !known.order().merchant().equals(asked.merchant().mid())) {
      return SettleAnswers.refused(asked, SettleApi.NO_TRADE);
    }
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = ledger.byAccount(number);
          Account account = charge == null ? null : charge.means().account();
          if (charge == null || account == null || charge.status() != Status.WAITING) {
            return SettleApi.refused(asked, "VA23", "입금을 기다리는 계좌가 아닙니다.");
          }
          long amount = asked.amount("trdAmt");
          if (!asked.get("acntType").equals(charge.order().more("acntType"))
              || Deposits.unlimited(charge) != (amount == 0)) {
            return SettleApi.refused(asked, "1005", "거래금액 또는 acntType이 올바르지 않습니다.");
          }
          Account later = account.until(Seoul.due(asked.get("expireDate"), account.due()));
          Order order = charge.order();
          Order changed =
              new Order(order.merchant(), order.id(), amount, order.name(), order.more());
          Charge after = ledger.save(charge.with(changed).with(charge.means().withAccount(later)));
          return SettleAnswers.account(asked, after, later);
        });
  }

  /** Banks have three digits at Hecto, two in the simulators' table. */
  private static String digits(String bank) {
    return bank.substring(1);
  }

  private static Optional<Refusal> refusal(String code, String text) {
    return Optional.of(new Refusal(200, code, text));
  }
}
