package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.naru.testing.Api;
import dev.naru.testing.Press;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Windows of their own: opened in the click, blocked, closed, lost sight of. */
class PopupBrowserTest extends AtShop {

  private static Map<String, Object> order() {
    Map<String, Object> order = ShopSite.order("payco");
    order.put("popup", true);
    return order;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPopupIsOpenedInTheClick(boolean phone) {
    Page page = phone ? site().phone() : site().desktop();
    Page popup = ShopSite.popup(page, "request_pay", order());
    assertThat(page.locator(".imp-notice-text")).containsText("새 창에서 열렸습니다");
    Press.last(popup.locator("#pay"));
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).isTrue();
    assertThat(site().payment(result.path("imp_uid").asString()).path("status").asString())
        .isEqualTo("paid");
    assertThat(page.locator(".imp-dialog")).hasCount(0);
    assertThat(page.evaluate("window.calls")).isEqualTo(1);
    page.waitForCondition(popup::isClosed);
    page.context().close();
  }

  @Test
  void aBlockedPopupIsOpenedByTheLayersButton() {
    Page page = site().desktop();
    ShopSite.blockPopups(page);
    page.navigate(site().payingPage(order()));
    assertThat(page.locator(".imp-notice-text")).containsText("팝업이 차단되어");
    Page popup = page.waitForPopup(() -> page.locator(".imp-open").click());
    Press.last(popup.locator("#pay"));
    assertThat(ShopSite.result(page).path("success").asBoolean()).isTrue();
    page.context().close();
  }

  /** As in many apps: then the window shows in the page. */
  @Test
  void whereThereAreNoPopupsAtAllThePageShowsTheWindow() {
    Page page = site().desktop();
    page.evaluate("window.open = () => null");
    ShopSite.click(page, "request_pay", order());
    page.locator(".imp-open").click();
    ShopSite.inWindow(page, "payco", "#pay").click();
    assertThat(ShopSite.result(page).path("success").asBoolean()).isTrue();
    page.context().close();
  }

