package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What the mobile SDKs do: a page of their own without an origin, whose script they call from
 * outside, and addresses that lead nowhere, which they catch on the way.
 */
class MobileAppsTest extends AtShop {

  @Override
  ShopSite site(Hub hub) {
    return ShopSite.ofApps(hub);
  }

  /** The page of an app, and where it would have gone: the app stops it there. */
  private Page app(AtomicReference<String> caught) {
    Page page = site().phone();
    page.context()
        .route(
            url -> url.matches("http://(detectchangingwebview|localhost)/iamport.*"),
            route -> {
              caught.set(route.request().url());
              route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody("-"));
            });
    page.navigate("about:blank");
    page.setContent(
        """
        <!DOCTYPE html><html><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1.0, user-scalable=no">
        <script type="text/javascript" src="%s/v1/iamport.js"></script></head><body></body></html>
        """
            .formatted(site().hub.url()));
    page.waitForFunction("() => window.IMP");
    return page;
  }

  @ParameterizedTest
  @CsvSource({
    "http://detectchangingwebview/iamport/rn, html5_inicis",
    "http://detectchangingwebview/iamport/a, tosspayments",
    "http://detectchangingwebview/iamport/i, html5_inicis",
    "http://detectchangingwebview/iamport/f, html5_inicis",
    "http://detectchangingwebview/iamport/cor, html5_inicis",
    "http://detectchangingwebview/iamport/capacitor, html5_inicis",
    "http://localhost/iamport, html5_inicis"
  })
  void aPaymentComesBackToTheApp(String prefix, String pg) {
    AtomicReference<String> caught = new AtomicReference<>("");
    Page page = app(caught);
    Map<String, Object> order = ShopSite.order(pg);
    order.put("m_redirect_url", prefix);
    order.put("app_scheme", "narushop");
    page.evaluate(
        "order => setTimeout(() => { IMP.init('imp00000000');"
            + " IMP.request_pay(order, response => { window.told = response }) })",
        order);
    page.locator("#pay").click();
    page.waitForCondition(() -> !"".equals(caught.get()));
    URI back = URI.create(caught.get());
    assertThat(caught.get()).startsWith(prefix + "?imp_uid=imp_");
    assertThat(back.getQuery()).contains("merchant_uid=" + order.get("merchant_uid"));
    assertThat(back.getQuery()).doesNotContain("error_code");
    if (pg.equals("html5_inicis")) {
      assertThat(back.getQuery()).contains("imp_success=true");
    }
    page.context().close();
  }

  @Test
  void aRefusalComesBackToTheApp() {
    AtomicReference<String> caught = new AtomicReference<>("");
    Page page = app(caught);
    Map<String, Object> order = ShopSite.order("nobody");
    order.put("m_redirect_url", "http://detectchangingwebview/iamport/rn");
    page.evaluate("order => { IMP.init('imp00000000'); IMP.request_pay(order) }", order);
    page.waitForCondition(() -> !"".equals(caught.get()));
    assertThat(caught.get()).contains("imp_success=false").contains("error_msg=");
    page.context().close();
  }

  /** By its own address, which the page's system opens; a browser is only seen to ask for it. */
  @Test
  void aRefusalComesBackByTheAppsAddress() {
    Page page = app(new AtomicReference<>(""));
    AtomicReference<String> asked = new AtomicReference<>("");
    page.onRequestFailed(
        request -> {
          if (request.url().startsWith("narushop:")) {
            asked.set(request.url());
          }
        });
    page.onRequest(
        request -> {
          if (request.url().startsWith("narushop:")) {
            asked.set(request.url());
          }
        });
    Map<String, Object> order = ShopSite.order("nobody");
    order.put("m_redirect_url", "narushop://done?cart=9");
    page.evaluate(
        "order => { IMP.init('imp00000000');"
            + " IMP.request_pay(order, told => { window.told = told }) }",
        order);
    page.waitForCondition(() -> !"".equals(asked.get()));
    assertThat(asked.get())
        .startsWith("narushop://done?cart=9&imp_uid=&merchant_uid=")
        .contains("imp_success=false")
        .contains("error_code=F400");
    page.context().close();
  }

  /** What is known of the order is told where the page waits, and not by leaving it. */
  @Test
  void aPaidOrderIsToldToTheCallback() {
    Map<String, Object> order = ShopSite.order("html5_inicis");
    new Api(site().hub.url())
        .post(
            "/subscribe/payments/onetime",
            Api.keyIn(String.valueOf(order.get("merchant_uid")), "tosspayments", Api.GOOD_CARD));
    AtomicReference<String> caught = new AtomicReference<>("");
    Page page = app(caught);
    order.put("m_redirect_url", "http://localhost/iamport");
    page.evaluate(
        "order => { IMP.init('imp00000000');"
            + " IMP.request_pay(order, told => { window.told = JSON.stringify(told) }) }",
        order);
    page.waitForFunction("() => window.told");
    JsonNode told = ShopSite.JSON.readTree(String.valueOf(page.evaluate("window.told")));
    assertThat(told.path("error_code").asString()).isEqualTo("F1002");
    assertThat(told.path("error_msg").asString()).isEqualTo("이미 결제가 이루어진 거래건입니다.");
    assertThat(told.path("merchant_uid").asString()).isEqualTo(order.get("merchant_uid"));
    assertThat(caught.get()).isEmpty();
    // Without one it is told where the page goes, as any other refusal.
    page.evaluate("order => { IMP.request_pay(order) }", order);
    page.waitForCondition(() -> !"".equals(caught.get()));
    assertThat(caught.get()).contains("error_code=F1002");
    page.context().close();
  }

  /** Windows that stay in the page answer through the bridge to the app. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "window.ReactNativeWebView = { postMessage: text => { window.toApp = text } }",
        "window.IAMPORT = { customCallback: text => { window.toApp = text } }",
        "window.webkit = { messageHandlers: { iamport: { postMessage: text => { window.toApp ="
            + " text } } } }"
      })
  void aCallbackGoesToTheApp(String bridge) {
    Page page = app(new AtomicReference<>(""));
    page.evaluate(bridge);
    Map<String, Object> order = ShopSite.order("payco");
    order.put("m_redirect_url", "http://detectchangingwebview/iamport/rn");
    page.evaluate(
        "order => { IMP.init('imp00000000'); IMP.request_pay(order, response => {"
            + " const text = JSON.stringify(response);"
            + " const app = window.ReactNativeWebView || (window.webkit &&"
            + " window.webkit.messageHandlers.iamport);"
            + " if (app) { app.postMessage(text) } else { window.IAMPORT.customCallback(text) } })"
            + " }",
        order);
    ShopSite.inWindow(page, "payco", "#pay").click();
    page.waitForFunction("() => window.toApp");
    JsonNode told = ShopSite.JSON.readTree(String.valueOf(page.evaluate("window.toApp")));
    assertThat(told.path("success").asBoolean()).isTrue();
    assertThat(told.path("merchant_uid").asString()).isEqualTo(order.get("merchant_uid"));
    page.context().close();
  }
}
