package dev.naru.attention;

import dev.naru.kernel.Worded;
import dev.naru.kernel.Wording;

/**
 * Kinds of matters that the hub cannot settle alone.
 *
 * <p>{@code about} of a matter is the imp_uid where it concerns a payment, else what is named here.
 */
public enum What implements Worded {
  /** A charge whose outcome the PG does not tell. */
  OUTCOME_UNKNOWN,
  /** A cancel whose outcome the PG does not tell. */
  CANCEL_UNDECIDED,
  /** A cancel that the hub has to make and the PG refuses. */
  CANCEL_REFUSED,
  /** Money that must go back, and that the PG does not give back. */
  REVERSAL_REFUSED,
  /** Money came in for an order that was paid otherwise. */
  PAID_OTHERWISE,
  /** The PG's books cannot be read: of a payment, or of a channel by its key. */
  LOOKUP_FAILS,
  /** The PG's balance of a payment is one that no cancel explains. */
  BALANCE_UNEXPLAINED,
  /** A webhook that nobody took for days. */
  WEBHOOK_GIVEN_UP,
  /** An endpoint that keeps failing, by its address: it is tried rarely. */
  ENDPOINT_PARKED,
  /** Work that fails whenever it is done: of a payment, or a loop by its name. */
  JOB_FAILS,
  /** A PG refuses a channel's credentials; by the channel's key. */
  CREDENTIALS_FAIL,
  /** A clock that differs from ours; by whose it is: a PG's host, or a database. */
  CLOCK_DIFFERS,
  /** The books do not balance, or a row is not what its events say. */
  BOOKS_DIFFER,
  /** A charge that only tested a card, and that is not given back. */
  TEST_CHARGE_STANDS,
  /** A PG that does not answer; by its code. */
  PG_UNREACHABLE,
  /** The PG has charged, and does not tell what it calls the charge. */
  CHARGE_WITHOUT_REFERENCE,
  /** A notice of a PG that cannot be read; by the channel's key. */
  NOTICE_UNREADABLE;

  /** What it is, as the operator is told. */
  public String title() {
    return Wording.KOREAN.of(this);
  }
}
