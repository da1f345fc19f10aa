package dev.naru.merchant.setup;

import dev.naru.kernel.Cause;

/** What is wrong with what was entered of a channel. */
public enum Refusal implements Cause {
  MISSING,
  TOO_LONG,
  WRONG_FORM,
  NO_LINES,
  NO_SWITCH,
  UNKNOWN_FIELD,
  OF_FIELD,
  BOTH
}
