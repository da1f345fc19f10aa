package dev.naru.connector.aftercare;

import dev.naru.connector.PgRef;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.time.Instant;

/**
 * A cash receipt (현금영수증) as a PG is asked for it. The same receipt always has the same {@code id}.
 *
 * @param id 20 characters of 0-9 A-Z; serves as order id and as idempotency key
 * @param name title of the order
 * @param use what the buyer wants it for
 * @param identifier digits: a phone, a tax office card, a resident or a business number
 * @param at when it was first asked for
 */
public record ReceiptOrder(
    String id,
    String name,
    Money amount,
    Tax tax,
    Use use,
    Secret identifier,
    Buyer buyer,
    Instant at) {

  /** V1's type of a receipt. */
  public enum Use {
    /** Income deduction (소득공제). */
    PERSON,
    /** Proof of expenses (지출증빙). */
    COMPANY
  }

  /**
   * Takes an issued receipt back.
   *
   * @param id unique, at most 60 characters; the same when it is asked for again
   * @param orderId the {@link ReceiptOrder}'s
   * @param ref what the PG knows the receipt by
   * @param amount the receipt's
   */
  public record Cancel(String id, String orderId, PgRef ref, Money amount, String reason) {}
}
