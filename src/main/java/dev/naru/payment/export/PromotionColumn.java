package dev.naru.payment.export;

import dev.naru.kernel.Worded;

/** A column of a file about promotions, by its heading. */
enum PromotionColumn implements Worded {
  ID,
  NAME,
  STATE,
  CARD,
  BUDGET,
  SPENT,
  CONDITIONS,
  CAP,
  CREATED,
  UPDATED,
  STARTS,
  ENDS,
  ENDED,
  DISCOUNT,
  CHARGED,
  TAKEN
}
