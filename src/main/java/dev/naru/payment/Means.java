package dev.naru.payment;

import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.Points;
import dev.naru.connector.Capability.QuickPay;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Capability.WindowKeyCharge;
import dev.naru.connector.Ends;
import dev.naru.merchant.Channel;

/** By what means a PG lets an unknown outcome of each verb be brought to its end. */
final class Means {

  private Means() {}

  /** How the Unknown of this attempt ends. */
  static Ends of(Attempt.Verb verb, Channel channel) {
    return switch (verb) {
      case KEYIN -> channel.require(KeyIn.class).keyInEnds();
      case CHARGE_KEY -> channel.require(ChargeKey.class).chargeKeyEnds();
      case CHECKOUT -> channel.require(Checkout.class).approveEnds();
      case ONE_STEP -> Ends.LOOKUP;
      case VBANK -> channel.require(Vbank.class).vbankEnds();
      case CVS -> channel.require(Cvs.class).cvsEnds();
      case POINTS -> channel.require(Points.class).pointsEnds();
      case QUICK_MONEY -> channel.require(QuickPay.class).moneyEnds();
      case WINDOW_KEY -> channel.require(WindowKeyCharge.class).windowKeyChargeEnds();
    };
  }
}
