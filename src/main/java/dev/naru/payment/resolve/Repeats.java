package dev.naru.payment.resolve;

import dev.naru.connector.Approval;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.Order;
import dev.naru.payment.Payment;
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
