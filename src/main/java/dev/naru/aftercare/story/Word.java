package dev.naru.aftercare.story;

import dev.naru.kernel.Worded;

/** What the story of a payment tells of what followed the sale. */
enum Word implements Worded {
  RECEIPT_REQUESTED,
  RECEIPT_WAS_REVOKED,
  DELIVERY_REGISTERED,
  PARTNER_RECEIPT_REQUESTED,
  PG_TOLD
}
