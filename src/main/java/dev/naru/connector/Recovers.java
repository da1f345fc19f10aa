package dev.naru.connector;

import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.order.Order;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What PGs have instead of {@link Lookup}, or beside it, to bring an unknown charge to its end. */
public sealed interface Recovers extends Capability
    permits Recovers.NetCancel, Recovers.CancelByRef, Recovers.Confirms {

  /**
   * Undoes an approval whose result never arrived (망취소). {@link Ok} means that the order is not
   * charged and cannot be any more.
   */
  non-sealed interface NetCancel extends Recovers {
    Outcome<Instant> netCancel(Order order, Map<String, String> intent);
  }

  /** Cancels a charge by what we called it, whether or not its answer ever arrived. */
  non-sealed interface CancelByRef extends Recovers {
    /**
     * May be repeated: what was cancelled already is {@link Ok} with a time.
     *
     * @param intent what was kept of the attempt
     * @return {@link Ok} empty if the PG has nothing to cancel, which may only mean that the charge
     *     has yet to arrive
     */
    Outcome<Optional<Instant>> cancelByRef(Order order, Map<String, String> intent);
  }

  /** Tells whether what a notice or a return of a window that charges by itself says is so. */
  non-sealed interface Confirms extends Recovers {
    /**
     * Asks the PG. Moves no money, and may be repeated.
     *
     * @param claim what the notice or the return told, beside what was kept of the attempt
     * @return {@link Ok} empty if the PG does not confirm it
     */
    Outcome<Optional<Approval>> confirm(Order order, Map<String, String> claim);
  }
}
