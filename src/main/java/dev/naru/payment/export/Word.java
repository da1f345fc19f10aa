package dev.naru.payment.export;

import dev.naru.kernel.Worded;

/** What stands in cells beside what payments have. */
enum Word implements Worded {
  PAID,
  READY,
  FAILED,
  CANCELED,
  PARTLY_CANCELED,
  BILLING,
  TEST
}
