package dev.naru.api;

import dev.naru.kernel.Worded;

/**
 * What parameters are, what orders are called, and why they are cancelled, if the shop does not
 * say.
 */
public enum Word implements Worded {
  NUMBER,
  WHOLE_NUMBER,
  TRUTH,
  TEXT_OR_NUMBER,
  ARRAY,
  OBJECT,
  JSON_OBJECT,
  BIRTH_OR_BUSINESS,
  PIN,
  CVC,
  MOBILE,
  SEVENTH_DIGIT,
  BIRTH,
  IP_ADDRESS,
  IPV4_ADDRESS,
  CALLBACK,
  OTP,
  BARCODE,
  ORDER_OR_STATUS,
  CARD_PAYMENT,
  KEY_PAYMENT,
  FOREIGN_CARD_PAYMENT,
  CVS_PAYMENT,
  ACCOUNT_PAYMENT,
  CANCELED_BY_API,
  PRODUCT_CANCELED,
  CANCEL_APPROVED,
  RETURN_APPROVED
}
