package dev.naru.pg.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import org.junit.jupiter.api.Test;

/** What Hecto says proves less than it seems to. */
class SettleCallsTest {

  @Test
  void aNoThatNoTableKnowsIsLookedAtAgain() {
    assertThat(SettleCalls.decline("XX99", "알 수 없는 사유").reason()).isEqualTo(Reason.UNLISTED);
  }

  @Test
  void troubleOfThePgsOwnIsNoAnswer() {
    assertThat(SettleCalls.<Object>declined("XX99", "시스템 오류입니다."))
        .isInstanceOf(Outcome.Unknown.class);
  }
}
