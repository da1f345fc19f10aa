package dev.naru.api.payment;

import static dev.naru.billing.Refusal.CARD_REFUSED;

import dev.naru.aftercare.CashReceipts;
import dev.naru.api.wire.Envelope;
import dev.naru.connector.Decline;
import dev.naru.kernel.Failed;
import dev.naru.payment.Payment;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Payments as V1 shows them, with what other parts know of them. Only for payments in cash is
 * anything asked: the rest cost nothing.
 */
@Component
public class PaymentViews {

  private static final Set<String> CASH = Set.of("trans", "vbank");

  private final CashReceipts receipts;

  PaymentViews(CashReceipts receipts) {
    this.receipts = receipts;
  }

  PaymentView of(Payment payment) {
    return of(List.of(payment)).getFirst();
  }

  /** Payments of one merchant. */
  List<PaymentView> of(List<Payment> payments) {
    List<String> inCash =
        payments.stream().filter(PaymentViews::isInCash).map(p -> p.impUid().value()).toList();
    Set<String> receipted =
        inCash.isEmpty() ? Set.of() : receipts.issued(payments.getFirst().merchantId(), inCash);
    return payments.stream()
        .map(payment -> PaymentView.of(payment, receipted.contains(payment.impUid().value())))
        .toList();
  }

  private static boolean isInCash(Payment payment) {
    return payment.state() instanceof Payment.State.Paid paid
        && CASH.contains(paid.approval().method());
  }

  /** A decline is an answer like any other, unless the card data itself was wrong. */
  public static Envelope ofCharge(Payment payment) {
    if (payment.state() instanceof Payment.State.Failed(Decline decline, var at)
        && decline.reason().isCardData()) {
      throw Failed.refusedByPg(CARD_REFUSED, decline.why());
    }
    return Envelope.of(PaymentView.of(payment));
  }
}
