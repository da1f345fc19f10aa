package dev.naru.connector;

import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import java.util.Optional;

/**
 * What a PG's books say about one order.
 *
 * @param approval empty if it was not approved
 * @param balance what is still paid; where parts may have been given back it counts only if {@link
 *     Capability.Cancels#cancelEnds} has an end for partial cancels
 */
public record PgRecord(State state, Optional<Approval> approval, Money balance) {

  /**
   * How an Unknown begins that says: the PG has charged, and nothing tells what it calls the
   * charge.
   */
  public static final String NAMELESS = "charged, by an unknown reference";

  /** The PG still works on it. */
  public static PgRecord running(Order order) {
    return unpaid(State.RUNNING, order);
  }

  /** Never charged, and never will be. */
  public static PgRecord dead(Order order) {
    return unpaid(State.DEAD, order);
  }

  /** An account, or a barcode, that nobody has paid into. */
  public static PgRecord waiting(Approval approval) {
    return new PgRecord(
        State.WAITING, Optional.of(approval), Money.zero(approval.amount().currency()));
  }

  /** Paid, by a PG that tells of cancels by another state. */
  public static PgRecord paid(Approval approval, Money balance) {
    return new PgRecord(State.PAID, Optional.of(approval), balance);
  }

  /** Paid, and cancelled in whole or in part. */
  public static PgRecord canceled(Approval approval, Money balance) {
    return new PgRecord(State.CANCELED, Optional.of(approval), balance);
  }

  /** Paid, by a PG whose books have each cancel: so much was given back, in minor units. */
  public static PgRecord less(Approval approval, long back) {
    Money paid = approval.amount();
    Money balance = paid.minus(new Money(back, paid.currency()));
    return back == 0 ? paid(approval, balance) : canceled(approval, balance);
  }

  /** At a PG whose books tell no more of a virtual account than that nobody has cancelled it. */
  public static PgRecord standing(Approval approval) {
    return new PgRecord(State.STANDING, Optional.of(approval), approval.amount());
  }

  private static PgRecord unpaid(State state, Order order) {
    return new PgRecord(state, Optional.empty(), Money.zero(order.amount().currency()));
  }

  /** Where the order stands at the PG. */
  public enum State {
    /** The PG still works on it. */
    RUNNING,
    /** A virtual account that waits for its deposit. */
    WAITING,
    /**
     * A virtual account that nobody has cancelled; whether it was paid into the books do not tell.
     * The balance is what it is for.
     */
    STANDING,
    PAID,
    /** Paid, and cancelled in whole or in part: see the balance. */
    CANCELED,
    /** Refused or expired: never charged, and never will be. */
    DEAD
  }
}
