package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.Escrow;
import dev.naru.connector.Notice;
import dev.naru.pg.EscrowContractTest.Paid;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only INICIS has: its words for couriers, and notices that must never be lost. */
@Execution(ExecutionMode.CONCURRENT)
final class Html5InicisTest {

  private static final Rig RIG = Rig.named("html5_inicis");

  @ParameterizedTest
  @CsvSource({"CJGLS, cjgls", "HANJIN, hanjin", "EPOST, EPOST", "ETC, 9999", "NOBODY, 9999"})
  void namesTheCourierInItsWords(String v1, String inicis) {
    Paid paid = EscrowContractTest.paid(RIG, true);
    World.ok(
        RIG.connector(Escrow.class)
            .ship(
                paid.order(),
                paid.approval().ref(),
                EscrowContractTest.delivery(paid.order(), v1, "123412341234")));
    assertThat(EscrowContractTest.book(RIG, paid.order()).getFirst().path("courier").asString())
        .isEqualTo(inicis);
  }

  @Test
  void aNoticeIsNeverLost() {
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
