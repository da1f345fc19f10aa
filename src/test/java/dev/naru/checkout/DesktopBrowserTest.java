package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.naru.testing.Book;
import dev.naru.testing.Press;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A shop, the hub and a PG in a desktop browser: a layer in the shop's page, then the callback. */
class DesktopBrowserTest extends AtShop {

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "payco", "settle"})
  void aCardIsCharged(String pg) {
    Page page = site().desktop();
    Map<String, Object> order = ShopSite.order(pg);
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, pg, "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("merchant_uid").asString()).isEqualTo(order.get("merchant_uid"));
    assertThat(result.has("error_code")).isFalse();
    // Only PGs of V1's older modules tell of success.
    assertThat(result.path("success").asBoolean(false)).isEqualTo(!pg.equals("tosspayments"));
    assertThat(result.has("success")).isEqualTo(!pg.equals("tosspayments"));
    JsonNode payment = site().payment(result.path("imp_uid").asString());
    assertThat(payment.path("status").asString()).isEqualTo("paid");
    assertThat(payment.path("amount").asInt()).isEqualTo(10_000);
    assertThat(payment.path("channel").asString()).isEqualTo("pc");
    assertThat(page.locator(".imp-dialog")).hasCount(0);
    assertThat(page.locator("body.imp-payment-progress")).hasCount(0);
    assertThat(page.evaluate("window.calls")).isEqualTo(1);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void theBuyerClosesThePgsWindow(String pg) {
    Page page = site().desktop();
    ShopSite.pay(page, ShopSite.order(pg));
    ShopSite.inWindow(page, pg, "#close").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("error_code").asString("")).isNotEmpty();
    assertThat(result.path("error_msg").asString("")).contains("취소");
    assertThat(site().payment(result.path("imp_uid").asString()).path("status").asString())
        .isEqualTo("failed");
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void theBuyerClosesTheLayer(String pg) {
    Page page = site().desktop();
    ShopSite.pay(page, ShopSite.order(pg));
    ShopSite.inWindow(page, pg, "#pay").waitFor();
    page.locator(".imp-close").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("error_msg").asString("")).isEqualTo("[결제포기] 사용자가 결제를 취소하셨습니다");
    assertThat(site().payment(result.path("imp_uid").asString()).path("status").asString())
        .isEqualTo("failed");
    assertThat(page.locator(".imp-dialog")).hasCount(0);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void aDeclineIsTold(String pg) {
    Page page = site().desktop();
    Map<String, Object> order = ShopSite.order(pg);
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, pg, "#outcome").selectOption("LIMIT");
    ShopSite.inWindow(page, pg, "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("error_code").asString("")).isNotEmpty();
    assertThat(result.path("error_msg").asString("")).isNotEmpty();
    JsonNode payment = site().payment(result.path("imp_uid").asString());
    assertThat(payment.path("status").asString()).isEqualTo("failed");
    assertThat(payment.path("fail_reason").asString())
        .contains(result.path("error_msg").asString());
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void anAccountIsIssuedAndPaidInto(String pg) {
    Page page = site().desktop();
    Map<String, Object> order = ShopSite.order(pg);
    order.put("pay_method", "vbank");
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, pg, "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.has("error_code")).isFalse();
    String impUid = result.path("imp_uid").asString();
    JsonNode waiting = site().payment(impUid);
    assertThat(waiting.path("status").asString()).isEqualTo("ready");
    assertThat(waiting.path("vbank_num").asString()).isNotEmpty();
    String account = waiting.path("vbank_num").asString().replaceAll("[^0-9]", "");
    page.request()
        .post(site().hub.simulatorUrl() + "/_sim/vbanks/" + pg + "/" + account + "/deposit");
    await()
        .untilAsserted(
            () -> assertThat(site().payment(impUid).path("status").asString()).isEqualTo("paid"));
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis"})
  void aBillingKeyIsIssued(String pg) {
    Page page = site().desktop();
    Map<String, Object> order = ShopSite.order(pg);
    order.put("customer_uid", "customer-" + order.get("merchant_uid"));
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, pg, "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.has("error_code")).isFalse();
    assertThat(site().payment(result.path("imp_uid").asString()).path("status").asString())
        .isEqualTo("paid");
    assertThat(
            site()
                .api
                .get("/subscribe/customers/" + order.get("customer_uid"))
                .response()
                .path("customer_uid")
                .asString())
        .isEqualTo(order.get("customer_uid"));
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void textsAreShownAsTextsOnly(String pg) {
    Page page = site().desktop();
    String evil = "<img src=x onerror=top.hit=1>";
    Map<String, Object> order = ShopSite.order(pg);
    order.put("name", evil);
    order.put("buyer_name", "\"><script>1<");
    order.put("merchant_uid", "'\"></pre><b>" + System.nanoTime());
    page.evaluate("window.hit = 0");
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, pg, "#pay").waitFor();
    assertThat(ShopSite.inWindow(page, pg, "dl")).containsText(evil);
    ShopSite.inWindow(page, pg, "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("merchant_uid").asString()).isEqualTo(order.get("merchant_uid"));
    JsonNode payment = site().payment(result.path("imp_uid").asString());
    assertThat(payment.path("name").asString()).isEqualTo(evil);
    assertThat(page.evaluate("window.hit")).isEqualTo(0);
    page.context().close();
  }

  /** A window that charges by itself: the shop's no comes after the charge, and undoes it. */
  @Test
  void aVetoedChargeOfAWindowIsCancelled() {
    Page page = site().desktop();
    Map<String, Object> order = ShopSite.order("settle");
    // No shop answers there.
    order.put("confirm_url", "http://127.0.0.1:1/confirm");
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, "settle", "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("error_msg").asString()).startsWith("고객사 요청에 의해 결제를 중단합니다.");
    assertThat(site().payment(result.path("imp_uid").asString()).path("status").asString())
        .isEqualTo("failed");
    Book book = new Book(site().hub);
    String merchantUid = String.valueOf(order.get("merchant_uid"));
    await()
        .untilAsserted(
            () ->
                assertThat(book.charges(merchantUid).getFirst().path("balance").asInt()).isZero());
    page.context().close();
  }

  @Test
  void theHistoricScriptDeliversEveryField() {
    Page page = site().desktop();
    page.navigate(site().url + "/historic");
    ShopSite.pay(page, ShopSite.order("tosspayments"));
    ShopSite.inWindow(page, "tosspayments", "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).isTrue();
    assertThat(result.path("status").asString()).isEqualTo("paid");
    assertThat(result.path("paid_amount").asInt()).isEqualTo(10_000);
    assertThat(result.path("pg_provider").asString()).isEqualTo("tosspayments");
    page.context().close();
  }

  @Test
  void aLostAnswerIsFoundOut() {
    Page page = site().desktop();
    ShopSite.pay(page, ShopSite.order("tosspayments"));
    ShopSite.inWindow(page, "tosspayments", "#outcome").selectOption("ANSWER_LOST");
    ShopSite.inWindow(page, "tosspayments", "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.has("error_code")).isFalse();
    assertThat(site().payment(result.path("imp_uid").asString()).path("status").asString())
        .isEqualTo("paid");
    page.context().close();
  }

  /** Naver Pay takes the page on desktops, too, unless the shop asks for a window. */
  @Test
  void naverpayTakesThePageUnlessAskedForAWindow() {
    Page page = site().desktop();
    Map<String, Object> order = ShopSite.order("naverpay");
    order.put("naverProducts", List.of(ShopSite.TEA));
    order.put("m_redirect_url", site().url + "/back");
    ShopSite.pay(page, order);
    page.locator("#points").fill("4000");
    page.locator("#pay").click();
    page.waitForURL(url -> url.contains("/back?"));
    assertThat(page.url()).contains("imp_success=true");
    page.navigate(site().url + "/");
    order.put("naverPopupMode", true);
    order.put("merchant_uid", order.get("merchant_uid") + "-2");
    Page popup = ShopSite.popup(page, "request_pay", order);
    Press.last(popup.locator("#pay"));
    assertThat(ShopSite.result(page).path("success").asBoolean()).isTrue();
    assertThat(popup.isClosed()).isTrue();
    page.context().close();
  }

  @Test
  void mistakesAreAnsweredWithoutAWindow() {
    Page page = site().desktop();
    Map<String, Object> order = ShopSite.order("tosspayments");
    order.put("amount", "10000");
    ShopSite.pay(page, order);
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean(true)).isFalse();
    assertThat(result.path("imp_uid").isNull()).isTrue();
    assertThat(result.path("error_code").asString("")).isNotEmpty();
    assertThat(result.path("error_msg").asString("")).contains("amount");
    page.locator("#result").evaluate("node => node.textContent = ''");
    Map<String, Object> tooLong = ShopSite.order("tosspayments");
    tooLong.put("merchant_uid", "x".repeat(41));
    ShopSite.pay(page, tooLong);
    assertThat(ShopSite.result(page).path("error_msg").asString()).contains("merchant_uid");
    page.context().close();
  }
}
