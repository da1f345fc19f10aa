package dev.naru.attention.desk;

import dev.naru.kernel.Cause;

/** Why a matter stays as it is. */
public enum Refusal implements Cause {
  UNKNOWN_MATTER,
  MATTER_SETTLED,
  NOT_DISMISSIBLE,
  NO_SUCH_STEP,
  REASON_NEEDED,
  NOT_CONFIRMED,
  DIFFERS_STILL
}
