package dev.naru.connector.window;

import dev.naru.connector.Approval;
import dev.naru.connector.Decline;
import dev.naru.kernel.Money;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back from the window, verified by the connector. No money has moved yet, unless the
 * buyer has {@link Left}.
 */
public sealed interface Returned {

  /**
   * The buyer is known to the PG; approving is up to us.
   *
   * @param amount what the PG says the buyer agreed to, null if the return does not tell
   * @param intent all that approving, and undoing it, needs; kept encrypted before the call
   */
  record Authenticated(@Nullable Money amount, Map<String, String> intent) implements Returned {

    public Authenticated {
      intent = Map.copyOf(intent);
    }
  }

  /**
   * A window that charges by itself has charged, or opened an account, and the return itself proves
   * that: the PG signed it.
   */
  record Approved(Approval approval) implements Returned {}

  /** The buyer closed the window, or the PG turned them down in it. */
  record Abandoned(Decline decline) implements Returned {}

  /**
   * The buyer has left a window that charges by itself. The browser says no more than that: whether
   * anything was charged, the PG's books tell.
   */
  record Left() implements Returned {}

  /** Not from the PG, or tampered with: ignored and reported, it changes nothing. */
  record Forged(String why) implements Returned {}
}
