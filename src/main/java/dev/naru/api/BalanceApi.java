package dev.naru.api;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Money;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Balance;
import dev.naru.payment.BalanceStore;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentLists;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's {@code /payments/{imp_uid}/balance}: what is left of a payment, by instrument and tax. */
@RestController
class BalanceApi {

  /** The PGs that V1 offers it for; for others it says 405. */
  private static final Set<String> OFFERED = Set.of("payco");

  private static final Set<String> CASH = Set.of("trans", "vbank");

  private final PaymentLists payments;
  private final BalanceStore balances;

  BalanceApi(PaymentLists payments, BalanceStore balances) {
    this.payments = payments;
    this.balances = balances;
  }

  /** V1's PaymentBalance. */
  @JsonNaming(SnakeCaseStrategy.class)
  private record View(
      Parts amount, Parts cashReceipt, Parts primary, Parts secondary, Parts discount) {}

  @JsonNaming(SnakeCaseStrategy.class)
  private record Parts(
      BigDecimal taxFree,
      BigDecimal supply,
      BigDecimal vat,
      BigDecimal service,
      List<History> histories) {}

  @JsonNaming(SnakeCaseStrategy.class)
  private record History(
      BigDecimal taxFree, BigDecimal supply, BigDecimal vat, BigDecimal service, long created) {}

  @GetMapping("/payments/{impUid}/balance")
  Envelope balance(Merchant merchant, @PathVariable String impUid) {
    Payment payment =
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound("존재하지 않는 결제정보입니다."));
    if (!OFFERED.contains(payment.via().provider())) {
      throw new Failed(
          new Failure.WrongMethod(payment.via().provider() + "에서 지원하지 않는 기능입니다. (결제 잔액 조회)"));
    }
    Currency currency = payment.amount().currency();
    BalanceStore.Balances balance = balances.of(payment);
    boolean cash =
        payment.approval().filter(approval -> CASH.contains(approval.method())).isPresent();
    Parts charged = parts(balance.charged(), currency);
    Parts none = parts(null, currency);
    // No points are in the ledger: what a promotion did not pay was paid by the instrument itself.
    return Envelope.of(
        new View(
            parts(balance.all(), currency),
            cash ? charged : none,
            charged,
            none,
            parts(balance.discount(), currency)));
  }

  private static Parts parts(@Nullable Balance balance, Currency currency) {
    if (balance == null) {
      BigDecimal zero = BigDecimal.ZERO;
      return new Parts(zero, zero, zero, zero, List.of());
    }
    Balance.Parts total = balance.total();
    return new Parts(
        major(total.taxFree(), currency),
        major(total.supply(), currency),
        major(total.vat(), currency),
        BigDecimal.ZERO,
        balance.movements().stream().map(moved -> history(moved, currency)).toList());
  }

  private static History history(Balance.Movement moved, Currency currency) {
    Balance.Parts parts = moved.parts();
    return new History(
        major(parts.taxFree(), currency),
        major(parts.supply(), currency),
        major(parts.vat(), currency),
        BigDecimal.ZERO,
        moved.at().getEpochSecond());
  }

  private static BigDecimal major(long minor, Currency currency) {
    BigDecimal major = new Money(Math.abs(minor), currency).major();
    return minor < 0 ? major.negate() : major;
  }
}
