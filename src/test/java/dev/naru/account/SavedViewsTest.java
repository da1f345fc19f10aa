package dev.naru.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.account.SavedViews.View;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchants;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.Hub;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters under names: each account's own, so many and so long. */
class SavedViewsTest {

  private static final String LIST = "payments";

  private final Hub hub = Hub.shared();
  private final SavedViews views = hub.bean(SavedViews.class);
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Account account = people.of(people.shop(), Role.MANAGER);

  @Test
  void oneIsKeptReplacedAndForgotten() {
    views.keep(account, LIST, " 실패 ", "status=failed");
    views.keep(account, LIST, "가상계좌", "method=vbank");
    views.keep(account, LIST, "실패", "status=failed&period=week");
    assertThat(views.of(account, LIST))
        .containsExactlyInAnyOrder(
            new View("가상계좌", "method=vbank"), new View("실패", "status=failed&period=week"));
    assertThat(views.of(account, "others")).isEmpty();
    views.forget(account, LIST, "실패");
    views.forget(account, LIST, "실패");
    assertThat(views.of(account, LIST)).extracting(View::name).containsExactly("가상계좌");
  }

  @Test
  void nobodyElseSeesOrForgetsThem() {
    Account other = people.of(hub.bean(Merchants.class).get(account.merchantId()), Role.MANAGER);
    views.keep(account, LIST, "mine", "status=paid");
    views.forget(other, LIST, "mine");
    assertThat(views.of(other, LIST)).isEmpty();
    assertThat(views.of(account, LIST)).hasSize(1);
  }

  @Test
  void thereAreSoManyAndOneOfThemMayStillBeReplaced() {
    for (int n = 0; n < SavedViews.MOST; n++) {
      views.keep(account, LIST, "view " + n, "min=" + n);
    }
    assertThatThrownBy(() -> views.keep(account, LIST, "more", "min=1")).isInstanceOf(Failed.class);
    views.keep(account, LIST, "view 0", "min=7");
    assertThat(views.of(account, LIST))
        .hasSize(SavedViews.MOST)
        .contains(new View("view 0", "min=7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\nb", "12345678901234567890123456789012345678901"})
  void whatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() -> views.keep(account, LIST, name, "")).isInstanceOf(Failed.class);
    assertThat(views.of(account, LIST)).isEmpty();
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThatThrownBy(() -> views.keep(account, LIST, "long", "q=" + "x".repeat(2000)))
        .isInstanceOf(Failed.class);
  }

  @Test
  void whoEndsLeavesNone() {
    views.keep(account, LIST, "mine", "status=paid");
    Account owner = people.of(hub.bean(Merchants.class).get(account.merchantId()), Role.OWNER);
    hub.bean(Accounts.class).end(owner.actor("127.0.0.1"), owner, account.email());
    assertThat(views.of(account, LIST)).isEqualTo(List.of());
  }
}
