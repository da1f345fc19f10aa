package dev.naru.connector.order;

import dev.naru.kernel.Money;
import java.time.Instant;

/**
 * What a PG is asked to charge: one attempt of a payment. The same attempt always has the same
 * {@code id}, which the PG gets as its order id.
 *
 * @param id 20 characters of 0-9 A-Z
 * @param name title of the order, as the buyer sees it
 * @param method V1's pay_method
 * @param tax tax-free part and explicit VAT
 * @param quota months of instalment, 0 for a lump sum
 * @param escrow a third party keeps the money until the goods have come
 * @param at when the attempt was made
 * @param wishes what only some PGs read
 */
public record Order(
    String id,
    String name,
    String method,
    Money amount,
    Tax tax,
    Buyer buyer,
    int quota,
    boolean escrow,
    Instant at,
    Wishes wishes) {

  /** The same with other wishes. */
  public Order with(Wishes other) {
    return new Order(id, name, method, amount, tax, buyer, quota, escrow, at, other);
  }

  /** The same of another amount. */
  public Order with(Money other) {
    return new Order(id, name, method, other, tax, buyer, quota, escrow, at, wishes);
  }

  /** The same with other tax parts. */
  public Order with(Tax other) {
    return new Order(id, name, method, amount, other, buyer, quota, escrow, at, wishes);
  }

  /** The same made at another time. */
  public Order at(Instant other) {
    return new Order(id, name, method, amount, tax, buyer, quota, escrow, other, wishes);
  }
}
