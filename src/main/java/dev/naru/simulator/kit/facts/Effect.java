package dev.naru.simulator.kit.facts;

/** What a magic card or phone, or an outcome picked in a window, makes a simulator do. */
public enum Effect {
  APPROVE,
  REFUSED,
  LIMIT,
  BALANCE,
  LOST,
  EXPIRED,
  PIN,
  IDENTITY,
  NUMBER,
  SUSPENDED,
  INSTALMENT,
  FRAUD,
  UNREACHABLE,
  TIMEOUT,
  ANSWER_LOST,
  LATE,
  GARBLED,
  SLOW,
  CANCEL_TIMEOUT,
  CANCEL_ANSWER_LOST,
  CANCEL_LATE,
  CANCEL_GARBLED,
  CANCEL_REFUSED,
  AFTER_TIMEOUT,
  AFTER_ANSWER_LOST,
  AFTER_REFUSED,
  CONFIRM_TIMEOUT,
  CONFIRM_ANSWER_LOST,
  CONFIRM_GARBLED;

  /** The PG says no. */
  public boolean declines() {
    return compareTo(REFUSED) >= 0 && compareTo(UNREACHABLE) <= 0;
  }

  /** The card data itself is wrong: found out before any approval, in a window or at key issue. */
  public boolean invalidCard() {
    return this == NUMBER || this == EXPIRED || this == PIN || this == IDENTITY;
  }
}
