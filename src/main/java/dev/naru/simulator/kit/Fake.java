package dev.naru.simulator.kit;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Door;
import java.util.List;

/** A fake PG. It is made of what it asks a {@link House} for, and knows no other fake. */
public interface Fake {

  /** Where it answers. */
  List<Door> doors();

  /** The books of its payments, each of a provider's code; none if it takes no payments. */
  default List<Till> tills() {
    return List.of();
  }

  /**
   * An approval or a cancel that was late has now come.
   *
   * @param replay which idempotent request that was, or empty
   */
  default void landed(Charge charge, String replay) {}

  /**
   * Money came in on an account, or was taken back by its bank: sends the notice about it. False
   * when nobody wants one.
   */
  default boolean deposited(Charge charge) {
    return false;
  }
}
