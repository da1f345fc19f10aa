package dev.naru.payment;

import dev.naru.promotion.Benefit;
import org.jspecify.annotations.Nullable;

/**
 * What a payment has of a promotion's budget, in won. It follows from the payment alone, and the
 * promotion's books are written as the difference between two of them: so they cannot be anything
 * but the sums over the payments.
 *
 * @param reserved while money may still come
 * @param spent once it came; less what cancels took from the discount, if the promotion takes it
 *     back
 */
public record BudgetShare(String promotionId, long reserved, long spent) {

  /** Null for a payment without a discount. */
  public static @Nullable BudgetShare of(Payment payment) {
    Benefit benefit = payment.purchase().benefit();
    if (benefit == null) {
      return null;
    }
    return switch (payment.state()) {
      case Payment.State.Ready ready ->
          new BudgetShare(benefit.promotionId(), isHeld(payment) ? benefit.discount() : 0, 0);
      case Payment.State.Waiting waiting ->
          new BudgetShare(benefit.promotionId(), benefit.discount(), 0);
      case Payment.State.Paid paid ->
          new BudgetShare(
              benefit.promotionId(),
              0,
              benefit.restores() ? payment.bill().discountLeft().minor() : benefit.discount());
      case Payment.State.Failed failed -> new BudgetShare(benefit.promotionId(), 0, 0);
    };
  }

  /** A window holds its part for half an hour: so long it is due, see {@link Payment#released}. */
  private static boolean isHeld(Payment payment) {
    Attempt attempt = payment.attempt();
    return attempt.state() != Attempt.State.OPEN || attempt.dueAt() != null;
  }
}
