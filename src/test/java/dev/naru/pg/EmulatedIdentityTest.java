package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.kernel.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What only emulated identity checks have: a password, and a provider of another code. */
@Execution(ExecutionMode.CONCURRENT)
final class EmulatedIdentityTest {

  private static final World WORLD = World.get();
  private static final Rig RIG = Rig.named("danal-otp");

  @Test
  void checksItsPassword() {
    IdentityOtp wrong =
        RIG.with(Map.of("password", new Secret("not the password")))
            .as(IdentityOtp.class)
            .orElseThrow();
    OtpOrder order = WORLD.otp(World.somebody(), OtpOrder.Means.SMS);
    assertThat(World.declined(wrong.request(order)).reason()).isEqualTo(Reason.BAD_CREDENTIALS);
  }

  @Test
  void isItsProvidersByAnotherWay() {
    assertThat(RIG.pg().emulated()).isTrue();
    assertThat(RIG.pg().provider()).isEqualTo("danal");
    Rig card = Rig.named("inicis-card");
    assertThat(card.pg().emulated()).isTrue();
    assertThat(card.pg().provider()).isEqualTo("inicis");
  }
}
