package dev.naru.api.once;

import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.PaymentLists;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Charges of requests whose {@code Idempotency-Key} was used before by a request that left no
 * answer. That one committed its payment before it called the PG, so what it made can be found: by
 * its merchant_uid, amount and time. If it made none, it never called the PG.
 */
@Component
public class Repetitions {

  private final PaymentLists payments;

  Repetitions(PaymentLists payments) {
    this.payments = payments;
  }

  /** The payment that the lost request made, else a new one. */
  public Payment or(Once once, Purchase purchase, Merchant merchant, Supplier<Payment> charge) {
    Instant since = once.lostSince();
    Optional<Payment> made =
        since == null
            ? Optional.empty()
            : payments
                .first(merchant.id(), purchase.merchantUid(), null, PaymentLists.Sorting.NEWEST)
                .filter(payment -> !payment.startedAt().isBefore(since))
                .filter(payment -> payment.amount().equals(purchase.amount()));
    return once.answering(made.orElseGet(charge));
  }
}
