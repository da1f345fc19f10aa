package dev.naru.checkout;

import dev.naru.connector.Decline.Reason;

/** What a decline means, in English: PGs explain themselves in Korean. */
public final class English {

  private English() {}

  public static String of(Reason reason) {
    return switch (reason) {
      case REFUSED, UNLISTED -> "It was declined.";
      case LIMIT_EXCEEDED -> "The limit is exceeded.";
      case INSUFFICIENT_BALANCE -> "The balance is too low.";
      case LOST_OR_STOLEN -> "The card was reported lost or stolen.";
      case EXPIRED_CARD -> "The card has expired, or its expiry date is wrong.";
      case WRONG_PIN -> "The password is wrong.";
      case WRONG_IDENTITY -> "The personal details do not match.";
      case INVALID_CARD_NUMBER -> "The card number is wrong.";
      case SUSPENDED_CARD -> "The card is suspended.";
      case INSTALLMENT_NOT_ALLOWED -> "These instalments are not possible.";
      case SUSPECTED_FRAUD -> "It was stopped to keep you safe. Please ask your card company.";
      case ISSUER_UNAVAILABLE -> "The card company or bank cannot be reached now.";
      case CARD_NOT_SUPPORTED -> "This card cannot be used here.";
      case BELOW_MINIMUM -> "The amount is too small.";
      case AMOUNT_MISMATCH -> "The amount differs from the order's.";
      case DUPLICATE_ORDER -> "This order is being paid, or was paid already.";
      case ABANDONED -> "It was cancelled.";
      case EXPIRED -> "It took too long. Please try again.";
      case VETOED -> "The shop did not accept it.";
      case KEY_UNUSABLE -> "The saved card cannot be used.";
      case NOT_CANCELABLE -> "It cannot be cancelled.";
      case ALREADY_CANCELED -> "It was cancelled already.";
      case OVER_CANCEL -> "More than is left cannot be cancelled.";
      case BAD_REFUND_ACCOUNT -> "The account for the refund is wrong.";
      case WRONG_CODE -> "The code is wrong.";
      case TOO_MANY_TRIES -> "There were too many tries.";
      case NOT_YET -> "It is not confirmed yet.";
      case NOT_CHARGED -> "Nothing was charged, or it was given back.";
      case REVERSED -> "The charge was given back.";
      case BAD_CREDENTIALS, BAD_REQUEST, UNREACHABLE, PG_ERROR ->
          "It could not be processed. Please try again later.";
    };
  }
}
