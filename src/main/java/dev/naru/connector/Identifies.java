package dev.naru.connector;

import dev.naru.kernel.Secret;
import org.jspecify.annotations.Nullable;

/** How a connector can verify who somebody is (본인인증). None of it moves money. */
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
}
