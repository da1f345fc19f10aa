package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.naru.testing.Api;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What only Kakao Pay's windows have: keys without a charge, and the PCs' window on a phone. */
class KakaopayBrowserTest extends AtShop {

  @Test
  void aKeyIsIssuedChargedAndDeleted() {
    Page page = site().phone();
    Map<String, Object> order = ShopSite.order("kakaopay.TCSUBSCRIP");
    String customer = "customer-" + order.get("merchant_uid");
    order.put("amount", 0);
    order.put("customer_uid", customer);
    order.put("m_redirect_url", site().url + "/back?cart=9");
    ShopSite.pay(page, order);
    page.locator("#pay").click();
    page.waitForURL(url -> url.contains("/back?"));
    assertThat(page.url()).contains("imp_success=true").doesNotContain("error_code");
    Map<String, Object> charge =
        Map.of(
            "customer_uid",
            customer,
            "merchant_uid",
            Api.newOrder(),
            "amount",
            4_900,
            "name",
            "구독");
    assertThat(
            site()
                .api
                .post("/subscribe/payments/again", charge)
                .response()
                .path("status")
                .asString())
        .isEqualTo("paid");
    assertThat(site().api.delete("/subscribe/customers/" + customer).code()).isZero();
    assertThat(site().api.get("/subscribe/customers/" + customer).status()).isEqualTo(404);
    page.context().close();
  }

  @Test
  void aPhoneMayShowTheWindowOfPcs() {
    Page page = site().phone();
    Map<String, Object> order = ShopSite.order("kakaopay");
    order.put("kakaopayMobileAsPC", true);
    order.put("m_redirect_url", site().url + "/back?cart=9");
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, "kakaopay", "#method-transfer").check();
    ShopSite.inWindow(page, "kakaopay", "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).isTrue();
    assertThat(result.path("pay_method").asString()).isEqualTo("point");
    assertThat(result.path("pg_provider").asString()).isEqualTo("kakaopay");
    page.context().close();
  }
}
