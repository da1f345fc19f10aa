package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.naru.testing.Api;
import dev.naru.testing.Press;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Naver Pay's windows: of payments in the page or as a popup, of keys by its own script. */
class NaverpayBrowserTest extends AtShop {

  private Page visitor(boolean phone) {
    return phone ? site().phone() : site().desktop();
  }

  private Map<String, Object> order(boolean popup) {
    Map<String, Object> order = ShopSite.order("naverpay");
    order.put("naverProducts", List.of(ShopSite.TEA));
    order.put("naverPopupMode", popup);
    order.put("m_redirect_url", site().url + "/back");
    return order;
  }

  private Map<String, Object> key(boolean popup) {
    Map<String, Object> order = order(popup);
    order.remove("naverProducts");
    order.put("customer_uid", "customer-" + order.get("merchant_uid"));
    order.put("naverProductCode", "membership");
    return order;
  }

  private boolean wasSent(String operation, String field) {
    return JdbcClient.create(site().hub.database().dataSource())
            .sql("select count(*) from wire_log where url like ? and request like ?")
            .param("%" + operation)
            .param("%" + field + "%")
            .query(Long.class)
            .single()
        > 0;
  }

  /** The page goes, on desktops too, and comes back with what became of it. */
  @ParameterizedTest
  @CsvSource({"false, pay, true", "true, pay, true", "false, close, false", "true, close, false"})
  void thePageGoesAndComesBack(boolean phone, String button, boolean success) {
    Page page = visitor(phone);
    ShopSite.click(page, "request_pay", order(false));
    page.locator("#" + button).click();
    page.waitForURL(url -> url.contains("/back?"));
    assertThat(page.url()).contains("imp_success=" + success);
    page.context().close();
  }

  @Test
  void aPopupTellsThePage() {
    Page page = site().desktop();
    Page popup = ShopSite.popup(page, "request_pay", order(true));
    popup.locator("#points").fill("10000");
    Press.last(popup.locator("#pay"));
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).isTrue();
    assertThat(result.path("pay_method").asString()).isEqualTo("point");
    page.context().close();
  }

  /** What is charged by it, and that it is deleted, is told as the shop says. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeyIsRegisteredByItsScript(boolean phone) {
    Page page = visitor(phone);
    Map<String, Object> order = key(false);
    ShopSite.click(page, "request_pay", order);
    page.locator("#pay").click();
    page.waitForURL(url -> url.contains("/back?"));
    assertThat(page.url()).contains("imp_success=true");
    page.context().close();
    Object customer = order.get("customer_uid");
    Api.Answer charged =
        site()
            .api
            .post(
                "/subscribe/payments/again",
                Map.of(
                    "customer_uid",
                    customer,
                    "merchant_uid",
                    Api.newOrder(),
                    "amount",
                    3_000,
                    "name",
                    "정기 구독",
                    "extra",
                    Map.of("naverUseCfm", phone ? "20991230" : "20991231")));
    assertThat(charged.response().path("status").asString())
        .as(charged.message())
        .isEqualTo("paid");
    await().until(() -> wasSent("/pay/v3/reserve", phone ? "20991230" : "20991231"));
    String path = "/subscribe/customers/" + customer;
    String reason = "reason-" + customer;
    assertThat(site().api.delete(path + "?extra%5Brequester%5D=seller&reason=" + reason).code())
        .isEqualTo(-1);
    assertThat(site().api.delete(path + "?extra%5Brequester%5D=customer&reason=" + reason).code())
        .isZero();
    await().until(() -> wasSent("/expire/v1/request", reason));
    assertThat(wasSent("/expire/v1/request", "expireRequester=1")).isTrue();
  }

  @Test
  void aKeyInAPopup() {
    Page page = site().desktop();
    Page popup = ShopSite.popup(page, "request_pay", key(true));
    Press.last(popup.locator("#pay"));
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).as(result.toString()).isTrue();
    assertThat(result.path("customer_uid_usage").asString("issue")).isEqualTo("issue");
    page.context().close();
  }
}
