package dev.naru.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Cause;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Why;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What must be refused, and why. */
public final class Refused {

  private Refused() {}

  /** Fails unless the call is refused for this cause. */
  public static void refused(ThrowingCallable call, Cause cause) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.failure().why())
                    .isInstanceOfSatisfying(
                        Why.Ours.class, why -> assertThat(why.cause()).isEqualTo(cause)));
  }
}
