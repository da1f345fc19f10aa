package dev.naru.pg.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline.Reason;
import org.junit.jupiter.api.Test;

/** What an emulated PG says proves less than it seems to. */
class EmulationTest {

  @Test
  void aNoThatNoTableKnowsIsLookedAtAgain() {
    assertThat(Emulation.decline("nobody_knows", "").reason()).isEqualTo(Reason.UNLISTED);
  }
}
