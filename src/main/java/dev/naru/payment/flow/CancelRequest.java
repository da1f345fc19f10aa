package dev.naru.payment.flow;

import dev.naru.connector.order.CancelOrder.Goods;
import dev.naru.connector.order.CancelOrder.RefundAccount;
import dev.naru.connector.order.Requester;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks to be cancelled.
 *
 * @param amount in order money, null for all that is left
 * @param checksum what the shop believes is left, null if it does not say
 * @param requester who wants it, null if the shop does not say
 * @param announce whether the shop wants a webhook
 * @param retain V1's retain_promotion: of a discounted payment the rest keeps its rate
 * @param goods the product order it is for, where the PG keeps them; null for the payment as such
 * @param id of the cancel, null for a new one; asked again with the same id, what became of that
 *     cancel is answered, and nothing is cancelled
 */
public record CancelRequest(
    @Nullable Money amount,
    Tax tax,
    @Nullable Money checksum,
    String reason,
    @Nullable RefundAccount refund,
    @Nullable Requester requester,
    boolean announce,
    boolean retain,
    @Nullable Goods goods,
    @Nullable String id) {

  public CancelRequest(
      @Nullable Money amount,
      Tax tax,
      @Nullable Money checksum,
      String reason,
      @Nullable RefundAccount refund,
      boolean announce) {
    this(amount, tax, checksum, reason, refund, null, announce, false, null, null);
  }
}
