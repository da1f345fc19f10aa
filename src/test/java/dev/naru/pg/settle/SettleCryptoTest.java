package dev.naru.pg.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Sealing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The examples that Hecto publishes, with its published test keys. */
@Execution(ExecutionMode.CONCURRENT)
final class SettleCryptoTest {

  private static final Secret LICENCE = Settle.PG.demo().licenceKey();
  private static final Secret KEY = Settle.PG.demo().encryptionKey();

  @Test
  void hashesAsPublished() {
    assertThat(
            SettleCrypto.hash(
                LICENCE, "nxca_jt_il", "card", "ORDER20211231100000", "20211231", "100000", "1000"))
        .isEqualTo("f395b6725a9a18f2563ce34f8bc76698051d27c05e5ba815f463f00429061c0c");
    assertThat(
            SettleCrypto.hash(
                LICENCE, "20211231100000", "nxca_jt_il", "ORDER20211231100000", "1000"))
        .isEqualTo("a2d6d597d55d7c9b689baa2e08c1ddf0ce71f4248c5b9b59fe61bfbf949543e1");
    assertThat(
            SettleCrypto.isSame(
                SettleCrypto.hash(
                    LICENCE, "20210806080101", "nx_mid_il", "PG_vbank_20210806075154649", "500"),
                "996E651D9435700D54E0D69B5726B5489AD0691C3FC86BE572314D39A2AE8B6D"))
        .isTrue();
    assertThat(
            SettleCrypto.hash(LICENCE, "20220920131039", "nxca_ks_gu", "PG_API20220920131039", "0"))
        .isEqualTo("3bf1295695eb0e081f7900dfcbfcb225887d8fb07322d54c3dba72a2726bf55d");
  }

  @Test
  void encryptsAsPublished() {
    assertThat(Sealing.ecb(KEY).seal("1000")).isEqualTo("AntV/eDpxIaKF0hJiePDKA==");
    assertThat(Sealing.ecb(KEY).open("AntV/eDpxIaKF0hJiePDKA==")).isEqualTo("1000");
    assertThatThrownBy(() -> Sealing.ecb(KEY).open("1000"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sealing.ecb(new Secret("short")).seal("1000"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
