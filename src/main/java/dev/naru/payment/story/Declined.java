package dev.naru.payment.story;

import dev.naru.connector.Decline;
import dev.naru.kernel.Name;
import dev.naru.kernel.Worded;

/** Why a payment was not made, a sentence for each reason. */
enum Declined implements Worded {
  REFUSED,
  UNLISTED,
  LIMIT_EXCEEDED,
  INSUFFICIENT_BALANCE,
  LOST_OR_STOLEN,
  EXPIRED_CARD,
  WRONG_PIN,
  WRONG_IDENTITY,
  INVALID_CARD_NUMBER,
  SUSPENDED_CARD,
  INSTALLMENT_NOT_ALLOWED,
  SUSPECTED_FRAUD,
  ISSUER_UNAVAILABLE,
  CARD_NOT_SUPPORTED,
  BELOW_MINIMUM,
  AMOUNT_MISMATCH,
  DUPLICATE_ORDER,
  ABANDONED,
  EXPIRED,
  VETOED,
  KEY_UNUSABLE,
  NOT_CANCELABLE,
  ALREADY_CANCELED,
  OVER_CANCEL,
  BAD_REFUND_ACCOUNT,
  WRONG_CODE,
  TOO_MANY_TRIES,
  NOT_YET,
  BAD_CREDENTIALS,
  BAD_REQUEST,
  UNREACHABLE,
  NOT_CHARGED,
  REVERSED,
  PG_ERROR;

  static Said said(Decline decline, Name pg) {
    String text = decline.message();
    return switch (decline.reason()) {
      case REFUSED -> Said.of(Declined.REFUSED, pg, text);
      case UNLISTED -> Said.of(Declined.UNLISTED, pg, text);
      case LIMIT_EXCEEDED -> Said.of(Declined.LIMIT_EXCEEDED);
      case INSUFFICIENT_BALANCE -> Said.of(Declined.INSUFFICIENT_BALANCE);
      case LOST_OR_STOLEN -> Said.of(Declined.LOST_OR_STOLEN);
      case EXPIRED_CARD -> Said.of(Declined.EXPIRED_CARD);
      case WRONG_PIN -> Said.of(Declined.WRONG_PIN);
      case WRONG_IDENTITY -> Said.of(Declined.WRONG_IDENTITY);
      case INVALID_CARD_NUMBER -> Said.of(Declined.INVALID_CARD_NUMBER);
      case SUSPENDED_CARD -> Said.of(Declined.SUSPENDED_CARD);
      case INSTALLMENT_NOT_ALLOWED -> Said.of(Declined.INSTALLMENT_NOT_ALLOWED);
      case SUSPECTED_FRAUD -> Said.of(Declined.SUSPECTED_FRAUD);
      case ISSUER_UNAVAILABLE -> Said.of(Declined.ISSUER_UNAVAILABLE);
      case CARD_NOT_SUPPORTED -> Said.of(Declined.CARD_NOT_SUPPORTED);
      case BELOW_MINIMUM -> Said.of(Declined.BELOW_MINIMUM);
      case AMOUNT_MISMATCH -> Said.of(Declined.AMOUNT_MISMATCH);
      case DUPLICATE_ORDER -> Said.of(Declined.DUPLICATE_ORDER, pg);
      case ABANDONED -> Said.of(Declined.ABANDONED);
      case EXPIRED -> Said.of(Declined.EXPIRED);
      case VETOED -> Said.of(Declined.VETOED, text);
      case KEY_UNUSABLE -> Said.of(Declined.KEY_UNUSABLE);
      case NOT_CANCELABLE -> Said.of(Declined.NOT_CANCELABLE);
      case ALREADY_CANCELED -> Said.of(Declined.ALREADY_CANCELED);
      case OVER_CANCEL -> Said.of(Declined.OVER_CANCEL);
      case BAD_REFUND_ACCOUNT -> Said.of(Declined.BAD_REFUND_ACCOUNT);
      case WRONG_CODE -> Said.of(Declined.WRONG_CODE);
      case TOO_MANY_TRIES -> Said.of(Declined.TOO_MANY_TRIES);
      case NOT_YET -> Said.of(Declined.NOT_YET);
      case BAD_CREDENTIALS -> Said.of(Declined.BAD_CREDENTIALS, pg);
      case BAD_REQUEST -> Said.of(Declined.BAD_REQUEST, pg, text);
      case UNREACHABLE -> Said.of(Declined.UNREACHABLE, pg);
      case NOT_CHARGED -> Said.of(Declined.NOT_CHARGED, pg);
      case REVERSED -> Said.of(Declined.REVERSED);
      case PG_ERROR -> Said.of(Declined.PG_ERROR, pg);
    };
  }
}
