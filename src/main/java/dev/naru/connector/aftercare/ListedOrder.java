package dev.naru.connector.aftercare;

import dev.naru.connector.PgRef;
import dev.naru.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as it stands in a PG's list.
 *
 * @param orderId the hub's
 * @param balance what is still paid
 * @param openedAt when payment was asked for
 * @param paidAt null if it was not
 */
public record ListedOrder(
    PgRef ref,
    String orderId,
    String name,
    Status status,
    Money amount,
    Money balance,
    Instant openedAt,
    @Nullable Instant paidAt) {

  /** How far it got. */
  public enum Status {
    /** The buyer has yet to pay, or to come back. */
    OPEN,
    PAID,
    PARTLY_CANCELLED,
    CANCELLED,
    /** No money: it issued a billing key. */
    KEY_ISSUED,
    /** Refused, abandoned or too late. */
    FAILED
  }
}
