package dev.naru.payment;

import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Money;
import dev.naru.promotion.Benefit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a purchase is ever another in a copy. */
final class Draft {

  private final Purchase from;
  Money amount;
  boolean escrow;
  Buyer buyer;
  List<String> noticeUrls;
  List<Long> endpoints;
  @Nullable String confirmUrl;
  Purchase.@Nullable Usage usage;
  @Nullable String customerId;
  Wishes wishes;
  @Nullable String promotionId;
  @Nullable Benefit benefit;

  Draft(Purchase from) {
    this.from = from;
    amount = from.amount();
    escrow = from.escrow();
    buyer = from.buyer();
    noticeUrls = from.noticeUrls();
    endpoints = from.endpoints();
    confirmUrl = from.confirmUrl();
    usage = from.usage();
    customerId = from.customerId();
    wishes = from.wishes();
    promotionId = from.promotionId();
    benefit = from.benefit();
  }

  Purchase purchase() {
    return new Purchase(
        from.merchantUid(),
        from.name(),
        amount,
        from.tax(),
        from.method(),
        from.quota(),
        escrow,
        buyer,
        from.customData(),
        noticeUrls,
        endpoints,
        confirmUrl,
        from.origin(),
        from.customerUid(),
        usage,
        customerId,
        wishes,
        promotionId,
        benefit);
  }
}
