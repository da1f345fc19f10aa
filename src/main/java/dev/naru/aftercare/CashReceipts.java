package dev.naru.aftercare;

import dev.naru.aftercare.CashReceipt.Sale;
import dev.naru.aftercare.CashReceipt.State;
import dev.naru.aftercare.CashReceipt.Terms;
import dev.naru.aftercare.CashReceipt.Who;
import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.Ends;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.kernel.Why;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Payments;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Issues cash receipts and takes them back: the intent is committed before the PG is called, and
 * one that nobody knows the end of is repeated if the PG takes that, else never issued again.
 */
@Component
public class CashReceipts {

  private static final Set<String> CASH = Set.of("trans", "vbank");

  private final CashReceiptStore store;
  private final Channels channels;
  private final CashReceiptCalls calls;
  private final HubClock clock;
  private final Ids ids;

  CashReceipts(
      CashReceiptStore store, Channels channels, CashReceiptCalls calls, HubClock clock, Ids ids) {
    this.store = store;
    this.channels = channels;
    this.calls = calls;
    this.clock = clock;
    this.ids = ids;
  }

  /** A sale that no payment of ours knows. */
  public record Outside(String merchantUid, String name, Money amount) {}

  /**
   * Issues a receipt over what is left of a payment.
   *
   * @throws Failed invalid if it is not paid in cash, or has a receipt; unsupported; PG error if
   *     the PG refused, or if it is not known yet whether it issued it
   */
  public CashReceipt issue(Merchant merchant, Payment payment, ReceiptRequest request) {
    if (!CASH.contains(method(payment))) {
      throw Failed.invalid(Refusal.NOT_CASH);
    }
    if (!(payment.state() instanceof Payment.State.Paid)) {
      throw Failed.invalid(Refusal.RECEIPT_NOT_PAID);
    }
    if (payment.cancelRunning().isPresent()) {
      throw Failed.invalid(Refusal.RECEIPT_DURING_CANCEL);
    }
    Money left = payment.cancelable();
    if (left.isZero()) {
      throw Failed.invalid(Refusal.RECEIPT_NOTHING_LEFT);
    }
    Payments.requireWon(payment.purchase());
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    channel.require(Receipts.class);
    Terms terms = request.terms(payment.purchase().name(), left, clock.instant());
    CashReceipt calling =
        fresh(merchant, channel, Sale.of(payment.impUid().value()), terms, request);
    return issue(channel, calling, payment);
  }

  /**
   * Issues a receipt for a sale outside.
   *
   * @throws Failed invalid if its merchant_uid has a receipt; else as above
   */
  public CashReceipt issue(
      Merchant merchant, Channel channel, Outside sale, ReceiptRequest request) {
    channel.require(Receipts.class);
    Terms terms = request.terms(sale.name(), sale.amount(), clock.instant());
    CashReceipt calling =
        fresh(merchant, channel, Sale.outside(sale.merchantUid()), terms, request);
    return issue(channel, calling, null);
  }

  /**
   * The receipt of a sale, valid or taken back.
   *
   * @throws Failed not found if there is none, or not known to be yet
   */
  public CashReceipt get(long merchantId, Sale sale) {
    CashReceipt known =
        store.of(merchantId, sale).orElseThrow(() -> new Failed(new Failure.NotFound(none(sale))));
    if (known.state() instanceof State.Open) {
      throw Failed.notFound(Refusal.RECEIPT_UNDECIDED);
    }
    return known;
  }

  /** The receipt of a sale however it stands; empty if none was asked for. */
  public Optional<CashReceipt> find(long merchantId, Sale sale) {
    return store.of(merchantId, sale);
  }

  /** Whether a payment was made in cash, as far as receipts are concerned. */
  public static boolean isOf(Payment payment) {
    return payment.state() instanceof Payment.State.Paid && CASH.contains(method(payment));
  }

  /** Which of these payments have a receipt that is valid now. */
  public Set<String> issued(long merchantId, Collection<String> impUids) {
    return impUids.isEmpty() ? Set.of() : store.issued(merchantId, impUids);
  }

  /**
   * Takes a receipt back.
   *
   * @throws Failed invalid if there is no valid one; PG error if the PG refused, or its answer is
   *     not known: then it is repeated until it is
   */
  public CashReceipt revoke(long merchantId, Sale sale) {
    CashReceipt known =
        store.of(merchantId, sale).orElseThrow(() -> new Failed(new Failure.Invalid(none(sale))));
    Receipted receipt =
        switch (known.state()) {
          case State.Issued(Receipted issued) -> issued;
          case State.Revoked revoked -> throw Failed.invalid(Refusal.RECEIPT_REVOKED);
          case State.Revoking revoking -> throw Failed.invalid(Refusal.REVOKE_UNDECIDED);
          case State.Open open -> throw Failed.invalid(Refusal.RECEIPT_UNDECIDED);
          case State.Refused refused -> throw new Failed(new Failure.Invalid(none(sale)));
        };
    Channel channel = channels.get(merchantId, known.channelKey());
    Receipts pg = channel.require(Receipts.class);
    CashReceipt revoking = known.as(new State.Revoking(receipt));
    Lease lease = calls.lease();
    if (!store.update(known, revoking, calls.leaseEnd())) {
      throw Failed.invalid(Refusal.REVOKE_UNDECIDED);
    }
    CashReceipt after = calls.revoke(pg, revoking, false, lease);
    if (after.state() instanceof State.Revoking) {
      throw Failed.pgError(Refusal.REVOKE_UNANSWERED);
    }
    return after;
  }

  private CashReceipt issue(Channel channel, CashReceipt calling, @Nullable Payment payment) {
    Lease lease = calls.lease();
    switch (store.insert(calling, payment, calls.leaseEnd())) {
      case DONE -> {}
      case TAKEN -> throw taken(calling);
      case CHANGED -> throw Failed.invalid(Refusal.PAYMENT_CHANGED);
    }
    Receipts pg = channel.require(Receipts.class);
    CashReceipt after = calls.issue(pg, calling, lease);
    if (after.state() instanceof State.Open) {
      throw Failed.pgError(
          pg.receiptEnds() == Ends.NONE ? Refusal.RECEIPT_UNKNOWN : Refusal.RECEIPT_UNANSWERED);
    }
    return after;
  }

  private CashReceipt fresh(
      Merchant merchant, Channel channel, Sale sale, Terms terms, ReceiptRequest request) {
    return new CashReceipt(
        merchant.id(),
        ids.orderId(merchant.slot()),
        sale,
        channel.key(),
        terms,
        new State.Open(new Who(request.identifier(), request.buyer()), false),
        0,
        0);
  }

  /** Why a sale cannot have another receipt now. */
  private Failed taken(CashReceipt calling) {
    boolean open =
        store.of(calling.merchantId(), calling.sale()).stream()
            .anyMatch(known -> known.state() instanceof State.Open);
    return Failed.invalid(open ? Refusal.RECEIPT_UNDECIDED : Refusal.RECEIPT_KNOWN);
  }

  /** In V1's words. */
  private static Why none(Sale sale) {
    return sale.impUid() == null
        ? Refusal.NO_RECEIPT_OF_ORDER.with(String.valueOf(sale.merchantUid()))
        : Refusal.NO_RECEIPT_OF_PAYMENT.with(sale.impUid());
  }

  private static String method(Payment payment) {
    return payment.approval().map(approval -> approval.method()).orElse("");
  }
}
