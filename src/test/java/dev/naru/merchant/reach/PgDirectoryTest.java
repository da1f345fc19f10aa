package dev.naru.merchant.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.pg.Gateways;
import org.junit.jupiter.api.Test;

class PgDirectoryTest {

  @Test
  void liveModeKnowsNoEmulatedPg() {
    PgDirectory live = PgDirectory.of(Gateways.ALL, true);
    assertThat(live.find("danal-otp")).isEmpty();
    assertThat(live.find("danal")).isPresent();
    assertThat(live.find("kcp_v2")).isPresent();
    assertThat(live.all()).isNotEmpty().noneMatch(pg -> pg.emulated());
    assertThat(PgDirectory.of(Gateways.ALL, false).all()).isEqualTo(Gateways.ALL);
  }
}
