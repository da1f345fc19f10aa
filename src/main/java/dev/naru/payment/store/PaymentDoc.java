package dev.naru.payment.store;

import dev.naru.connector.Approval;
import dev.naru.connector.Decline;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.PersonalWishes;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Money;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.promotion.Benefit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a payment stands in its document; amounts, times and the buyer have columns. A document
 * that an earlier version wrote is read for ever.
 *
 * @param endpoints null in older documents, and if the payment named its URLs
 * @param customData as {@code account}: in clear in older documents, sealed in {@code kept} since
 * @param wishes null if nothing is asked for; what is personal in it as {@code customData}
 * @param options what is now {@code customerId}, {@code wishes} and {@code promotionId}, as V1's
 *     parameters: in older documents alone
 * @param kept what is personal, sealed; null for nothing
 * @param accountKey by which a sealed account is found
 */
public record PaymentDoc(
    String name,
    long taxFree,
    @Nullable Long vat,
    String method,
    int quota,
    boolean escrow,
    @Nullable String customData,
    List<String> noticeUrls,
    @Nullable List<Long> endpoints,
    @Nullable String confirmUrl,
    Purchase.Origin origin,
    Purchase.@Nullable Usage usage,
    @Nullable String customerId,
    @Nullable Wishes wishes,
    @Nullable String promotionId,
    @Nullable Map<String, String> options,
    @Nullable Benefit benefit,
    String provider,
    String mid,
    boolean sandbox,
    @Nullable Approval approval,
    @Nullable Decline decline,
    @Nullable String kept,
    @Nullable String accountKey) {

  /** What of a document is personal: sealed, as one field. Older rows have it in clear. */
  record Kept(
      @Nullable String customData,
      Approval.@Nullable Account account,
      @Nullable PersonalWishes wishes) {}

  public static PaymentDoc of(Payment payment, @Nullable String kept, @Nullable String accountKey) {
    Purchase purchase = payment.purchase();
    Payment.Via via = payment.via();
    return new PaymentDoc(
        purchase.name(),
        purchase.tax().free(),
        purchase.tax().vat(),
        purchase.method(),
        purchase.quota(),
        purchase.escrow(),
        null,
        purchase.noticeUrls(),
        purchase.endpoints().isEmpty() ? null : purchase.endpoints(),
        purchase.confirmUrl(),
        purchase.origin(),
        purchase.usage(),
        purchase.customerId(),
        purchase.wishes().with((PersonalWishes) null).orNull(),
        purchase.promotionId(),
        null,
        purchase.benefit(),
        via.provider(),
        via.mid(),
        via.sandbox(),
        payment.approval().map(Approval::withoutMemo).map(Approval::withoutAccount).orElse(null),
        payment.state() instanceof Payment.State.Failed(Decline decline, Instant at)
            ? decline
            : null,
        kept,
        accountKey);
  }

  /** The same with what was sealed. */
  PaymentDoc with(Kept opened) {
    return new PaymentDoc(
        name,
        taxFree,
        vat,
        method,
        quota,
        escrow,
        opened.customData(),
        noticeUrls,
        endpoints,
        confirmUrl,
        origin,
        usage,
        customerId,
        opened.wishes() == null
            ? wishes
            : (wishes == null ? Wishes.none() : wishes).with(opened.wishes()),
        promotionId,
        options,
        benefit,
        provider,
        mid,
        sandbox,
        approval == null || opened.account() == null ? approval : approval.with(opened.account()),
        decline,
        null,
        null);
  }

  public Purchase purchase(
      String merchantUid, Money amount, Buyer buyer, @Nullable String customerUid) {
    V1Parameters earlier = new V1Parameters(options == null ? Map.of() : options);
    return new Purchase(
        merchantUid,
        name,
        amount,
        new Tax(taxFree, vat),
        method,
        quota,
        escrow,
        buyer,
        customData,
        noticeUrls,
        endpoints == null ? List.of() : endpoints,
        confirmUrl,
        origin,
        customerUid,
        usage,
        customerId == null ? earlier.customerId() : customerId,
        wishes == null ? earlier.wishes() : wishes,
        promotionId == null ? earlier.promotionId() : promotionId,
        benefit);
  }
}
