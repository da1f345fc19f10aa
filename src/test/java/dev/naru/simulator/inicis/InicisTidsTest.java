package dev.naru.simulator.inicis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No two transactions bear one TID, however many are made within a second. */
@Apart
class InicisTidsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  static Stream<Named<Supplier<String>>> tids() {
    return Stream.of(
        Named.of("API", () -> Inicis.tid("INIAPI", "CARD", "INIBillTst", NOW)),
        Named.of("mobile", () -> Inicis.tid("INIMX_", "AUTH", "INIpayTest", NOW)),
        Named.of("long MID", () -> Inicis.tid("Stdpay", "VBNK", "INIpayTest99", NOW)));
  }

  @ParameterizedTest
  @MethodSource("tids")
  void differ(Supplier<String> tid) {
    assertThat(Stream.generate(tid).limit(9_999)).doesNotHaveDuplicates();
    assertThat(tid.get()).hasSize(40);
  }
}
