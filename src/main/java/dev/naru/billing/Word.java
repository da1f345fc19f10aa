package dev.naru.billing;

import dev.naru.kernel.Worded;

/** What test charges are called, at PGs and in the books. */
enum Word implements Worded {
  TEST_CHARGE,
  TEST_CHARGE_BACK
}
