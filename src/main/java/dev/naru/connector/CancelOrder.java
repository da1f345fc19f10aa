package dev.naru.connector;

import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a PG is asked to give back. The same cancel always has the same {@code id}.
 *
 * @param id unique, at most 60 characters; serves as idempotency key
 * @param order the attempt that was approved
 * @param memo what its {@link Approval} asked to keep
 * @param left what remains paid after this cancel
 * @param before what was paid before this cancel
 */
public record CancelOrder(
    String id,
    Order order,
    PgRef ref,
    Map<String, String> memo,
    Money amount,
    Tax tax,
    Money before,
    Money left,
    String reason,
    @Nullable RefundAccount refund) {

  public CancelOrder {
    memo = Map.copyOf(memo);
  }

  /** The whole payment at once, with nothing cancelled before. */
  public boolean isWhole() {
    return left.isZero() && before.equals(order.amount());
  }

  /** Where the money of a virtual account goes back to. {@code bank} is the PG's code. */
  public record RefundAccount(String bank, Secret number, String holder, @Nullable String tel) {}
}
