package dev.naru.connector;

import dev.naru.kernel.Money;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a PG tells by itself, checked as far as the message allows. */
public sealed interface Notice {

  /** Ours, of the order it is about; null if it does not say. */
  default @Nullable String orderId() {
    return null;
  }

  /** The body the PG must get, with status 200, so that it stops repeating the notice. */
  String acknowledgement();

  /**
   * How a PG wants its notices answered.
   *
   * @param contentType of an acknowledgement and of a refusal, sent as it is written here; both are
   *     written in the charset that it names, UTF-8 if it names none
   * @param refusal the body that goes with status 500, after which the PG tells again
   */
  record Manner(String contentType, String refusal) {
    public static final Manner PLAIN = new Manner("text/plain;charset=UTF-8", "FAIL");
  }

  /**
   * Money arrived on a virtual account.
   *
   * @param orderId our order id, null if the notice names the account alone: one that takes any
   *     number of deposits
   * @param ref the PG's transaction, null if not told; each deposit has its own where an account
   *     takes any number of them
   * @param account its number, null if not told
   * @param amount null if the notice does not tell: then a look-up must
   */
  record Deposited(
      @Nullable String orderId,
      @Nullable PgRef ref,
      @Nullable String account,
      @Nullable Money amount,
      Instant at,
      @Nullable String depositor,
      @Nullable String secret,
      String acknowledgement)
      implements Notice {}

  /** The bank took a deposit back. */
  record DepositReversed(
      String orderId, @Nullable String account, @Nullable String secret, String acknowledgement)
      implements Notice {}

  /**
   * Somebody wants to pay a barcode at a till. The PG takes the money only if it is told to, and
   * waits.
   *
   * @param payType card or cash
   * @param refusal the body that tells the PG not to
   */
  record AtTill(
      String orderId, String barcode, String payType, String acknowledgement, String refusal)
      implements Notice {}

  /**
   * The PG approved an order, or opened an account for it, and the notice itself proves that: it is
   * signed.
   */
  record Approved(String orderId, Approval approval, String acknowledgement) implements Notice {}

  /** The order's state changed at the PG: ask it, the notice itself proves nothing. */
  record Changed(String orderId, String acknowledgement) implements Notice {}

  /**
   * The PG says that it charged an order, and does not prove it: its books must, or its word when
   * it is asked. As long as they do not tell of it, it is not acknowledged, so that it comes again.
   *
   * @param claim what {@link Recovers.Confirms} needs to ask; empty where there are books
   */
  record Charged(String orderId, Map<String, String> claim, String acknowledgement)
      implements Notice {

    public Charged {
      claim = Map.copyOf(claim);
    }

    /** With nothing to ask by. */
    public Charged(String orderId, String acknowledgement) {
      this(orderId, Map.of(), acknowledgement);
    }
  }

  /**
   * It is about another contract with the same PG: whoever has that MID is to read it.
   *
   * @param mid as the notice names it
   */
  record Elsewhere(String mid) implements Notice {

    @Override
    public String acknowledgement() {
      return "FAIL";
    }
  }

  /** It cannot be made out. It is not acknowledged: it may tell of money. */
  record Unreadable(String why) implements Notice {

    @Override
    public String acknowledgement() {
      return "FAIL";
    }
  }

  /** Nothing for us. */
  record Ignored(String acknowledgement) implements Notice {}

  /** Not from the PG. It is not acknowledged. */
  record Forged(String why) implements Notice {

    @Override
    public String acknowledgement() {
      return "FAIL";
    }
  }
}
