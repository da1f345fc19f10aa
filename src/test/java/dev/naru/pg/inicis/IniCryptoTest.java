package dev.naru.pg.inicis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against values that were computed elsewhere, from the published rules and test keys. */
@Execution(ExecutionMode.CONCURRENT)
final class IniCryptoTest {

  private static final Secret SIGN_KEY = new Secret("SU5JTElURV9UUklQTEVERVNfS0VZU1RS");
  private static final Secret API_KEY = new Secret("ItEQKi3rY7uvDS8l");

  @Test
  void hashesTheSignKey() {
    assertThat(IniCrypto.mKey(SIGN_KEY))
        .isEqualTo("3a9503069192f207491d4b19bd743fc249a761ed94246c8c42fed06c3cd15a33");
  }

  @Test
  void signsTheWindow() {
    assertThat(
            IniCrypto.signature(
                Map.of("timestamp", "1714000000000", "price", "1004", "oid", "ORD1")))
        .isEqualTo("6660c654e73104ef128617c8be85957b26e864decc7397fe9b56bec37a1a9015");
    assertThat(
            IniCrypto.signature(
                Map.of(
                    "timestamp", "1714000000000",
                    "signKey", SIGN_KEY.reveal(),
                    "price", "1004",
                    "oid", "ORD1")))
        .isEqualTo("51c80e971124a22750f7e514fc1424c9bc5b3c2b51d1b8f33373db2274db9b7d");
  }

  @Test
  void signsTheApproval() {
    assertThat(IniCrypto.signature(Map.of("timestamp", "1714000000001", "authToken", "TOK1")))
        .isEqualTo("b03513e3d565b3b154744d4493bd91147d4c56532680dcf06736a37faa0135fc");
    assertThat(
            IniCrypto.signature(
                Map.of(
                    "timestamp", "1714000000001",
                    "signKey", SIGN_KEY.reveal(),
                    "authToken", "TOK1")))
        .isEqualTo("077a3cdd3d3f8c3d48536baf04d5f027ea32da2f399a22407590f8e0d7572610");
  }

  @Test
  void signsTheMobileWindow() {
    assertThat(
            IniCrypto.checkFake(
                "1004", "ORD1", "1714000000000", new Secret("3CB8183A4BE283555ACC8363C0360223")))
        .isEqualTo(
            "XUTUuU5FCUQxkUfohVRKiGJcV0nuhmbdKXwL485mQkxExupUQk17JHuwn8C+W4OkNdkqR23oPlM4B7fj8Q4MBA==");
  }

  @Test
  void hashesAndEncryptsForIniapi() {
    assertThat(
            IniCrypto.hashData(
                API_KEY, "Refund", "Card", "20240101120000", "127.0.0.1", "INIpayTest", "TID1"))
        .isEqualTo(
            "c8948411f35dc881873670abf880563ce3f9aef55973abdbd24fb59be2b4b011"
                + "c2964255cca4a12c884ce9994c850fe49dc0075d8a2ab08adf550e1df1ade9a0");
    assertThat(IniCrypto.encrypt(API_KEY, new Secret("HYb3yQ4f65QL89=="), "11012345678901"))
        .isEqualTo("Pgc+KMLQbOEuvyCwb0ia9Q==");
  }

  @ParameterizedTest
  @CsvSource({
    "1, MOID=O&mid=M&tstamp=%1$s",
    "2, MOID=O&tstamp=%1$s&mid=M",
    "3, mid=M&MOID=O&tstamp=%1$s",
    "4, mid=M&tstamp=%1$s&MOID=O",
    "5, tstamp=%1$s&mid=M&MOID=O",
    "6, tstamp=%1$s&MOID=O&mid=M",
    "7, TotPrice=9&mid=M&tstamp=%1$s",
    "8, TotPrice=9&tstamp=%1$s&mid=M",
    "9, TotPrice=9&MOID=O&tstamp=%1$s",
    "0, TotPrice=9&tstamp=%1$s&MOID=O"
  })
  void theLastDigitOfTheStampOrdersAnAnswersSignature(String digit, String signed) {
    String stamp = "171400000000" + digit;
    assertThat(IniCrypto.authSignature("M", stamp, "O", "9"))
        .isEqualTo(IniCrypto.mKey(new Secret(signed.formatted(stamp))));
  }
}
