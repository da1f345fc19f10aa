package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.naru.testing.Api;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window is pressed once, and Enter in one of its fields goes on, and closes nothing. */
class SimulatorButtonsBrowserTest extends AtShop {

  private static final Map<String, Object> SHIPPED =
      Map.of(
          "id", "tea",
          "name", "녹차",
          "basePrice", 7_500,
          "quantity", 1,
          "infoUrl", "https://shop.example/tea",
          "imageUrl", "https://shop.example/tea.png",
          "shipping", Map.of("baseFee", 2_500, "feePayType", "PREPAYED"));

  private static final Map<String, List<Map<String, Object>>> PRODUCTS =
      Map.of("naverpay", List.of(ShopSite.TEA), "naverco", List.of(SHIPPED));

  /** What the windows are sent, none of which reaches the PG: the page stays. */
  private static List<String> kept(Page page) {
    List<String> sent = new CopyOnWriteArrayList<>();
    page.context()
        .route(
            url -> url.contains("/_sim/") || url.contains("/wishes/"),
            route -> {
              if (route.request().method().equals("POST")) {
                sent.add(Objects.requireNonNullElse(route.request().postData(), ""));
                // Nothing to show: the page stays as it was left.
                route.fulfill(new Route.FulfillOptions().setStatus(204));
              } else {
                route.resume();
              }
            });
    return sent;
  }

  private Map<String, Object> order(String pg) {
    Map<String, Object> order = ShopSite.order(pg);
    order.put("m_redirect_url", site().url + "/back");
    if (PRODUCTS.containsKey(pg)) {
      order.put("naverProducts", PRODUCTS.get(pg));
    }
    return order;
  }

  /** Enter presses that button, which locks all of them; after that nothing more is sent. */
  private static void goesOnOnce(
      Page page, Locator window, String field, String button, List<String> sent) {
    window.locator(field).press("Enter");
    assertLocked(page, window, button, sent);
  }

  private static void assertLocked(Page page, Locator window, String button, List<String> sent) {
    page.waitForCondition(() -> !sent.isEmpty());
    assertThat(sent.getFirst()).contains("action=" + button);
    Locator buttons = window.locator("button");
    assertThat(buttons.count()).isGreaterThanOrEqualTo(2);
    for (int n = 0; n < buttons.count(); n++) {
      assertThat(buttons.nth(n)).isDisabled();
    }
    // What a keyboard or a script might still do.
    assertThat(
            window.evaluate(
                "form => form.dispatchEvent(new SubmitEvent('submit', {bubbles: true, cancelable: true}))"))
        .isEqualTo(false);
    assertThat(sent).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tosspayments",
        "html5_inicis",
        "settle",
        "kakaopay",
        "naverpay",
        "naverco",
        "paymentwall"
      })
  void paymentWindows(String pg) {
    Page page = site().phone();
    List<String> sent = kept(page);
    ShopSite.click(page, "request_pay", order(pg));
    Locator window = page.locator("#window");
    window.locator("#card-number").fill(Api.GOOD_CARD);
    goesOnOnce(page, window, "#card-number", "pay", sent);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle", "payco"})
  void closeIsPressedOnceToo(String pg) {
    Page page = site().desktop();
    List<String> sent = kept(page);
    ShopSite.click(page, "request_pay", order(pg));
    Locator window = ShopSite.inWindow(page, pg, "#window");
    window.locator("#close").click();
    assertLocked(page, window, "close", sent);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"html5_inicis", "payco"})
  void windowsInAFrame(String pg) {
    Page page = site().desktop();
    List<String> sent = kept(page);
    ShopSite.click(page, "request_pay", order(pg));
    Locator window = ShopSite.inWindow(page, pg, "#window");
    window.locator("#card-number").fill(Api.GOOD_CARD);
    goesOnOnce(page, window, "#card-number", "pay", sent);
    page.context().close();
  }

  @Test
  void theWindowOfPaypal() {
    Page page = site().desktop();
    List<String> sent = kept(page);
    Map<String, Object> order = order("paypal_v2");
    order.put("pay_method", "paypal");
    order.put("amount", 14.2);
    PgUiBrowserTest.load(page, PgUiBrowserTest.SPB, "paypal-spb", order);
    Page popup = page.waitForPopup(() -> page.locator(".imp-ui").click());
    Locator window = popup.locator("#window");
    window.locator("#card-number").fill(Api.GOOD_CARD);
    goesOnOnce(popup, window, "#card-number", "pay", sent);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"danal", "inicis_unified", "kcp_v2", "inicis"})
  void identityWindows(String pg) {
    Page page = site().phone();
    List<String> sent = kept(page);
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("pg", pg);
    params.put("merchant_uid", Api.newOrder());
    params.put("m_redirect_url", site().url + "/back");
    ShopSite.click(page, "certification", params);
    Locator window = page.locator("#window");
    window.locator("#name").fill("남궁나루");
    window.locator("#birth").fill("19880314");
    goesOnOnce(page, window, "#name", "verify", sent);
    page.context().close();
  }
}
