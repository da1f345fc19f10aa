package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer over the shop's page, for those who have a keyboard only, or a screen reader. */
class LayerBrowserTest extends AtShop {

  private Page open(String pg) {
    Page page = site().desktop();
    page.locator("#go").focus();
    ShopSite.pay(page, ShopSite.order(pg));
    ShopSite.inWindow(page, pg, "#pay").waitFor();
    return page;
  }

  private static String focus(Page page) {
    return String.valueOf(page.evaluate("document.activeElement.className"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "payco"})
  void theFocusGoesIntoTheWindowAndStaysInTheLayer(String pg) {
    Page page = open(pg);
    assertThat(focus(page)).contains("imp-frame");
    Set<String> seen = new HashSet<>();
    for (int n = 0; n < 40; n++) {
      page.keyboard().press(n % 3 == 2 ? "Shift+Tab" : "Tab");
      String at = focus(page);
      assertThat(at).startsWith("imp-");
      seen.add(at);
    }
    for (int n = 0; n < 40; n++) {
      page.keyboard().press("Tab");
      seen.add(focus(page));
    }
    assertThat(seen).anyMatch(at -> at.contains("imp-frame")).contains("imp-close");
    page.context().close();
  }

  @Test
  void whatIsBehindIsInertUntilTheLayerIsGone() {
    Page page = open("tosspayments");
    assertThat(page.locator("body > [inert]").count()).isPositive();
    assertThat(page.locator("body > :not([inert]):not(.imp-dialog)")).hasCount(0);
    page.locator(".imp-close").click();
    ShopSite.result(page);
    assertThat(page.locator("[inert]")).hasCount(0);
    assertThat(page.locator("#go")).isFocused();
    page.context().close();
  }

  @Test
  void escapeAsksBeforeItCloses() {
    Page page = open("tosspayments");
    page.locator(".imp-close").focus();
    page.keyboard().press("Escape");
    assertThat(page.locator(".imp-ask")).containsText("결제를 그만두시겠습니까?");
    assertThat(page.locator(".imp-keep")).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator(".imp-ask")).hasCount(0);
    assertThat(focus(page)).contains("imp-frame");
    page.locator(".imp-close").focus();
    page.keyboard().press("Escape");
    page.locator(".imp-quit").click();
    assertThat(ShopSite.result(page).path("error_msg").asString(""))
        .isEqualTo("[결제포기] 사용자가 결제를 취소하셨습니다");
    assertThat(page.locator(".imp-dialog")).hasCount(0);
    page.context().close();
  }

  /** The tester's choice of the outcome stands beside the form. */
  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle", "payco"})
  void theFrameIsWideEnoughForTheWindow(String pg) {
    Page page = open(pg);
    assertThat(ShopSite.inWindow(page, pg, "#outcome")).isInViewport();
    Object sideways =
        ShopSite.inWindow(page, pg, "html").evaluate("html => html.scrollWidth - html.clientWidth");
    assertThat(((Number) sideways).intValue()).isLessThanOrEqualTo(0);
    page.context().close();
  }
}
