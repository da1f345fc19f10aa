package dev.naru.pg.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline.Reason;
import org.junit.jupiter.api.Test;

/** What Toss says proves less than it seems to. */
class TossReasonsTest {

  @Test
  void aNoThatNoTableKnowsIsLookedAtAgain() {
    assertThat(TossAnswer.decline("NOBODY_KNOWS", "", 400).reason()).isEqualTo(Reason.UNLISTED);
  }
}
