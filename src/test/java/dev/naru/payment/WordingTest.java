package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Name;
import dev.naru.kernel.Why;
import dev.naru.kernel.Wording;
import dev.naru.testing.Apart;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

@Apart
class WordingTest {

  @Test
  void saysACauseInBothLanguages() {
    Why why = Refusal.OVER_CANCEL.with(new BigDecimal("1E+6"));
    assertThat(Wording.KOREAN.of(why)).isEqualTo("취소 요청 금액이 취소 가능 잔액(1000000)을 초과합니다.");
    assertThat(Wording.ENGLISH.of(why))
        .isEqualTo("The amount exceeds what is left to cancel (1000000).");
  }

  @Test
  void digitsAreNotGrouped() {
    assertThat(Wording.KOREAN.of(Refusal.OVER_CANCEL, 1_234_567)).contains("(1234567)");
    assertThat(Wording.ENGLISH.of(Refusal.OVER_CANCEL, 1_234_567L)).contains("(1234567)");
  }

  @Test
  void whatStandsInATextIsInItsLanguage() {
    Why why = Refusal.VETOED.with(Word.NO_REASON);
    assertThat(Wording.KOREAN.of(why)).contains("알 수 없음");
    assertThat(Wording.ENGLISH.of(why)).contains("unknown");
    Why named = Refusal.NO_WON.with(new Name("페이팔", "PayPal"));
    assertThat(Wording.KOREAN.of(named)).startsWith("페이팔에서는");
    assertThat(Wording.ENGLISH.of(named)).startsWith("PayPal takes");
    Why nested = Refusal.VETOED.with(Refusal.NO_ANSWER.with());
    assertThat(Wording.ENGLISH.of(nested)).contains("The PG's answer is not known");
  }

  @Test
  void whatOthersSayIsPassedOnAsItCame() {
    String text = "don't {0} '' {";
    assertThat(Wording.ENGLISH.of(Why.said(text))).isEqualTo(text);
    assertThat(Wording.KOREAN.of(Refusal.VETOED, Why.said(text))).contains(text);
  }

  @Test
  void bracesOfATextStay() {
    assertThat(Wording.KOREAN.of(Refusal.CANCEL_BY_PRODUCT))
        .endsWith("(POST /payments/{imp_uid}/naver/cancel)");
  }

  @Test
  void whatIsKeptIsKorean() {
    Decline decline = Decline.of(Decline.Reason.VETOED, Refusal.VETOED, "품절");
    assertThat(decline.text()).isEqualTo("고객사 요청에 의해 결제를 중단합니다. (상세사유 : 품절)");
    assertThat(decline.why()).isEqualTo(Why.said(decline.text()));
  }

  @Test
  void logsAreInEnglish() {
    assertThat(Failed.wrongState(Refusal.ORDER_TAKEN))
        .hasMessage("This merchant_uid is being paid, or was paid already.");
    assertThat(new Failed(new Failure.RefusedByPg(Why.said("한도 초과")))).hasMessage("한도 초과");
  }
}
