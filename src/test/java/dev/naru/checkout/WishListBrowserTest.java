package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import dev.naru.testing.Api;
import dev.naru.testing.Press;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code IMP.naver_zzim} from a shop's page to the list of whoever visits it. */
class WishListBrowserTest extends AtShop {

  private Map<String, Object> tea = Map.of();
  private Map<String, Object> cup = Map.of();

  @BeforeEach
  void offer() {
    tea = WishListTest.product();
    cup = WishListTest.product();
    cup.put("name", "찻잔");
    cup.put("uprice", 8_000);
  }

  private Map<String, Object> params() {
    return Map.of("naverProducts", List.of(tea, cup));
  }

  /** What the simulator has of a product. */
  private JsonNode listed(Map<String, Object> product) {
    Api simulators = new Api(site().hub.simulatorUrl());
    URI list = simulators.at("/_sim/wishes/naverco?product=" + product.get("id"));
    return simulators.bare(HttpRequest.newBuilder(list)).body();
  }

  private static void isOpen(Page page) {
    JsonNode told = ShopSite.result(page);
    assertThat(told.path("success").asBoolean()).isTrue();
    assertThat(told.has("error_code")).isFalse();
    assertThat(page.locator(".imp-dialog")).hasCount(0);
    assertThat(page.evaluate("window.calls")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheVisitorPressesIsOnTheirList(boolean phone) {
    Page page = phone ? site().phone() : site().desktop();
    Page popup = ShopSite.popup(page, "naver_zzim", params());
    assertThat(popup.locator("h1")).hasText("네이버페이 주문형");
    assertThat(popup.locator("h2")).hasText(new String[] {"녹차", "찻잔"});
    assertThat(popup.locator("dd")).hasText(new String[] {"12,000원", "8,000원"});
    assertThat(popup.locator(".test")).containsText("테스트");
    isOpen(page);
    assertThat(listed(tea)).isEmpty();
    popup.locator("#wish").click();
    assertThat(popup.locator("#result")).hasText("찜 목록에 담았습니다.");
    assertThat(listed(tea)).hasSize(1);
    assertThat(listed(cup).path(0).path("name").asString()).isEqualTo("찻잔");
    popup.reload();
    assertThat(popup.locator("#result")).hasClass("done");
    Press.last(popup.locator("#leave"));
    page.waitForCondition(popup::isClosed);
    assertThat(page.url()).isEqualTo(site().url + "/");
    page.context().close();
  }

  @Test
  void aVisitorWhoReadsEnglishIsAskedInEnglish() {
    Page page = site().desktop();
    Page popup =
        ShopSite.popup(page, "naver_zzim", Map.of("naverProducts", List.of(tea), "language", "en"));
    assertThat(popup.locator("#wish")).hasText("Add to wish list");
    popup.locator("#wish").click();
    assertThat(popup.locator("#result")).hasText("It is on your wish list.");
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoClosesTheWindowHasNothingOnTheirListAndMayComeAgain(boolean byButton) {
    Page page = site().desktop();
    Page popup = ShopSite.popup(page, "naver_zzim", params());
    popup.locator("#wish").waitFor();
    isOpen(page);
    if (byButton) {
      Press.last(popup.locator("#close"));
    } else {
      popup.close();
    }
    page.waitForCondition(popup::isClosed);
    assertThat(listed(tea)).isEmpty();
    Page again = ShopSite.popup(page, "naver_zzim", params());
    again.locator("#wish").click();
    assertThat(again.locator("#result")).hasClass("done");
    assertThat(listed(tea)).hasSize(1);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBlockedPopupIsOpenedByTheLayersButton(boolean phone) {
    Page page = phone ? site().phone() : site().desktop();
    ShopSite.blockPopups(page);
    ShopSite.click(page, "naver_zzim", params());
    assertThat(page.locator(".imp-notice-text")).containsText("팝업이 차단되어 찜 창을");
    assertThat(page.evaluate("window.calls")).isEqualTo(0);
    Page popup = page.waitForPopup(() -> page.locator(".imp-open").click());
    isOpen(page);
    popup.locator("#wish").click();
    assertThat(popup.locator("#result")).hasClass("done");
    assertThat(listed(cup)).hasSize(1);
    page.context().close();
  }

  @Test
  void whoClosesTheLayerOfABlockedPopupIsTold() {
    Page page = site().desktop();
    ShopSite.blockPopups(page);
    ShopSite.click(page, "naver_zzim", params());
    page.locator(".imp-close").click();
    JsonNode told = ShopSite.result(page);
    assertThat(told.path("success").asBoolean()).isFalse();
    assertThat(told.path("error_msg").asString()).contains("찜 창");
    assertThat(page.locator(".imp-dialog")).hasCount(0);
    page.context().close();
  }

  /** As in many apps: then the window shows in the page. */
  @Test
  void whereThereAreNoPopupsAtAllThePageShowsTheWindow() {
    Page page = site().phone();
    page.evaluate("window.open = () => null");
    ShopSite.click(page, "naver_zzim", params());
    page.locator(".imp-open").click();
    FrameLocator layer = page.frameLocator("iframe.imp-frame");
    layer.locator("#wish").click();
    assertThat(layer.locator("#result")).hasText("찜 목록에 담았습니다.");
    assertThat(layer.locator("#leave")).isHidden();
    assertThat(listed(tea)).hasSize(1);
    page.locator(".imp-close").click();
    isOpen(page);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMistakeIsToldAndLeavesNoWindow(boolean phone) {
    Page page = phone ? site().phone() : site().desktop();
    tea.put("uprice", "12000");
    Map<String, Object> wrong =
        Map.of("naverProducts", List.of(tea), "m_redirect_url", site().url + "/back");
    Page popup = ShopSite.popup(page, "naver_zzim", wrong);
    JsonNode told = ShopSite.result(page);
    assertThat(told.path("success").asBoolean()).isFalse();
    assertThat(told.path("error_code").asString()).isEqualTo("F400");
    assertThat(told.path("error_msg").asString()).contains("uprice");
    page.waitForCondition(popup::isClosed);
    assertThat(page.url()).isEqualTo(site().url + "/");
    page.context().close();
  }

  @Test
  void theNumberedScriptsTakePricesAsTexts() {
    Page page = site().desktop();
    page.navigate(site().url + "/historic");
    tea.put("uprice", "12000");
    Page popup = ShopSite.popup(page, "naver_zzim", Map.of("naverProducts", List.of(tea)));
    assertThat(popup.locator("dd")).hasText("12,000원");
    isOpen(page);
    assertThat(page.evaluate("window.asked.params.naverProducts[0].uprice")).isEqualTo("12000");
    page.context().close();
  }

  @Test
  void aCallWithoutShopProductsOrCallbackDoesNoHarm() {
    Page page = site().desktop();
    page.evaluate("() => IMP.naver_zzim({naverProducts: []}, window.told)");
    assertThat(ShopSite.result(page).path("error_msg").asString()).contains("IMP.init");
    page.locator("#result").evaluate("node => node.textContent = ''");
    page.evaluate("() => { IMP.init('imp00000000'); IMP.naver_zzim(null, window.told) }");
    assertThat(ShopSite.result(page).path("error_msg").asString()).contains("찜할 상품");
    page.evaluate("params => window.asked = {what: 'naver_zzim', params: params}", params());
    page.evaluate("window.told = undefined");
    Page popup = page.waitForPopup(() -> page.locator("#go").click());
    popup.locator("#wish").click();
    assertThat(popup.locator("#result")).hasClass("done");
    page.context().close();
  }
}
