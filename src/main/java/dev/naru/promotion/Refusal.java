package dev.naru.promotion;

import dev.naru.kernel.Cause;

/** Why something about a promotion is refused. */
enum Refusal implements Cause {
  UNKNOWN,
  NOT_REGISTERED,
  OTHER_CARD,
  CHANGED_MEANWHILE,
  FIXED,
  BEGUN,
  ENDS_IN_PAST,
  NOT_PAUSABLE,
  NOT_PAUSED,
  OVER,
  STEPS,
  CAP_WITHOUT_RATE,
  MINIMUM,
  RATE,
  AMOUNT,
  STEPS_IN_ORDER,
  STEPS_RISE,
  NAME,
  UNKNOWN_CARD,
  ENDS_BEFORE_START,
  BUDGET
}
