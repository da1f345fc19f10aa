package dev.naru.payment.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Korean particles fit the word before them. */
class ParticlesTest {

  @ParameterizedTest
  @CsvSource({
    "카드(으)로,카드로",
    "신한카드(으)로,신한카드로",
    "카카오페이머니(으)로,카카오페이머니로",
    "휴대폰(으)로,휴대폰으로",
    "현대캐피탈(으)로,현대캐피탈로",
    "'18,000원을(를)','18,000원을'",
    "관리자이(가),관리자가",
    "가맹점이(가),가맹점이",
    "구매자은(는),구매자는",
    "웹훅은(는),웹훅은",
    "카드과(와),카드와",
    "paid을(를),paid를",
    "PayPal이(가),PayPal이",
    "PayPal(으)로,PayPal로",
    "채널 1(으)로,채널 1로",
    "채널 3(으)로,채널 3으로",
    "채널 2을(를),채널 2를",
    "국민은행(004)을(를),국민은행(004)을",
    "“컵”을(를),“컵”을",
    "(으)로,로",
    "금액(원)은(는) 그대로,금액(원)은 그대로",
    "둘 다: 책을(를) 친구과(와),둘 다: 책을 친구와"
  })
  void theRightOneIsChosen(String written, String chosen) {
    assertThat(Particles.chosen(written)).isEqualTo(chosen);
  }

  @ParameterizedTest
  @CsvSource({"빌링키(customer_uid),빌링키(customer_uid)", "값(를),값(를)", "로,로"})
  void whatIsNoPairStays(String written, String same) {
    assertThat(Particles.chosen(written)).isEqualTo(same);
  }
}
