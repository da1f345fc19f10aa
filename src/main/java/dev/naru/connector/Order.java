package dev.naru.connector;

import dev.naru.kernel.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a PG is asked to charge: one attempt of a payment. The same attempt always has the same
 * {@code id}, which the PG gets as its order id.
 *
 * @param id 20 characters of 0-9 A-Z
 * @param name title of the order, as the buyer sees it
 * @param method V1's pay_method
 * @param tax tax-free part and explicit VAT
 * @param quota months of instalment, 0 for a lump sum
 * @param at when the attempt was made
 * @param options the parameters of V1 that only some PGs read, by their V1 names
 */
public record Order(
    String id,
    String name,
    String method,
    Money amount,
    Tax tax,
    Buyer buyer,
    int quota,
    Instant at,
    Map<String, String> options) {

  public Order {
    options = Map.copyOf(options);
  }

  /** An option's value, null if the shop did not send it. */
  public @Nullable String option(String name) {
    return options.get(name);
  }

  public boolean isSet(String option) {
    return "true".equals(options.get(option));
  }
}
