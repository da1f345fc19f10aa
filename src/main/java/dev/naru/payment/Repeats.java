package dev.naru.payment;

import dev.naru.connector.Approval;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import java.util.Optional;
import java.util.function.Function;

/**
 * Knows how to charge again what a node had begun when it died, without anybody who asks: only the
 * resolver may use it, once the PG has proved that nothing was charged.
 */
public interface Repeats {

  /** The call that charges this payment; empty if whoever asked for it has to ask again. */
  Optional<Function<Order, Outcome<Approval>>> of(Payment payment);
}
