package dev.naru.api.payment;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import dev.naru.api.Refusal;
import dev.naru.api.wire.Envelope;
import dev.naru.connector.facts.PgFacts;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Balance;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import dev.naru.payment.store.BalanceStore;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's {@code /payments/{imp_uid}/balance}: what is left of a payment, by instrument and tax. */
@RestController
class BalanceApi {

  private static final Set<String> CASH = Set.of("trans", "vbank");

  private static final Parts NONE =
      new Parts(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  private final PaymentLists payments;
  private final BalanceStore balances;

  BalanceApi(PaymentLists payments, BalanceStore balances) {
    this.payments = payments;
    this.balances = balances;
  }

  /** V1's PaymentBalance: an amount, and what it consists of by instrument. */
  @JsonNaming(SnakeCaseStrategy.class)
  private record View(
      BigDecimal amount,
      Parts cashReceipt,
      Parts primary,
      Parts secondary,
      Parts discount,
      List<History> histories) {}

  @JsonNaming(SnakeCaseStrategy.class)
  private record Parts(BigDecimal taxFree, BigDecimal supply, BigDecimal vat, BigDecimal service) {}

  @JsonNaming(SnakeCaseStrategy.class)
  private record History(
      Parts cashReceipt, Parts primary, Parts secondary, Parts discount, long created) {}

  @GetMapping("/payments/{impUid}/balance")
  Envelope balance(Merchant merchant, @PathVariable String impUid) {
    Payment payment =
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
    // For other PGs V1 says 405.
    if (!PgFacts.of(payment.via().provider()).balance()) {
      throw Failed.wrongMethod(Refusal.NO_BALANCE, payment.via().provider());
    }
    Currency currency = payment.amount().currency();
    BalanceStore.Balances balance = balances.of(payment);
    boolean cash =
        payment.approval().filter(approval -> CASH.contains(approval.method())).isPresent();
    Parts charged = parts(balance.charged().total(), currency);
    // No points are in the ledger: what a promotion did not pay was paid by the instrument itself.
    return Envelope.of(
        new View(
            major(balance.all().total().sum(), currency),
            cash ? charged : NONE,
            charged,
            NONE,
            parts(balance.discount().total(), currency),
            balance.all().movements().stream()
                .map(moved -> history(balance, moved, cash, currency))
                .toList()));
  }

  private static History history(
      BalanceStore.Balances balance, Balance.Movement moved, boolean cash, Currency currency) {
    Parts charged = moved(balance.charged(), moved.eventId(), currency);
    Parts discount = moved(balance.discount(), moved.eventId(), currency);
    return new History(cash ? charged : NONE, charged, NONE, discount, moved.at().getEpochSecond());
  }

  private static Parts moved(Balance of, long eventId, Currency currency) {
    return of.movements().stream()
        .filter(movement -> movement.eventId() == eventId)
        .findFirst()
        .map(movement -> parts(movement.parts(), currency))
        .orElse(NONE);
  }

  private static Parts parts(Balance.Parts parts, Currency currency) {
    return new Parts(
        major(parts.taxFree(), currency),
        major(parts.supply(), currency),
        major(parts.vat(), currency),
        BigDecimal.ZERO);
  }

  private static BigDecimal major(long minor, Currency currency) {
    BigDecimal major = new Money(Math.abs(minor), currency).major();
    return minor < 0 ? major.negate() : major;
  }
}
