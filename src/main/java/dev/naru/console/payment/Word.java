package dev.naru.console.payment;

import dev.naru.kernel.Worded;

/** What is written down where a person says nothing. */
enum Word implements Worded {
  /** V1's reason of a cancel at the console. */
  CANCELED_BY_ADMIN
}
