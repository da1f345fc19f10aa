package dev.naru.payment.flow;

import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Capability.Points;
import dev.naru.connector.Capability.QuickPay;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Capability.WindowKeyCharge;
import dev.naru.connector.Ends;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.Word;
import dev.naru.payment.resolve.CancelResolver;

/** By what means a PG lets an unknown outcome of each verb be brought to its end. */
public final class Means {

  private Means() {}

  /** How the Unknown of this payment's attempt ends. */
  public static Ends of(Payment payment, Channel channel) {
    return OneSteps.isOne(payment) ? oneStep(channel) : of(payment.attempt().verb(), channel);
  }

  /** How the Unknown of this cancel ends. */
  public static Ends of(Payment payment, Cancellation cancel, Channel channel) {
    return channel
        .require(Cancels.class)
        .cancelEnds()
        .of(CancelResolver.order(payment, cancel, cancel.id()).isWhole());
  }

  private static Ends of(Attempt.Verb verb, Channel channel) {
    return switch (verb) {
      case KEYIN -> channel.require(KeyIn.class).keyInEnds();
      case CHARGE_KEY -> channel.require(ChargeKey.class).chargeKeyEnds();
      case CHECKOUT -> channel.require(Checkout.class).approveEnds();
      case ONE_STEP -> oneStep(channel);
      case VBANK -> channel.require(Vbank.class).vbankEnds();
      case CVS -> channel.require(Cvs.class).cvsEnds();
      case POINTS -> channel.require(Points.class).pointsEnds();
      case QUICK_MONEY -> channel.require(QuickPay.class).moneyEnds();
      case WINDOW_KEY -> channel.require(WindowKeyCharge.class).windowKeyChargeEnds();
    };
  }

  /**
   * Refuses a charge whose unknown outcome nobody could find out, where real money moves and the
   * channel does not accept that. Throws {@link Failed} unsupported.
   */
  public static void require(Channel channel, Attempt.Verb verb) {
    require(channel, of(verb, channel), Word.CHARGE);
  }

  /** Whether {@link #require} lets such a charge pass. */
  static boolean allows(Channel channel, Attempt.Verb verb) {
    return isAccepted(channel, of(verb, channel));
  }

  /**
   * Refuses a cancel that the PG has not, and one that {@link #require} would refuse if it were a
   * charge. Throws {@link Failed} unsupported.
   */
  static void requireCancel(Channel channel, boolean whole) {
    Cancels cancels = channel.require(Cancels.class);
    if (!whole) {
      channel.require(PartialCancels.class);
    }
    require(
        channel, cancels.cancelEnds().of(whole), whole ? Word.WHOLE_CANCEL : Word.PARTIAL_CANCEL);
  }

  private static void require(Channel channel, Ends ends, Word what) {
    if (!isAccepted(channel, ends)) {
      throw Failed.unsupported(
          Refusal.OUTCOME_NEVER_TOLD, channel.pg().name(), channel.pg().provider(), what);
    }
  }

  private static boolean isAccepted(Channel channel, Ends ends) {
    return ends != Ends.NONE || channel.sandbox() || channel.acceptsUnknown();
  }

  /** Without books, a window's charge is told of by the PG or not at all. */
  private static Ends oneStep(Channel channel) {
    return channel.has(Lookup.class) ? Ends.LOOKUP : Ends.NONE;
  }
}
