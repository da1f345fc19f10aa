package dev.naru.payment;

import dev.naru.kernel.Worded;

/** What PGs and shops are told beside refusals. */
public enum Word implements Worded {
  NO_REASON,
  CANCELED_OUTSIDE,
  UNWANTED_CHARGE,
  CHARGE,
  WHOLE_CANCEL,
  PARTIAL_CANCEL
}
