package dev.naru.simulator.settle;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Giving back at Hecto: cancels, refunds of what came in on accounts, and closing accounts. */
final class SettleCancels {

  private final Till till;
  private final Ledger ledger;

  SettleCancels(Till till) {
    this.till = till;
    this.ledger = till.ledger();
  }

  private @Nullable Charge charge(SettleAsked asked) {
    Charge charge = ledger.byTid(asked.get("orgTrdNo"));
    return charge != null && charge.order().merchant().equals(asked.merchant().mid())
        ? charge
        : null;
  }

  /** Under the order's lock, if there is such a trade. */
  private Answer about(SettleAsked asked, Function<Charge, Answer> work) {
    Charge known = charge(asked);
    return known == null
        ? SettleAnswers.refused(asked, SettleApi.NO_TRADE)
        : ledger.locked(
            known.order().id(),
            () -> {
              Charge charge = charge(asked);
              return work.apply(charge == null ? known : charge);
            });
  }

  /**
   * @param refund to an account, which is for what came in on one
   */
  Answer cancel(SettleAsked asked, boolean refund) {
    Answer unsound = SettleApi.unsound(asked, "cnclAmt");
    return unsound != null ? unsound : about(asked, charge -> cancel(asked, charge, refund));
  }

  private Answer cancel(SettleAsked asked, Charge charge, boolean refund) {
    Optional<Refusal> wrong = wrong(asked, charge, refund);
    if (wrong.isPresent()) {
      return SettleAnswers.refused(asked, wrong.get());
    }
    long amount = asked.amount("cnclAmt");
    return till.cancel(
        charge,
        amount,
        asked.get("cnclRsn"),
        "",
        Settle.voice(
            done -> SettleAnswers.cancelled(asked, done, amount),
            refusal -> SettleAnswers.refused(asked, refusal)));
  }

  private static Optional<Refusal> wrong(SettleAsked asked, Charge charge, boolean refund) {
    boolean account = charge.means().method() == Method.VBANK;
    if (!asked.operation().equals(SettleAnswers.method(charge.means().method()) + "/C0")
        || account != refund) {
      return refusal("1003", "method 또는 bizType이 거래와 다릅니다.");
    }
    if (charge.status() == Status.CANCELLED) {
      return refusal("ST25", "이미 취소된 거래입니다.");
    }
    if (!charge.paid()) {
      return Optional.of(SettleApi.NO_TRADE);
    }
    if (charge.cancelIs(Stage.PENDING)) {
      return refusal("ST38", "앞선 취소 요청을 처리하고 있습니다.");
    }
    if (!asked.get("cnclOrd").equals("%03d".formatted(charge.cancels().size() + 1))) {
      return refusal("ST56", "취소회차(cnclOrd)가 올바르지 않습니다.");
    }
    long amount = asked.amount("cnclAmt");
    if (amount <= 0 || amount > charge.balance()) {
      return refusal("ST57", "취소 가능 금액을 초과했습니다.");
    }
    boolean sound =
        !refund
            || (asked.open("refundAcntNo").matches("\\d{6,20}")
                && asked.get("refundBankCd").matches("\\d{3}")
                && !asked.get("refundDpstrNm").isEmpty());
    return sound ? Optional.empty() : refusal("VA31", "환불계좌 정보가 올바르지 않습니다.");
  }

  /** Closes an account that nobody has paid into. */
  Answer close(SettleAsked asked) {
    return about(
        asked,
        charge -> {
          Charge.Account account = charge.means().account();
          if (charge.status() == Status.CANCELLED) {
            return SettleApi.refused(asked, "ST25", "이미 취소된 거래입니다.");
          }
          if (charge.status() != Status.WAITING
              || account == null
              || !asked.open("vAcntNo").equals(account.number())) {
            return SettleApi.refused(asked, "VA23", "입금을 기다리는 계좌가 아니어서 취소할 수 없습니다.");
          }
          Cancel whole =
              new Cancel(Numbers.token(20), charge.balance(), "채번취소", asked.now(), Stage.DONE, "");
          ledger.save(charge.with(whole).as(Status.CANCELLED, null));
          return SettleAnswers.done(asked, asked.tid("VA"), new LinkedHashMap<>());
        });
  }

  private static Optional<Refusal> refusal(String code, String text) {
    return Optional.of(new Refusal(200, code, text));
  }
}