  @Test
  void aClosedPopupEndsThePayment() {
    Page page = site().desktop();
    Page popup = ShopSite.popup(page, "request_pay", order());
    popup.locator("#pay").waitFor();
    popup.close();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("error_msg").asString("")).isEqualTo("[결제포기] 사용자가 결제를 취소하셨습니다");
    assertThat(site().payment(result.path("imp_uid").asString()).path("status").asString())
        .isEqualTo("failed");
    assertThat(page.locator(".imp-dialog")).hasCount(0);
    page.context().close();
  }

  @Test
  void closingTheLayerClosesThePopup() {
    Page page = site().desktop();
    Page popup = ShopSite.popup(page, "request_pay", order());
    popup.locator("#pay").waitFor();
    page.locator(".imp-close").click();
    assertThat(ShopSite.result(page).path("error_code").asString("")).isNotEmpty();
    page.waitForCondition(popup::isClosed);
    page.context().close();
  }

  /** The buyer paid, and the window went before its answer came. */
  @Test
  void theResultOfAClosedPopupIsAskedFor() {
    Page page = site().desktop();
    page.context().route("**/checkout/*/result", Route::abort);
    Page popup = ShopSite.popup(page, "request_pay", order());
    popup.waitForRequestFinished(
        new Page.WaitForRequestFinishedOptions()
            .setPredicate(seen -> seen.url().matches(".*/checkout/[^/]+/return.*")),
        () -> popup.locator("#pay").click());
    popup.close();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).isTrue();
    assertThat(result.path("status").asString()).isEqualTo("paid");
    page.context().close();
  }

  /** A popup opened in vain does not stay. */
  @Test
  void aPopupThatIsNotNeededGoes() {
    Page page = site().desktop();
    Map<String, Object> order = order();
    order.put("merchant_uid", "n".repeat(41));
    Page popup = ShopSite.popup(page, "request_pay", order);
    assertThat(ShopSite.result(page).path("error_msg").asString("")).contains("merchant_uid");
    page.waitForCondition(popup::isClosed);
    assertThat(page.locator(".imp-dialog")).hasCount(0);
    page.context().close();
  }

  private static Map<String, Object> person() {
    return new LinkedHashMap<>(
        Map.of("pg", "danal", "merchant_uid", Api.newOrder(), "company", "나루 상점"));
  }

  /** The hub's side as the SDK sees it; answers {@code presentation} and counts the closes. */
  private AtomicInteger hubSide(Page page, String presentation) {
    String url = site().hub.url() + "/checkout/identity/1-" + "0".repeat(32);
    AtomicInteger closed = new AtomicInteger();
    page.context()
        .route(
            "**/checkout/certification",
            route ->
                route.fulfill(
                    ShopSite.json(
                        Map.of(
                            "imp_uid",
                            "imp_1",
                            "merchant_uid",
                            "person-1",
                            "url",
                            url,
                            "presentation",
                            presentation))));
    page.context()
        .route(
            url,
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<button id=done>done</button>")));
    page.context()
        .route(
            url + "/close",
            route -> {
              closed.incrementAndGet();
              route.fulfill(
                  ShopSite.json(
                      Map.of(
                          "closed",
                          true,
                          "result",
                          Map.of("success", false, "imp_uid", "imp_1", "error_msg", "취소"))));
            });
    return closed;
  }

  @Test
  void aPersonIsVerifiedInAPopup() {
    Page page = site().desktop();
    hubSide(page, "popup");
    List<String> asked = ShopSite.bodies(page, "/checkout/certification");
    Map<String, Object> person = person();
    Page popup = ShopSite.popup(page, "certification", person);
    popup.locator("#done").waitFor();
    assertThat(page.locator(".imp-dialog")).hasAttribute("aria-label", "본인인증");
    // Of another payment, and from another sender: neither is listened to.
    popup.evaluate("opener.postMessage({from: 'naru', imp_uid: 'imp_2', result: {}}, '*')");
    page.evaluate("window.postMessage({from: 'naru', imp_uid: 'imp_1', result: {}}, '*')");
    popup.evaluate(
        "opener.postMessage({from: 'naru', imp_uid: 'imp_1', result: {success: true, imp_uid:"
            + " 'imp_1'}}, '"
            + site().url
            + "')");
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).isTrue();
    assertThat(page.evaluate("window.calls")).isEqualTo(1);
    page.waitForCondition(popup::isClosed);
    JsonNode body = ShopSite.JSON.readTree(asked.getFirst());
    assertThat(body.path("user_code").asString()).isEqualTo("imp00000000");
    assertThat(body.path("mobile").asBoolean()).isFalse();
    assertThat(body.path("params").path("company").asString()).isEqualTo("나루 상점");
    page.context().close();
  }

  @Test
  void aClosedVerificationIsTold() {
    Page page = site().desktop();
    AtomicInteger closed = hubSide(page, "popup");
    Page popup = ShopSite.popup(page, "certification", person());
    popup.locator("#done").waitFor();
    popup.close();
    assertThat(ShopSite.result(page).path("error_msg").asString("")).isEqualTo("취소");
    assertThat(closed).hasValue(1);
    page.context().close();
  }

  @Test
  void aPhoneLeavesForTheVerification() {
    Page page = site().phone();
    hubSide(page, "redirect");
    Map<String, Object> person = person();
    person.put("m_redirect_url", site().url + "/back");
    ShopSite.click(page, "certification", person);
    page.waitForURL(url -> url.contains("/checkout/identity/"));
    assertThat(page.context().pages()).hasSize(1);
    page.context().close();
  }

  @Test
  void aMistakeInAVerificationIsTold() {
    Page page = site().phone();
    Map<String, Object> person = person();
    person.remove("merchant_uid");
    ShopSite.click(page, "certification", person);
    assertThat(ShopSite.result(page).path("error_msg").asString("")).contains("merchant_uid");
    person.put("m_redirect_url", site().url + "/back?a=1#b");
    ShopSite.click(page, "certification", person);
    page.waitForURL(url -> url.contains("/back?"));
    assertThat(page.url()).contains("/back?a=1&imp_uid=&").contains("success=false").endsWith("#b");
    page.context().close();
  }
}
