package dev.naru.connector;

import dev.naru.kernel.Money;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;

/** One PG as one channel uses it: its class implements the {@link Capability}s the PG has. */
public interface Connector {

  /** Other merchant ids of the same contract, by which V1's {@code pg} may name the channel. */
  default Set<String> otherMids() {
    return Set.of();
  }

  /** Charges no card by its data without its holder's birth date or business number. */
  default boolean wantsHolder() {
    return false;
  }

  /** What V1 takes an amount for if the shop's page does not say. */
  default Currency currency() {
    return Money.KRW;
  }

  /** This connector as one of its capabilities, empty if the PG does not have it. */
  default <C extends Capability> Optional<C> as(Class<C> capability) {
    return capability.isInstance(this) ? Optional.of(capability.cast(this)) : Optional.empty();
  }

  /**
   * What wallets have in common: payments in their window, keys that their window issues, cancels
   * in whole and in part, and books that bring every unknown of theirs to its end. One whose
   * unknowns end otherwise says so itself.
   */
  interface Wallet
      extends Connector,
          Capability.Checkout,
          Capability.WindowKey,
          Capability.ChargeKey,
          Capability.DeleteKey,
          Capability.Cancels,
          Capability.PartialCancels,
          Capability.Lookup {

    @Override
    default Ends approveEnds() {
      return Ends.LOOKUP;
    }

    @Override
    default Ends chargeKeyEnds() {
      return Ends.LOOKUP;
    }

    /** No: nobody says that one does. */
    @Override
    default boolean chargesOrderOnce() {
      return false;
    }

    @Override
    default Ends.OfCancels cancelEnds() {
      return Ends.LOOKUP.always();
    }
  }
}
