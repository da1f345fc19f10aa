package dev.naru.aftercare;

import dev.naru.aftercare.PartnerReceipt.State;
import dev.naru.connector.AfterSale.PartnerReceipts;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.aftercare.PartnerOrder;
import dev.naru.connector.aftercare.PartnerOrder.Issued;
import dev.naru.connector.aftercare.PartnerOrder.Share;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Payments;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Receipts for those who share a payment (V1 {@code /partners/receipts}). Together they never are
 * about more than is left of it. A request that has no answer is asked again, under its id, before
 * anything else is issued for that payment.
 */
@Component
public class Partners {

  private final PartnerReceiptStore store;
  private final Channels channels;
  private final Payments payments;
  private final HubClock clock;
  private final Ids ids;

  Partners(
      PartnerReceiptStore store, Channels channels, Payments payments, HubClock clock, Ids ids) {
    this.store = store;
    this.channels = channels;
    this.payments = payments;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Has the receipts issued. The same shares are issued once, however often they are asked for;
   * others are issued beside them.
   *
   * @return where they can be read
   * @throws Failed unsupported if the payment's PG has no such receipts; not found if the merchant
   *     has no channel for them; invalid if the payment is not paid, if the shares are more than is
   *     left of it, or if the PG refused; PG error if its answer is not known, or another request
   *     about this payment is under way
   */
  public String issue(Merchant merchant, Payment payment, List<Share> shares) {
    Channel paidBy = channels.get(payment.merchantId(), payment.via().channelKey());
    Channel channel = channels.companion(paidBy, PartnerReceipts.class);
    if (!(payment.state() instanceof Payment.State.Paid) || payment.isKeyOnly()) {
      throw Failed.invalid(Refusal.PARTNERS_NOT_PAID);
    }
    Payments.requireWon(payment.purchase());
    List<PartnerReceipt> known = store.of(payment);
    for (PartnerReceipt open : known) {
      if (open.isOpen()) {
        resume(payment, open, shares);
        return issue(merchant, payment, shares);
      }
    }
    for (PartnerReceipt done : known) {
      if (done.state() == State.ISSUED && done.shares().equals(shares)) {
        return String.valueOf(done.url());
      }
    }
    Lease lease = payments.lease();
    PartnerReceipt calling =
        new PartnerReceipt(
            payment.merchantId(),
            payment.impUid().value(),
            known.size() + 1,
            ids.orderId(merchant.slot()),
            channel.key(),
            shares,
            State.CALLING,
            null,
            payments.leaseEnd());
    requireLeft(payment, known, calling);
    if (!store.insert(calling, payment, clock.instant())) {
      throw busy();
    }
    return settle(calling, lease.ask(() -> call(payment, calling)));
  }

  /** Asks again for what has no answer; what came of it is written, and the caller looks again. */
  private void resume(Payment payment, PartnerReceipt open, List<Share> wanted) {
    Lease lease = payments.lease();
    if (!store.resume(open, clock.instant(), payments.leaseEnd())) {
      throw busy();
    }
    Outcome<Issued> outcome = lease.ask(() -> call(payment, open));
    // That this one was not sent says nothing about the one before it.
    boolean unreachable =
        outcome instanceof Outcome.Declined<Issued>(Decline decline)
            && decline.reason() == Decline.Reason.UNREACHABLE;
    try {
      settle(open, unreachable ? new Outcome.Unknown<>("not reachable") : outcome);
    } catch (Failed refused) {
      if (refused.failure() instanceof Failure.PgError || open.shares().equals(wanted)) {
        throw refused;
      }
    }
  }

  private Outcome<Issued> call(Payment payment, PartnerReceipt calling) {
    return channels
        .get(calling.merchantId(), calling.channelKey())
        .require(PartnerReceipts.class)
        .issueForPartners(
            new PartnerOrder(
                calling.id(), payment.approval().orElseThrow().ref(), calling.shares()));
  }

  private String settle(PartnerReceipt called, Outcome<Issued> outcome) {
    return switch (outcome) {
      case Outcome.Ok<Issued>(Issued issued) -> {
        store.end(called, State.ISSUED, issued, null, clock.instant());
        yield issued.url();
      }
      case Outcome.Declined<Issued>(Decline decline) -> {
        store.end(called, State.REFUSED, null, decline.message(), clock.instant());
        throw new Failed(
            decline.reason() == Decline.Reason.UNREACHABLE
                ? new Failure.PgError(decline.why())
                : new Failure.Invalid(decline.why()));
      }
      case Outcome.Pending<Issued> pending -> throw unanswered(called, "pending");
      case Outcome.Unknown<Issued>(String why) -> throw unanswered(called, why);
    };
  }

  private Failed unanswered(PartnerReceipt called, String why) {
    store.end(called, State.UNKNOWN, null, why, clock.instant());
    return Failed.pgError(Refusal.PARTNERS_NOT_SURE);
  }

  private static void requireLeft(
      Payment payment, List<PartnerReceipt> known, PartnerReceipt calling) {
    Money taken =
        known.stream()
            .filter(receipt -> receipt.state() == State.ISSUED)
            .map(PartnerReceipt::amount)
            .reduce(calling.amount(), Money::plus);
    if (taken.minor() > left(payment)) {
      throw Failed.invalid(Refusal.PARTNERS_OVER_LEFT);
    }
  }

  /** What the PG still has of it, less what is being given back, in won. */
  private static long left(Payment payment) {
    return payment.charged().minor()
        - payment.cancellations().stream()
            .filter(
                cancel -> cancel.state() == Cancellation.State.DONE || cancel.state().isRunning())
            .mapToLong(cancel -> cancel.money().minor())
            .sum();
  }

  /** No final answer, so that no Idempotency-Key keeps it. */
  private static Failed busy() {
    return Failed.pgError(Refusal.ANOTHER_RUNS);
  }
}
