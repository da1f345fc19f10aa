package dev.naru.payment.store;

import dev.naru.connector.Approval;
import dev.naru.connector.order.Buyer;
import dev.naru.payment.Attempt;
import dev.naru.payment.Deposit;
import dev.naru.payment.Payment;
import dev.naru.payment.notice.NoticeProof;
import org.jspecify.annotations.Nullable;

/** Makes rows of a {@link Payment}; {@link PaymentRows} reads them. */
public record WrittenRows(PaymentRows rows) {

  /** Its document. */
  public PaymentDoc doc(Payment payment) {
    return PaymentDoc.of(
        payment,
        kept(payment),
        payment
            .approval()
            .map(Approval::account)
            .map(account -> rows.accountKey(NoticeProof.digits(account.number())))
            .orElse(null));
  }

  private @Nullable String kept(Payment payment) {
    PaymentDoc.Kept kept =
        new PaymentDoc.Kept(
            payment.purchase().customData(),
            payment.approval().map(Approval::account).orElse(null),
            payment.purchase().wishes().personal());
    return kept.customData() == null && kept.account() == null && kept.wishes() == null
        ? null
        : rows.sealed(
            kept, PaymentRows.place("payment.doc", payment.merchantId(), payment.impUid()));
  }

  byte @Nullable [] buyer(Payment payment) {
    Buyer buyer = payment.purchase().buyer();
    return buyer.equals(Buyer.NONE)
        ? null
        : rows.seal(
            buyer, PaymentRows.place("payment.buyer", payment.merchantId(), payment.impUid()));
  }

  StoredPayment.AttemptRow row(Payment payment, Attempt attempt) {
    String place = PaymentRows.place("attempt.intent", payment.merchantId(), payment.impUid());
    IntentDoc intent = IntentDoc.of(attempt);
    return new StoredPayment.AttemptRow(
        attempt.no(),
        attempt.orderId(),
        PaymentRows.lower(attempt.verb()),
        PaymentRows.lower(attempt.state()),
        attempt.ref() == null ? null : attempt.ref().tid(),
        intent.isEmpty() ? null : rows.sealed(intent, place),
        attempt.startedAt(),
        attempt.decidedAt(),
        attempt.dueAt(),
        attempt.tries(),
        attempt.absent(),
        attempt.why());
  }

  StoredPayment.DepositRow row(Payment payment, Deposit deposit) {
    String depositor = deposit.depositor();
    String place =
        PaymentRows.place("vbank_deposit.depositor", payment.merchantId(), payment.impUid());
    return new StoredPayment.DepositRow(
        deposit.no(),
        deposit.tid(),
        deposit.amount().minor(),
        depositor == null ? null : rows.sealed(depositor, place),
        deposit.at());
  }
}
