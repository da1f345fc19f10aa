package dev.naru.aftercare;

import dev.naru.kernel.Worded;

/** What PGs and operators are told beside refusals. */
enum Word implements Worded {
  REVOKED_RECEIPT
}
