package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.Escrow;
import dev.naru.pg.EscrowContractTest.Paid;
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
}
