package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import dev.naru.testing.Book;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A buyer who reloads and goes back wherever that can be done. Nothing is charged twice. */
class RestlessBuyerTest extends AtShop {

  private Book book() {
    return new Book(site().hub);
  }

  private Map<String, Object> order(String pg) {
    Map<String, Object> order = ShopSite.order(pg);
    order.put("company", "나루상점");
    order.put("m_redirect_url", site().url + "/back?cart=9");
    return order;
  }

  private void chargedOnce(Map<String, Object> order) {
    String merchantUid = String.valueOf(order.get("merchant_uid"));
    List<JsonNode> charges = book().charges(merchantUid);
    assertThat(charges).hasSize(1);
    assertThat(charges.getFirst().path("balance").asLong()).isEqualTo(10_000);
    assertThat(
            site()
                .api
                .get("/payments/find/" + merchantUid + "/paid")
                .response()
                .path("status")
                .asString())
        .isEqualTo("paid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "kakaopay"})
  void reloadsEveryPageOnAPhone(String pg) {
    Page page = site().phone();
    AtomicReference<String> window = window(page);
    Map<String, Object> order = order(pg);
    ShopSite.pay(page, order);
    page.locator("#pay").waitFor();
    page.reload();
    page.locator("#pay").waitFor();
    // As if the phone had dropped the tab: the hub's page alone is opened again.
    page.navigate(window.get());
    page.locator("#pay").click();
    page.waitForURL(url -> url.contains("/back?"));
    String told = page.url();
    page.reload();
    assertThat(page.url()).isEqualTo(told);
    chargedOnce(order);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "kakaopay"})
  void goesBackFromTheWindowAndPaysAfterAll(String pg) {
    Page page = site().phone();
    Map<String, Object> order = order(pg);
    ShopSite.pay(page, order);
    page.locator("#pay").waitFor();
    page.goBack();
    page.waitForURL(url -> url.startsWith(site().url));
    Map<String, Object> second = order(pg);
    ShopSite.pay(page, second);
    page.locator("#pay").click();
    page.waitForURL(url -> url.contains("/back?"));
    chargedOnce(second);
    assertThat(book().charges(String.valueOf(order.get("merchant_uid")))).isEmpty();
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "kakaopay"})
  void goesBackAfterThePaymentAndForward(String pg) {
    Page page = site().phone();
    Map<String, Object> order = order(pg);
    ShopSite.pay(page, order);
    page.locator("#pay").click();
    page.waitForURL(url -> url.contains("/back?"));
    String told = page.url();
    page.goBack();
    page.goForward();
    page.waitForURL(url -> url.equals(told));
    chargedOnce(order);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "kakaopay"})
  void reloadsTheLayer(String pg) {
    Page page = site().desktop();
    Map<String, Object> order = order(pg);
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, pg, "#pay").waitFor();
    Frame layer =
        Objects.requireNonNull(
            Objects.requireNonNull(page.querySelector("iframe.imp-frame")).contentFrame());
    layer.evaluate("location.reload()");
    ShopSite.inWindow(page, pg, "#pay").click();
    assertThat(ShopSite.result(page).has("error_code")).isFalse();
    chargedOnce(order);
    page.context().close();
  }

  /** The page that asked is gone: the payment stays open, and the order can be paid anew. */
  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "kakaopay"})
  void reloadsTheShopsPageUnderTheLayer(String pg) {
    Page page = site().desktop();
    Map<String, Object> order = order(pg);
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, pg, "#pay").waitFor();
    page.reload();
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, pg, "#pay").click();
    assertThat(ShopSite.result(page).has("error_code")).isFalse();
    chargedOnce(order);
    page.context().close();
  }

  /** The address of the hub's own page in the visit. */
  private static AtomicReference<String> window(Page page) {
    AtomicReference<String> window = new AtomicReference<>("");
    page.onRequest(
        request -> {
          if (request.url().matches(".*/checkout/[0-9a-z]+-[0-9a-f]{32}")) {
            window.compareAndSet("", request.url());
          }
        });
    return window;
  }
}
