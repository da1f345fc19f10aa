package dev.naru.connector;

import dev.naru.kernel.Cause;
import dev.naru.kernel.Why;
import dev.naru.kernel.Wording;
import org.jspecify.annotations.Nullable;

/**
 * A no: Naru's reason, the same over all PGs, and the PG's own code and text, which V1 passes on
 * unchanged.
 */
public record Decline(Reason reason, @Nullable String code, String text) {

  /** Why it was declined. */
  public enum Reason {
    REFUSED,
    /** The PG's code is in no table of ours: a no as far as anybody can tell. */
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

    /** The card data itself is wrong: V1 answers code -1 to these, other declines are code 0. */
    public boolean isCardData() {
      return this == EXPIRED_CARD
          || this == WRONG_PIN
          || this == WRONG_IDENTITY
          || this == INVALID_CARD_NUMBER;
    }

    /**
     * The PG did not look at the request: a repeat that ends so says nothing of the call it
     * repeats.
     */
    public boolean isOfTheWay() {
      return this == UNREACHABLE || this == BAD_CREDENTIALS;
    }

    /**
     * Whether something may stand in the PG's books all the same, so that they are looked at again
     * later: the no is of a kind that nobody told us of, or the line to the issuer broke.
     */
    public boolean isDoubtful() {
      return this == UNLISTED || this == ISSUER_UNAVAILABLE || this == PG_ERROR;
    }

    /**
     * The channel is the reason, so another channel may take the same card. {@link #PG_ERROR} is
     * not among them: a PG in trouble is no proof that nothing was charged.
     */
    public boolean isOfChannel() {
      return this == UNREACHABLE || this == BAD_CREDENTIALS || this == CARD_NOT_SUPPORTED;
    }
  }

  public static Decline of(Reason reason, String text) {
    return new Decline(reason, null, text);
  }

  /**
   * A no of our own. It is kept and answered later as what a PG said is, so it is worded here, in
   * V1's language.
   *
   * @param arguments as {@link Cause#with} has them
   */
  public static Decline of(Reason reason, Cause cause, Object... arguments) {
    return of(reason, Wording.KOREAN.of(cause, arguments));
  }

  /** Whether this is the PG's code. */
  public boolean is(String itsCode) {
    return itsCode.equals(code);
  }

  /** As V1 shows it: the PG's code in brackets, then the PG's text. */
  public String message() {
    return code == null ? text : "[" + code + "]" + text;
  }

  /** {@link #message()} as what a refusal says. */
  public Why why() {
    return Why.said(message());
  }
}
