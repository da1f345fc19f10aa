package dev.naru.simulator.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No two transactions bear one TID, however many are made within a second. */
@Apart
class SettleTidsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void differ() {
    assertThat(Stream.generate(SettleTidsTest::tid).limit(9_999)).doesNotHaveDuplicates();
    assertThat(tid()).hasSize(40);
  }

  private static String tid() {
    return SettleAsked.tid("CA", "nxca_jt_il", NOW);
  }
}
