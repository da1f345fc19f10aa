package dev.naru.console.payment;

import dev.naru.kernel.Cause;

/** Why what a person wants of a payment is not done. */
enum Refusal implements Cause {
  NO_PAYMENT,
  WRONG_AMOUNT,
  WRONG_TAX,
  LEFT_CHANGED,
  ACCOUNT_IN_PART,
  WRONG_IDENTIFIER,
  DELIVERY_IN_PART,
  WRONG_TIME,
  NO_HOOK
}
