package dev.naru.console.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.account.entry.Session;
import dev.naru.console.frame.Viewer;
import dev.naru.merchant.Merchant;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Preset;
import dev.naru.payment.list.PaymentKey;
import dev.naru.testing.Apart;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What addresses mean, also where real money moves. */
@Apart
class AskedTest {

  private static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");
  private static final Merchant SHOP = new Merchant(7, 7, "imp00000007", null, null, "찻집");
  private static final Merchant SUB = new Merchant(8, 8, "imp00000007.A01", 7L, "A01", "분점");

  private static Viewer viewer(boolean live, String selected, Merchant... subs) {
    Account account =
        new Account(
            "a@shop.example", 7, Role.OWNER, true, "홍길동", true, Account.State.ACTIVE, true, NOW);
    Session session = new Session("1", account, true, "own", "::1", "test", NOW, NOW, NOW);
    return new Viewer(session, SHOP, List.of(subs), selected, true, live, "::1");
  }

  private static Asked asked(String query) {
    return Asked.of(query, viewer(true, Viewer.OWN), NOW);
  }

  @Test
  void withRealMoneyTestsAreShownToWhoAsks() {
    assertThat(asked("").filter().modes()).containsExactly(Mode.LIVE);
    assertThat(asked("").query()).isEqualTo("basis=status&period=six_months");
    assertThat(asked("mode=test").filter().modes()).containsExactly(Mode.TEST);
    assertThat(asked("mode=test").query()).endsWith("&mode=test");
    assertThat(asked(asked("mode=live&mode=test").query()).filter().modes())
        .containsExactlyInAnyOrder(Mode.LIVE, Mode.TEST);
    assertThat(asked(asked("mode=all").query()).filter().modes()).isEmpty();
  }

  @Test
  void inASandboxEverythingIsATest() {
    Asked asked = Asked.of("", viewer(false, Viewer.OWN), NOW);
    assertThat(asked.filter().modes()).isEmpty();
    assertThat(asked.query()).doesNotContain("mode");
  }

  @Test
  void theShopIsTheViewersChoiceWhateverTheQuerySays() {
    Asked one = Asked.of("shop=A01", viewer(true, Viewer.OWN, SUB), NOW);
    assertThat(one.filter().shop()).isEqualTo(PaymentFilter.REPRESENTATIVE);
    assertThat(one.query()).endsWith("&shop=own");
    assertThat(Asked.of("", viewer(true, Viewer.ALL, SUB), NOW).filter().shop()).isNull();
    assertThat(Asked.of("", viewer(true, "A01", SUB), NOW).filter().shop()).isEqualTo("A01");
    assertThat(asked("shop=A01").query()).doesNotContain("shop");
  }

  @Test
  void aPresetTakesTheTimesAwayUnlessTheyAreMeant() {
    String times = "&from=2026-01-01T00:00&to=2026-01-02T00:00";
    assertThat(asked("period=week" + times).filter().span().preset()).isEqualTo(Preset.WEEK);
    assertThat(asked("period=week&period=exact" + times).filter().span().preset()).isNull();
    assertThat(asked("period=nonsense" + times).filter().span().preset()).isNull();
    assertThat(asked("period=exact").filter().span().preset()).isEqualTo(Preset.SIX_MONTHS);
  }

  @Test
  void theTrailLeadsBackAndEndsSomewhere() {
    Asked at = asked("status=paid");
    assertThat(at.previous()).isNull();
    for (int page = 1; page <= 40; page++) {
      String next = at.next(new PaymentKey(NOW.minusSeconds(page), "imp_" + page));
      at = asked(next.substring(next.indexOf('?') + 1));
    }
    assertThat(at.page()).isEqualTo(31);
    assertThat(String.valueOf(at.previous()))
        .contains("status=paid", "-imp_39")
        .doesNotContain("-imp_40");
    assertThat(at.sorted(at.sort()).page()).isEqualTo(1);
    assertThat(asked("after=nonsense").ignored()).containsExactly("after");
  }

  @Test
  void whatIsNoQueryIsNone() {
    assertThat(asked("&&=&status&q=%zz&%00=1").ignored()).isEmpty();
  }
}
