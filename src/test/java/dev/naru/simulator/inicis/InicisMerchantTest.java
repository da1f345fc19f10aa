package dev.naru.simulator.inicis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.testing.Apart;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The recipes, against examples that others published or computed. */
@Apart
class InicisMerchantTest {

  private final InicisMerchant merchant =
      Objects.requireNonNull(
          InicisMerchant.of(new Contracts("inicis/merchants.csv"), "INIpayTest"));

  @Test
  void signs_the_pc_window() {
    assertThat(merchant.mKey())
        .isEqualTo("3a9503069192f207491d4b19bd743fc249a761ed94246c8c42fed06c3cd15a33");
    assertThat(InicisMerchant.signature("ORD1", "1004", "1714000000000"))
        .isEqualTo("6660c654e73104ef128617c8be85957b26e864decc7397fe9b56bec37a1a9015");
    assertThat(merchant.verification("ORD1", "1004", "1714000000000"))
        .isEqualTo("51c80e971124a22750f7e514fc1424c9bc5b3c2b51d1b8f33373db2274db9b7d");
    assertThat(InicisMerchant.tokenSignature("TOK1", "1714000000001"))
        .isEqualTo("b03513e3d565b3b154744d4493bd91147d4c56532680dcf06736a37faa0135fc");
    assertThat(merchant.tokenVerification("TOK1", "1714000000001"))
        .isEqualTo("077a3cdd3d3f8c3d48536baf04d5f027ea32da2f399a22407590f8e0d7572610");
  }

  @Test
  void signs_the_mobile_window() {
    assertThat(merchant.chkFake("1004", "ORD1", "1714000000000"))
        .isEqualTo(
            "XUTUuU5FCUQxkUfohVRKiGJcV0nuhmbdKXwL485mQkxExupUQk17JHuwn8C+W4OkNdkqR23oPlM4B7fj8Q4MBA==");
  }

  @Test
  void signs_the_api() {
    assertThat(merchant.hashData("RefundCard20240101120000127.0.0.1INIpayTestTID1"))
        .isEqualTo(
            "c8948411f35dc881873670abf880563ce3f9aef55973abdbd24fb59be2b4b011c2964255cca4a12c884ce9994c850fe49dc0075d8a2ab08adf550e1df1ade9a0");
    assertThat(
            merchant.hashData(
                "INIpayTestrefund20240101120000{\"tid\":\"TID1\",\"msg\":\"테스트 취소\"}"))
        .isEqualTo(
            "96700362f4d94d693662027869ca5e6ea5df080b582fd6e5c8dd8959644ba03f594ae1828957b66d87c1d6564e4ba29f41af78bde54503b4aa1e785976109b39");
    assertThat(merchant.decrypt("Pgc+KMLQbOEuvyCwb0ia9Q==")).isEqualTo("11012345678901");
  }
}
