package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.naru.testing.Api;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What only PAYCO's order sheet has: a frame on phones too, accounts of it, and keys. */
class PaycoBrowserTest extends AtShop {

  private Page device(boolean phone) {
    return phone ? site().phone() : site().desktop();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAccountIsPickedOnTheSheetAndPaidInto(boolean phone) {
    Page page = device(phone);
    Map<String, Object> order = ShopSite.order("payco");
    order.put("pay_method", "vbank");
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, "payco", "#method-vbank").check();
    ShopSite.inWindow(page, "payco", "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).isTrue();
    assertThat(result.path("pay_method").asString()).isEqualTo("vbank");
    String impUid = result.path("imp_uid").asString();
    JsonNode waiting = site().payment(impUid);
    assertThat(waiting.path("status").asString()).isEqualTo("ready");
    page.request()
        .post(
            site().hub.simulatorUrl()
                + "/_sim/vbanks/payco/"
                + waiting.path("vbank_num").asString()
                + "/deposit");
    await()
        .untilAsserted(
            () -> assertThat(site().payment(impUid).path("status").asString()).isEqualTo("paid"));
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoClosesTheSheetHasGivenUp(boolean phone) {
    Page page = device(phone);
    ShopSite.pay(page, ShopSite.order("payco"));
    ShopSite.inWindow(page, "payco", "#close").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean(true)).isFalse();
    assertThat(result.path("error_msg").asString("")).contains("취소");
    assertThat(site().payment(result.path("imp_uid").asString()).path("status").asString())
        .isEqualTo("failed");
    page.context().close();
  }

  @Test
  void aKeyIsIssuedChargedAndDeleted() {
    Page page = site().phone();
    Map<String, Object> order = ShopSite.order("payco.AUTOPAY");
    String customer = "customer-" + order.get("merchant_uid");
    order.put("customer_uid", customer);
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, "payco", "#pay").click();
    assertThat(ShopSite.result(page).path("success").asBoolean()).isTrue();
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
    Api.Answer charged = site().api.post("/subscribe/payments/again", charge);
    assertThat(charged.response().path("status").asString())
        .as(charged.message())
        .isEqualTo("paid");
    assertThat(site().api.delete("/subscribe/customers/" + customer).code()).isZero();
    page.context().close();
  }
}
