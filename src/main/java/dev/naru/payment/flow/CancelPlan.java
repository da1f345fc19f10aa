package dev.naru.payment.flow;

import dev.naru.connector.Approval;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a cancel that a shop asks for comes to, if it may be.
 *
 * @param id of the cancel
 */
record CancelPlan(CancelRequest request, String id) {

  /**
   * Reserves the money.
   *
   * @param leaseEnds until when the call may run
   * @throws Failed wrong state or invalid if the payment is not to be cancelled so
   */
  Change reserve(Payment payment, Channel channel, Instant now, Instant leaseEnds) {
    check(payment);
    Money left = payment.cancelable();
    Money amount = request.amount() == null ? left : request.amount();
    if (amount.exceeds(left)) {
      throw Failed.wrongState(Refusal.OVER_CANCEL, left.major());
    }
    if (payment.intake().isUnlimited() && payment.intake().giving(amount).isEmpty()) {
      throw Failed.wrongState(Refusal.CANCEL_BY_DEPOSIT);
    }
    if (request.tax().free() > amount.minor()) {
      throw Failed.invalid(Refusal.TAX_FREE_OVER_CANCEL);
    }
    if (request.tax().vat() != null
        && request.tax().vat() + request.tax().free() > amount.minor()) {
      throw Failed.invalid(Refusal.VAT_OVER_CANCEL);
    }
    Means.requireCancel(channel, amount.equals(payment.amount()));
    return payment.cancelCalling(calling(payment, amount, now, leaseEnds));
  }

  private void check(Payment payment) {
    if (!(payment.state() instanceof Payment.State.Paid) || payment.isKeyOnly()) {
      throw Failed.wrongState(Refusal.NOTHING_TO_CANCEL);
    }
    if (payment.canceled().equals(payment.amount())) {
      throw Failed.wrongState(Refusal.ALREADY_CANCELED);
    }
    if (request.checksum() != null && !request.checksum().equals(payment.cancelable())) {
      throw Failed.wrongState(Refusal.CHECKSUM_DIFFERS, payment.cancelable().major());
    }
    payment
        .approval()
        .filter(approval -> isBankAccount(approval.account()) && request.refund() == null)
        .ifPresent(
            account -> {
              throw Failed.invalid(Refusal.REFUND_ACCOUNT_NEEDED);
            });
  }

  /** What was paid at a till goes back the way it came. */
  private static boolean isBankAccount(Approval.@Nullable Account account) {
    return account != null && !account.isBarcode();
  }

  private Cancellation calling(Payment payment, Money amount, Instant now, Instant leaseEnds) {
    Money money = payment.bill().refund(amount, request.retain());
    return new Cancellation(
        payment.cancellations().size() + 1,
        id,
        amount,
        money,
        request.retain(),
        payment.bill().refundTax(request.tax(), amount, money),
        payment.intake().before(amount),
        request.reason(),
        request.refund(),
        request.requester(),
        request.goods(),
        request.announce(),
        Cancellation.State.CALLING,
        null,
        null,
        now,
        null,
        leaseEnds,
        0,
        0,
        null);
  }
}
