package dev.naru.connector;

import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.OtpSent;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a connector can verify who somebody is (본인인증), or whose an account is. None of it moves
 * money.
 */
public sealed interface Identifies extends Capability {

  /**
   * Verifies who somebody is by a code sent to their phone (본인인증). Moves no money: a request whose
   * Unknown stays one has failed, and may be made again.
   */
  non-sealed interface IdentityOtp extends Identifies {
    /** Has the carrier check the person, and the code sent. */
    Outcome<OtpSent> request(OtpOrder order);

    /**
     * {@link Outcome.Declined} for a wrong code: the verification stays open.
     *
     * @param code what the person typed, null where they approve in an app
     */
    Outcome<Identity> confirm(OtpOrder order, OtpSent sent, @Nullable Secret code);

    Ends confirmEnds();
  }

  /**
   * Verifies who somebody is in the PG's window (V1's {@code IMP.certification}). What the browser
   * brings back proves nothing and names nobody: the PG is asked from here.
   */
  non-sealed interface IdentityWindow extends Identifies {
    /**
     * A window to show.
     *
     * @param memo what the return must fit; kept encrypted until then
     */
    record Opened(Window window, Map<String, String> memo) {

      public Opened {
        memo = Map.copyOf(memo);
      }
    }

    /** May call the PG first. */
    Outcome<Opened> open(IdentityOrder order, Visit visit);

    /**
     * Whether a return belongs to this window. Calls nobody.
     *
     * @param memo of {@link Opened}
     * @return {@link Returned.Authenticated} without an amount: its intent is what {@link #confirm}
     *     asks with
     */
    Returned authenticate(IdentityOrder order, Map<String, String> memo, PgReturn back);

    /**
     * Asks the PG who it was. May be repeated: the PG says the same once more, or refuses what it
     * has told already. Either is an end, since nothing moves.
     */
    Outcome<Identity> confirm(IdentityOrder order, Map<String, String> intent);
  }

  /** {@link IdentityOtp} also asks the carrier's app instead of sending a message. */
  non-sealed interface IdentityApp extends Identifies {}

  /** Tells whose a bank account is (예금주 조회). V1: {@code /vbanks/holder}. */
  non-sealed interface AccountHolders extends Identifies {
    /**
     * The name its bank knows the account by; empty if there is no such account.
     *
     * @param id 20 characters of 0-9 A-Z, of this question
     * @param bank the bank's three digits
     * @param number digits
     */
    Outcome<Optional<String>> holder(String id, String bank, String number);
  }
}
