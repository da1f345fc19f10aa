package dev.naru.pg.nice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What NICE publishes, made anew: signatures of the published merchant, a sealed card. */
class NiceMessageTest {

  private static final Secret KEY = NiceV2.PG.demo().merchantKey();

  private static final Map<String, String> SAMPLE =
      Map.of(
          "MID", "nicepay00m",
          "Amt", "1004",
          "CancelAmt", "1004",
          "EdiDate", "20240101120000",
          "AuthToken", "AUTHTOKEN1");

  @ParameterizedTest
  @CsvSource({
    "window, 2b7c438b8b4f6316c46d6e1dad7244ea6fd7ce1cc9b502475e7c48357f78631f",
    "returned, a65ff3217b0eb580286c1cbe63d5804d8f69800bb9a1e2a492e272f600138910",
    "approve, 2ad329c0d6e918c4e1d5c7669a917e30455030d3e9a70aba090afc6fb046ddad",
    "undo, 2ad329c0d6e918c4e1d5c7669a917e30455030d3e9a70aba090afc6fb046ddad",
    "cancel, 1c41db391e0b012776b30323619c5eb80268647883fed2735ef9757cdfb72916"
  })
  void signsAsThePublishedSamples(String message, String signature) {
    assertThat(NiceMessage.named(message).signature(SAMPLE, KEY)).isEqualTo(signature);
  }

  /** Its order of fields is each message's own. */
  @ParameterizedTest
  @CsvSource({
    "keyin, MID Amt EdiDate Moid",
    "account, MID Amt EdiDate Moid",
    "register, MID EdiDate Moid",
    "charge, MID EdiDate Moid Amt BID",
    "remove, MID EdiDate Moid BID",
    "receipt, MID ReceiptAmt EdiDate Moid",
    "delivery, TID MID ReqType EdiDate",
    "status, TID MID EdiDate",
    "approved, TID MID Amt",
    "canceled, TID MID CancelAmt"
  })
  void signsItsOwnFields(String message, String fields) {
    assertThat(NiceMessage.named(message).signed()).containsExactly(fields.split(" ", -1));
  }

  @Test
  void whatIsSignedMustBeThere() {
    Map<String, String> less = new HashMap<>(SAMPLE);
    less.remove("Amt");
    assertThatThrownBy(() -> NiceMessage.named("window").signature(less, KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Amt");
  }

  /** A sample of NICE's manual, which is of its newer API and writes small digits. */
  @Test
  void sealsACardAsThePublishedSample() {
    String card = "cardNo=1234567890123456&expYear=25&expMonth=12&idNo=800101&cardPw=12";
    assertThat(NiceMessage.seal(new Secret("2dcc2a0d63bf469490bb19a201be3735"), card))
        .isEqualToIgnoringCase(
            "7c4b12eb43324290bd0e522900a892343f57e0d176cdadae757132c7f3cd442f023ef5c3ffa254ed04b6d47624d4"
                + "c7847e8061f3be0d67adf1b463b46a542052cf47a5206bfd23945fc1851d426468f4")
        .isUpperCase();
  }

  @Test
  void anIdSaysWhoseItIsAndWhen() {
    Instant at = Instant.parse("2026-03-01T16:20:30Z");
    String tid = NiceMessage.tid("nicepay00m", "0101", at, "N0000000000000000001");
    assertThat(tid).matches("nicepay00m0101260302012030\\d{4}").hasSize(30);
    assertThat(NiceMessage.tid("nicepay00m", "0101", at, "N0000000000000000001")).isEqualTo(tid);
    assertThat(NiceMessage.tid("nicepay00m", "0101", at, "N0000000000000000002")).isNotEqualTo(tid);
  }

  @ParameterizedTest
  @CsvSource({
    "나무 의자, 나무 의자",
    "가나다라마바사아자차카타파하거너더러머버서, 가나다라마바사아자차카타파하거너더러머버",
    "a가나다라마바사아자차카타파하거너더러머버서, a가나다라마바사아자차카타파하거너더러머"
  })
  void aNameHasFortyBytes(String name, String cut) {
    assertThat(NiceWords.name(name)).isEqualTo(cut);
  }
}
