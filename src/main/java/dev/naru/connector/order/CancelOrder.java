package dev.naru.connector.order;

import dev.naru.connector.Approval;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.ProductAct;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a PG is asked to give back. The same cancel always has the same {@code id}.
 *
 * @param id unique, at most 60 characters; serves as idempotency key
 * @param no which cancel of its payment it would be, counting from 1 those that were done
 * @param order the attempt that was approved
 * @param memo what its {@link Approval} asked to keep
 * @param left what remains paid after this cancel
 * @param before what was paid before this cancel
 * @param requester who wants it, null if the shop does not say
 * @param goods the product order it is for, null for the payment as such
 * @param reversal whatever was charged must go back, even if it is not {@code amount}
 */
public record CancelOrder(
    String id,
    int no,
    Order order,
    PgRef ref,
    Map<String, String> memo,
    Money amount,
    Tax tax,
    Money before,
    Money left,
    String reason,
    @Nullable RefundAccount refund,
    @Nullable Requester requester,
    @Nullable Goods goods,
    boolean reversal) {

  public CancelOrder {
    memo = Map.copyOf(memo);
  }

  /** Undoes a charge that nobody wants: an approval that came too late, or of another amount. */
  public static CancelOrder reversal(
      Order order, PgRef ref, Map<String, String> memo, String reason) {
    Money zero = Money.zero(order.amount().currency());
    return new CancelOrder(
        "reversal-" + order.id(),
        1,
        order,
        ref,
        memo,
        order.amount(),
        Tax.NONE,
        order.amount(),
        zero,
        reason,
        null,
        null,
        null,
        true);
  }

  /** The same under another key; the first turn is 0. */
  public CancelOrder turn(int turn) {
    return turn == 0
        ? this
        : new CancelOrder(
            id + "-" + turn,
            no,
            order,
            ref,
            memo,
            amount,
            tax,
            before,
            left,
            reason,
            refund,
            requester,
            goods,
            reversal);
  }

  /**
   * What goes back, at PGs that keep product orders.
   *
   * @param product the PG's id of the product order
   * @param verb how: one that refunds
   * @param why V1's code of the reason, null if there is none
   */
  public record Goods(String product, ProductAct.Verb verb, @Nullable String why) {}

  /** The whole payment at once, with nothing cancelled before. */
  public boolean isWhole() {
    return reversal || (left.isZero() && before.equals(order.amount()));
  }

  /** The tax parts of what goes back: of the whole they are the order's, whatever the shop says. */
  public Tax taxBack() {
    return isWhole() ? order.tax() : tax;
  }

  /** Where the money of a virtual account goes back to. {@code bank} is the PG's code. */
  public record RefundAccount(String bank, Secret number, String holder, @Nullable String tel) {}
}
