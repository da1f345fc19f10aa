package dev.naru.console.channel;

import dev.naru.connector.AfterSale;
import dev.naru.connector.Capability;
import dev.naru.connector.Identifies;
import dev.naru.connector.Pg;
import java.util.Arrays;
import java.util.List;

/** What a channel is good for, as its shop calls it: not every verb that its connector has. */
public enum Ability {
  WINDOW(true, Capability.Checkout.class, Capability.OneStepCheckout.class),
  KEY_IN(true, Capability.KeyIn.class),
  BILLING(true, Capability.IssueKey.class, Capability.WindowKey.class),
  VBANK(true, Capability.Vbank.class),
  CVS(true, Capability.Cvs.class),
  POINTS(true, Capability.Points.class),
  QUICK(true, Capability.QuickPay.class),
  IDENTITY(
      true,
      Identifies.IdentityOtp.class,
      Identifies.IdentityWindow.class,
      Identifies.IdentityApp.class),
  HOLDERS(true, Identifies.AccountHolders.class),
  RECEIPTS(true, AfterSale.Receipts.class),
  PARTIAL_CANCEL(false, Capability.PartialCancels.class),
  ESCROW(false, AfterSale.Escrow.class);

  private final boolean chosen;

  @SuppressWarnings("ImmutableEnumChecker") // Never handed out.
  private final List<Class<?>> any;

  Ability(boolean chosen, Class<?>... any) {
    this.chosen = chosen;
    this.any = List.of(any);
  }

  /** What the channels of a PG can do. */
  static List<Ability> of(Pg<?> pg) {
    return Arrays.stream(values())
        .filter(one -> one.any.stream().anyMatch(type -> type.isAssignableFrom(pg.type())))
        .toList();
  }

  /** Whether a request that names no channel gets the first one that can do this. */
  boolean isChosen() {
    return chosen;
  }

  /** Whether it has to do with money, and not with who somebody is. */
  boolean isOfPayments() {
    return this != IDENTITY && this != HOLDERS;
  }
}
