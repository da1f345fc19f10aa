package dev.naru.payment.story;

import dev.naru.kernel.Worded;

/** Where a payment stands, in a sentence. */
enum Sentence implements Worded {
  PAID,
  PAID_PART_CANCELED,
  PAID_ALL_CANCELED,
  PAID_PARTS_CANCELED,
  PAID_PARTS_ALL_CANCELED,
  KEY_ISSUED,
  WAITS_FOR_DEPOSIT,
  WAITS_AT_TILL,
  WINDOW_OPEN,
  BEING_CHARGED,
  OUTCOME_UNKNOWN,
  PG_DECIDES,
  CANCEL_RUNS,
  CANCEL_UNKNOWN,
  CANCEL_PENDING,
  LAST_CANCEL_REFUSED,
  BEING_REVERSED,
  WAS_REVERSED
}
