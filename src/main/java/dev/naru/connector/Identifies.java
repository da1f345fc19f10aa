package dev.naru.connector;

import dev.naru.kernel.Secret;
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
