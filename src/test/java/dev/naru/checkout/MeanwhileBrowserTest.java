package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What a buyer sees while money moves: a PG that takes seconds to answer, which is less than the
 * hub's patience.
 */
@NeedsChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeanwhileBrowserTest {

  private @Nullable Hub hub;
  private @Nullable ShopSite opened;

  @BeforeAll
  void open() {
    Map<String, String> patient =
        Map.of("naru.pg.moment", "PT0.3S", "naru.pg.read-timeout", "PT30S");
    hub = Hub.start(patient, Hub.LATE, Duration.ofSeconds(5));
    opened = new ShopSite(hub);
  }

  @AfterAll
  void close() {
    if (opened != null) {
      opened.close();
    }
    if (hub != null) {
      hub.close();
    }
  }

  private ShopSite site() {
    return Objects.requireNonNull(opened);
  }

  private static FrameLocator layer(Page page) {
    return page.frameLocator("iframe.imp-frame");
  }

  private Page payingSlowly(Page page, String pg, Map<String, Object> order) {
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, pg, "#outcome").selectOption("SLOW");
    ShopSite.inWindow(page, pg, "#pay").click();
    return page;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "kakaopay", "payco"})
  void theLayerSaysThatTheChargeIsUnderWay(String pg) {
    Page page = payingSlowly(site().desktop(), pg, ShopSite.order(pg));
    assertThat(layer(page).locator("#working h1")).hasText("결제 승인 중입니다");
    assertThat(layer(page).locator("#working")).containsText("다시 결제하거나 창을 닫지 말고");
    assertThat(layer(page).locator("#pay")).hasCount(0);
    page.locator(".imp-close").click();
    assertThat(page.locator(".imp-note")).containsText("결제를 승인하고 있어 지금은 닫을 수 없습니다.");
    JsonNode result = ShopSite.result(page);
    assertThat(result.has("error_code")).isFalse();
    assertThat(site().payment(result.path("imp_uid").asString()).path("status").asString())
        .isEqualTo("paid");
    assertThat(page.evaluate("window.calls")).isEqualTo(1);
    page.context().close();
  }

  @Test
  void aPhoneGoesOnToTheShop() {
    Page page = site().phone();
    Map<String, Object> order = ShopSite.order("tosspayments");
    order.put("m_redirect_url", site().url + "/back?cart=9");
    ShopSite.pay(page, order);
    page.locator("#outcome").selectOption("SLOW");
    page.locator("#pay").click();
    assertThat(page.locator("#working")).isVisible();
    // Whoever reloads meanwhile sends nothing again.
    page.reload();
    page.waitForURL(url -> url.contains("/back?cart=9&"));
    assertThat(page.url()).doesNotContain("error_code");
    // The way back does not lead to the page that waited.
    page.goBack();
    assertThat(page.url()).doesNotContain("/result");
    page.context().close();
  }

  /** Without scripts the page asks again by itself. */
  @Test
  void itNeedsNoScript() {
    Page page = site().phone();
    Map<String, Object> order = ShopSite.order("tosspayments");
    order.put("m_redirect_url", site().url + "/back?cart=9");
    ShopSite.pay(page, order);
    page.locator("#outcome").selectOption("SLOW");
    page.route("**/assets/checkout/working.js", route -> route.abort());
    page.locator("#pay").click();
    assertThat(page.locator("#working")).isVisible();
    assertThat(page.locator("head noscript")).hasCount(1);
    page.navigate(page.url());
    page.waitForCondition(
        () -> {
          page.reload();
          return page.url().contains("/back?cart=9&");
        },
        new Page.WaitForConditionOptions().setTimeout(30_000));
    page.context().close();
  }
}
