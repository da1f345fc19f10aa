package dev.naru.aftercare;

import dev.naru.aftercare.CashReceipt.Sale;
import dev.naru.aftercare.CashReceipt.State;
import dev.naru.aftercare.CashReceipt.Terms;
import dev.naru.aftercare.CashReceipt.Who;
import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.Buyer;
import dev.naru.connector.Ends;
import dev.naru.connector.ReceiptOrder.Use;
import dev.naru.connector.Receipted;
import dev.naru.connector.Tax;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.Payments;
import java.util.Collection;
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

  /**
   * What a shop asks for.
   *
   * @param identifier digits only
   */
  public record Request(Use use, Secret identifier, Tax tax, Buyer buyer) {}

  /** A sale that no payment of ours knows. */
  public record Outside(String merchantUid, String name, Money amount) {}

  /**
   * Issues a receipt over what is left of a payment.
   *
   * @throws Failed invalid if it is not paid in cash, or has a receipt; unsupported; PG error if
   *     the PG refused, or if it is not known yet whether it issued it
   */
  public CashReceipt issue(Merchant merchant, Payment payment, Request request) {
    if (!CASH.contains(method(payment))) {
      throw Failed.invalid("현금성 결제수단(계좌이체, 가상계좌)만 현금영수증을 발급할 수 있습니다.");
    }
    if (!(payment.state() instanceof Payment.State.Paid)) {
      throw Failed.invalid("결제가 완료되지 않아 현금영수증을 발급할 수 없습니다.");
    }
    if (payment.cancelRunning().isPresent()) {
      throw Failed.invalid("취소 결과를 확인하고 있어 현금영수증을 발급할 수 없습니다. 잠시 후 다시 시도해 주세요.");
    }
    Money left = payment.cancelable();
    if (left.isZero()) {
      throw Failed.invalid("남은 결제 금액이 없어 현금영수증을 발급할 수 없습니다.");
    }
    Payments.requireWon(payment.purchase());
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    channel.require(Receipts.class);
    Terms terms = terms(payment.purchase().name(), left, request);
    CashReceipt calling =
        fresh(merchant, channel, Sale.of(payment.impUid().value()), terms, request);
    return issue(channel, calling, payment);
  }

  /**
   * Issues a receipt for a sale outside.
   *
   * @throws Failed invalid if its merchant_uid has a receipt; else as above
   */
  public CashReceipt issue(Merchant merchant, Channel channel, Outside sale, Request request) {
    channel.require(Receipts.class);
    Terms terms = terms(sale.name(), sale.amount(), request);
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
    CashReceipt known = store.of(merchantId, sale).orElseThrow(() -> Failed.notFound(none(sale)));
    if (known.state() instanceof State.Open) {
      throw Failed.notFound("현금영수증 발급 결과를 확인하고 있습니다.");
    }
    return known;
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
    CashReceipt known = store.of(merchantId, sale).orElseThrow(() -> Failed.invalid(none(sale)));
    Receipted receipt =
        switch (known.state()) {
          case State.Issued(Receipted issued) -> issued;
          case State.Revoked revoked -> throw Failed.invalid("이미 취소된 현금영수증입니다.");
          case State.Revoking revoking -> throw Failed.invalid("현금영수증 취소 결과를 확인하고 있습니다.");
          case State.Open open -> throw Failed.invalid("현금영수증 발급 결과를 확인하고 있습니다.");
          case State.Refused refused -> throw Failed.invalid(none(sale));
        };
    Channel channel = channels.get(merchantId, known.channelKey());
    Receipts pg = channel.require(Receipts.class);
    CashReceipt revoking = known.as(new State.Revoking(receipt));
    Lease lease = calls.lease();
    if (!store.update(known, revoking, calls.leaseEnd())) {
      throw Failed.invalid("현금영수증 취소 결과를 확인하고 있습니다.");
    }
    CashReceipt after = calls.revoke(pg, revoking, false, lease);
    if (after.state() instanceof State.Revoking) {
      throw CashReceiptCalls.pgError("PG사의 응답을 확인할 수 없습니다. 현금영수증 취소 결과를 확인하고 있습니다.");
    }
    return after;
  }

  private CashReceipt issue(Channel channel, CashReceipt calling, @Nullable Payment payment) {
    Lease lease = calls.lease();
    switch (store.insert(calling, payment, calls.leaseEnd())) {
      case DONE -> {}
      case TAKEN -> throw taken(calling);
      case CHANGED -> throw Failed.invalid("결제 정보가 변경되었습니다. 다시 시도해 주세요.");
    }
    Receipts pg = channel.require(Receipts.class);
    CashReceipt after = calls.issue(pg, calling, lease);
    if (after.state() instanceof State.Open) {
      throw CashReceiptCalls.pgError(
          pg.receiptEnds() == Ends.NONE
              ? "PG사의 응답을 확인할 수 없어 현금영수증 발급 여부를 알 수 없습니다. PG사 관리자에서 확인해 주세요."
              : "PG사의 응답을 확인할 수 없습니다. 현금영수증 발급 결과를 확인하고 있습니다.");
    }
    return after;
  }

  private Terms terms(String name, Money amount, Request request) {
    if (request.tax().free() > amount.minor()) {
      throw Failed.invalid("면세 금액(tax_free)은 발급 금액을 초과할 수 없습니다.");
    }
    Long vat = request.tax().vat();
    if (vat != null && vat + request.tax().free() > amount.minor()) {
      throw Failed.invalid("부가세(vat_amount)는 과세 금액을 초과할 수 없습니다.");
    }
    return new Terms(name, amount, request.tax(), request.use(), clock.instant());
  }

  private CashReceipt fresh(
      Merchant merchant, Channel channel, Sale sale, Terms terms, Request request) {
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
    return Failed.invalid(
        open ? "현금영수증 발급 결과를 확인하고 있습니다." : "이미 현금영수증이 발급되었습니다. 취소한 뒤 다시 발급해 주세요.");
  }

  /** In V1's words. */
  private static String none(Sale sale) {
    return sale.impUid() == null
        ? "해당 merchant_uid(%s)로 현금영수증을 발급 한 내역이 존재하지 않습니다.".formatted(sale.merchantUid())
        : "해당 아임포트 고유 번호(%s)로 현금영수증을 발급 한 내역이 존재하지 않습니다.".formatted(sale.impUid());
  }

  private static String method(Payment payment) {
    return payment.approval().map(approval -> approval.method()).orElse("");
  }
}
