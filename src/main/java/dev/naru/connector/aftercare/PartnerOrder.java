package dev.naru.connector.aftercare;

import dev.naru.connector.PgRef;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import java.util.List;

/**
 * Receipts for those who share a payment, as a PG is asked for them. The same request always has
 * the same {@code id}.
 *
 * @param id 20 characters of 0-9 A-Z
 * @param paid what the PG knows the payment by
 */
public record PartnerOrder(String id, PgRef paid, List<Share> shares) {

  public PartnerOrder {
    shares = List.copyOf(shares);
  }

  /**
   * What one of them gets.
   *
   * @param businessNumber ten digits
   */
  public record Share(String businessNumber, String company, Money amount, Tax tax) {}

  /**
   * What the PG issued.
   *
   * @param url where the receipts can be read
   */
  public record Issued(PgRef ref, String url) {}
}
