package dev.naru.payment.story;

import dev.naru.kernel.Worded;

/** What sentences about payments are made of. */
enum Word implements Worded {
  /** An amount of Korea's currency. */
  WON,
  /** The pattern of a date and a time. */
  MOMENT,
  CARD,
  TRANSFER,
  ACCOUNT,
  PHONE,
  POINTS,
  GIFT_CARD,
  BARCODE,
  ADMIN,
  CUSTOMER,
  SHOP
}
