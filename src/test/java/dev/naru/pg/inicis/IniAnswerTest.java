package dev.naru.pg.inicis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What INICIS says proves less than it seems to. */
class IniAnswerTest {

  @Test
  void aNoThatNoTableKnowsIsLookedAtAgain() {
    assertThat(IniAnswer.decline("X1", "알 수 없는 사유").reason()).isEqualTo(Reason.UNLISTED);
    assertThat(IniAnswer.decline("X1", "카드사 장애").reason().isDoubtful()).isTrue();
    assertThat(IniAnswer.decline("X1", "카드사 연결 실패").reason().isDoubtful()).isTrue();
  }

  @Test
  void troubleOfThePgsOwnIsNoAnswer() {
    assertThat(IniAnswer.<Object>declined("X1", "시스템 오류입니다.")).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void aNoticeOfInicisIsNeverLost() {
    Set<String> mids = Set.of("OURS");
    assertThat(IniNotice.read(Map.of("P_STATUS", "00", "P_MID", "THEIRS"), mids))
        .isEqualTo(new Notice.Elsewhere("THEIRS"));
    assertThat(IniNotice.read(Map.of("P_STATUS", "00", "P_MID", "OURS"), mids))
        .isInstanceOf(Notice.Unreadable.class);
    assertThat(IniNotice.read(Map.of("id_merchant", "OURS", "type_msg", "0200"), mids))
        .isInstanceOf(Notice.Unreadable.class);
    assertThat(IniNotice.read(Map.of("what", "ever"), mids)).isInstanceOf(Notice.Unreadable.class);
    assertThat(
            IniNotice.read(
                Map.of("P_STATUS", "00", "P_MID", "OURS", "P_OID", "A", "P_TYPE", "BANK"), mids))
        .isEqualTo(new Notice.Charged("A", "OK"));
  }
}
