package dev.naru.billing;

import dev.naru.kernel.Worded;

/** What test charges are called, at PGs and in the books, and why keys are deleted. */
enum Word implements Worded {
  KEY_ENDED,
  TEST_CHARGE,
  TEST_CHARGE_BACK
}
