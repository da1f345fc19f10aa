package dev.naru.connector;

import dev.naru.kernel.Money;
import java.util.Optional;

/**
 * What a PG's books say about one order.
 *
 * @param approval empty if it was not approved
 * @param balance what is still paid
 */
public record PgRecord(State state, Optional<Approval> approval, Money balance) {

  /**
   * How an Unknown begins that says: the PG has charged, and nothing tells what it calls the
   * charge.
   */
  public static final String NAMELESS = "charged, by an unknown reference";

  /** Where the order stands at the PG. */
  public enum State {
    /** The PG still works on it. */
    RUNNING,
    /** A virtual account that waits for its deposit. */
    WAITING,
    PAID,
    /** Paid, and cancelled in whole or in part: see the balance. */
    CANCELED,
    /** Refused or expired: never charged, and never will be. */
    DEAD
  }
}
