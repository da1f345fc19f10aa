package dev.naru.certification;

import dev.naru.kernel.Cause;

/** Why something about an identity check is refused. */
public enum Refusal implements Cause {
  UNKNOWN,
  UNKNOWN_REQUEST,
  NOT_REQUESTED,
  NO_CHANNEL,
  CONFIRM_RUNS,
  NOT_BY_CODE,
  CERTIFIED_ALREADY,
  FAILED_ALREADY,
  CODE_OVER,
  CODE_UNANSWERED,
  TOO_MANY_TRIES,
  WINDOW_SILENT,
  FORGED,
  GAVE_UP,
  WINDOW_OVER,
  TOO_YOUNG,
  UNKNOWN_HOLDER,
  HOLDER_UNANSWERED
}
