package dev.naru.payment;

import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import dev.naru.promotion.Promotions;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Grants purchases the discounts of the promotions that they name. */
@Component
public class Discounts {

  private final Promotions promotions;

  Discounts(Promotions promotions) {
    this.promotions = promotions;
  }

  /**
   * The purchase with the discount it gets now, if any. That the budget holds it is decided in the
   * commit that opens the payment.
   *
   * @param cardCode V1's code of the card company that will be charged, null if nobody knows
   * @throws Failed invalid if it names a promotion that is not the merchant's, or of another card
   *     company
   */
  public Purchase on(Merchant merchant, Purchase purchase, @Nullable String cardCode) {
    String promotion = purchase.promotionId();
    return promotion == null
        ? purchase
        : promotions
            .grant(merchant.id(), promotion, purchase.amount(), cardCode)
            .map(purchase::with)
            .orElse(purchase);
  }
}
