package dev.naru.payment.export;

import dev.naru.kernel.Worded;

/** A column of a file, by its heading. */
enum Column implements Worded {
  STATUS,
  IMP_UID,
  MERCHANT_UID,
  NAME,
  CURRENCY,
  AMOUNT,
  CANCELED,
  LEFT,
  METHOD,
  KIND,
  REQUESTED_AT,
  PAID_AT,
  FAILED_AT,
  CANCELED_AT,
  REASON,
  BUYER_NAME,
  BUYER_TEL,
  BUYER_EMAIL,
  BUYER_ADDRESS,
  BUYER_POSTCODE,
  CUSTOMER_UID,
  PG,
  MID,
  TID,
  CHANNEL,
  ENVIRONMENT,
  RECEIPT,
  CARD_COMPANY,
  CARD_NUMBER,
  QUOTA,
  APPLY_NUM,
  BANK,
  ACCOUNT_NUMBER,
  ACCOUNT_HOLDER,
  ACCOUNT_DUE
}
