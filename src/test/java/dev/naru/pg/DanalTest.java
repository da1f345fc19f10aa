package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Outcome;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.Person.Carrier;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.IdentityWindowContractTest.Passed;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only Danal has: its age limit, its window filled in, its password. */
@Execution(ExecutionMode.CONCURRENT)
final class DanalTest {

  private static final World WORLD = World.get();
  private static final Rig RIG = Rig.named("danal");

  private static IdentityWindow windows(Map<String, Object> changes) {
    return IdentityWindowContractTest.windows(RIG, changes);
  }

  @ParameterizedTest
  @ValueSource(ints = {37, 38, 39})
  void danalRefusesTheYounger(int minAge) {
    LocalDate birth = LocalDate.now(java.time.ZoneId.of("Asia/Seoul")).minusYears(38);
    IdentityWindow windows = windows(Map.of());
    Map<String, String> typed =
        IdentityWindowContractTest.with("birth", birth.toString().replace("-", ""));
    Outcome<Identity> outcome =
        IdentityWindowContractTest.through(windows, WORLD.window(minAge, Map.of()), typed)
            .confirm(windows);
    if (minAge <= 38) {
      assertThat(World.ok(outcome).birth()).isEqualTo(birth);
    } else {
      assertThat(World.declined(outcome).reason()).isEqualTo(Reason.WRONG_IDENTITY);
    }
  }

  @ParameterizedTest
  @CsvSource({"SKT, SKT, false", "KTF, KT, false", "LGT, LGT, false", "MVNO, KT, true"})
  void danalsWindowIsFilledIn(String carrier, Carrier expected, boolean mvno) {
    IdentityWindow windows = windows(Map.of("carrierApproved", true));
    IdentityOrder plain = IdentityWindowContractTest.order();
    IdentityOrder order =
        new IdentityOrder(
            plain.id(),
            new IdentityOrder.Expected("홍길동", "01012345678", carrier),
            0,
            plain.company(),
            plain.at(),
            Map.of());
    IdentityWindow.Opened opened = World.ok(windows.open(order, WORLD.visit(true)));
    Window.FormPost form = (Window.FormPost) opened.window();
    assertThat(form.target().getPath()).endsWith("/Danal/WebAuth/Mobile/Start.php");
    assertThat(WORLD.browser().page(form))
        .contains("value=\"홍길동\"", "value=\"01012345678\"", "나루상점 한글");
    PgReturn back = WORLD.browser().prove(form, IdentityWindowContractTest.somebody());
    Identity.Line line =
        World.present(World.ok(new Passed(order, opened, back).confirm(windows)).line());
    assertThat(line.carrier()).isEqualTo(expected);
    assertThat(line.mvno()).isEqualTo(mvno);
  }

  @Test
  void danalChecksItsPassword() {
    IdentityWindow wrong = windows(Map.of("cppwd", new Secret("not it")));
    assertThat(
            World.declined(wrong.open(IdentityWindowContractTest.order(), WORLD.visit(false)))
                .reason())
        .isEqualTo(Reason.BAD_CREDENTIALS);
  }

  @Test
  void isRealInItsWindow() {
    assertThat(RIG.pg().emulated()).isFalse();
    assertThat(RIG.pg().capabilities()).containsExactly("IdentityWindow");
  }
}
