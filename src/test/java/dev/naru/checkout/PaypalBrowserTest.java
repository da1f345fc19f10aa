package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.naru.testing.Api;
import dev.naru.testing.Press;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** PayPal's buttons in the shop's page, and all that a shop does with what they bring. */
class PaypalBrowserTest extends AtShop {

  private static Map<String, Object> order(Object amount) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("pg", "paypal_v2");
    order.put("pay_method", "paypal");
    order.put("merchant_uid", Api.newOrder());
    order.put("name", "Wooden chair");
    order.put("amount", amount);
    return order;
  }

  /** Presses the button, and in PayPal's window another one. */
  private static JsonNode press(Page page, String inWindow) {
    Page window = page.waitForPopup(() -> page.locator(".imp-ui").click());
    Press.last(window.locator(inWindow));
    return ShopSite.result(page);
  }

  private JsonNode charged(JsonNode result) {
    JsonNode payment = site().payment(result.path("imp_uid").asString());
    assertThat(payment.path("status").asString()).isEqualTo("paid");
    return payment;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theButtonPaysInDollars(boolean phone) {
    Page page = phone ? site().phone() : site().desktop();
    Map<String, Object> order = order(14.2);
    order.put("m_redirect_url", site().url + "/never");
    PgUiBrowserTest.load(page, PgUiBrowserTest.SPB, "paypal-spb", order);
    JsonNode told = press(page, "#pay");
    assertThat(told.propertyNames()).containsExactlyInAnyOrder("imp_uid", "merchant_uid");
    JsonNode payment = charged(told);
    assertThat(payment.path("merchant_uid").asString()).isEqualTo(order.get("merchant_uid"));
    assertThat(payment.path("amount").asDouble()).isEqualTo(14.2);
    assertThat(payment.path("currency").asString()).isEqualTo("USD");
    assertThat(payment.path("pay_method").asString()).isEqualTo("paypal");
    assertThat(payment.path("pg_provider").asString()).isEqualTo("paypal_v2");
    assertThat(payment.path("pg_id").asString()).isEqualTo("NARUPAYPAL001");
    assertThat(payment.path("card_name").isNull()).isTrue();
    page.context().close();
  }

  @Test
  void thePressPaysWithTheNewestData() {
    Page page = site().desktop();
    PgUiBrowserTest.load(page, PgUiBrowserTest.SPB, "paypal-spb", order(3));
    page.locator(".imp-ui").waitFor();
    Map<String, Object> newest = order(1500);
    newest.put("currency", "JPY");
    page.evaluate("params => IMP.updateLoadUIRequest('paypal-spb', params)", newest);
    JsonNode payment = charged(press(page, "#pay"));
    assertThat(payment.path("merchant_uid").asString()).isEqualTo(newest.get("merchant_uid"));
    assertThat(payment.path("amount").asInt()).isEqualTo(1500);
    assertThat(payment.path("currency").asString()).isEqualTo("JPY");
    page.context().close();
  }

  @Test
  void centsGoBackInParts() {
    Page page = site().desktop();
    ShopSite.popup(page, "request_pay", order(10.5)).locator("#pay").click();
    String impUid = charged(ShopSite.result(page)).path("imp_uid").asString();
    JsonNode part = cancel(impUid, 4.25).response();
    assertThat(part.path("cancel_amount").asDouble()).isEqualTo(4.25);
    assertThat(part.path("cancel_history").size()).isEqualTo(1);
    assertThat(cancel(impUid, 6.26).code()).isNotZero();
    assertThat(cancel(impUid, 6.25).response().path("status").asString()).isEqualTo("cancelled");
    JsonNode balance = site().api.get("/payments/" + impUid + "/balance").response();
    assertThat(balance.path("amount").asDouble()).isZero();
    page.context().close();
  }

  private Api.Answer cancel(String impUid, double amount) {
    return site().api.post("/payments/cancel", Map.of("imp_uid", impUid, "amount", amount));
  }

  @Test
  void aClosedWindowAndARefusedOneChargeNothing() {
    Page page = site().desktop();
    PgUiBrowserTest.load(page, PgUiBrowserTest.SPB, "paypal-spb", order(3));
    JsonNode closed = press(page, "#close");
    assertThat(closed.path("error_msg").asString()).contains("취소");
    Map<String, Object> byCard = order(3);
    byCard.put("pay_method", "card");
    PgUiBrowserTest.load(page, PgUiBrowserTest.SPB, "paypal-spb", byCard);
    page.locator(".imp-ui").click();
    assertThat(ShopSite.result(page).path("error_msg").asString()).contains("pay_method");
    page.context().close();
  }

  @Test
  void withoutTheRightParametersNothingOpens() {
    Page page = site().desktop();
    Map<String, Object> won = order(3);
    won.put("currency", "KRW");
    ShopSite.click(page, "request_pay", won);
    assertThat(ShopSite.result(page).path("error_msg").asString()).contains("KRW");
    page.context().close();
  }

  @Test
  void aBillingKeyIsIssuedChargedAndDeleted() {
    Page page = site().desktop();
    Map<String, Object> order = order(0);
    String customer = "customer-" + order.get("merchant_uid");
    order.put("customer_uid", customer);
    PgUiBrowserTest.load(page, PgUiBrowserTest.RT, "paypal-rt", order);
    assertThat(press(page, "#pay").has("error_code")).isFalse();
    JsonNode key = site().api.get("/subscribe/customers/" + customer).response();
    assertThat(key.path("pg_provider").asString()).isEqualTo("paypal_v2");
    assertThat(key.path("card_name").isNull()).isTrue();
    Api.Answer charged = again(customer, "USD");
    assertThat(charged.response().path("status").asString())
        .as(charged.message())
        .isEqualTo("paid");
    assertThat(again(customer, "KRW").message()).contains("KRW");
    String planned = scheduled(customer);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                site()
                    .api
                    .get("/subscribe/payments/schedule/" + planned)
                    .response()
                    .path("payment_status")
                    .asString("")
                    .equals("paid"));
    assertThat(site().api.delete("/subscribe/customers/" + customer).code()).isZero();
    assertThat(again(customer, "USD").code()).isNotZero();
    page.context().close();
  }

  private String scheduled(String customer) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("merchant_uid", Api.newOrder());
    entry.put("schedule_at", System.currentTimeMillis() / 1000 + 3);
    entry.put("amount", 7.5);
    entry.put("currency", "USD");
    entry.put("name", "Subscription");
    Api.Answer answer =
        site()
            .api
            .post(
                "/subscribe/payments/schedule",
                Map.of("customer_uid", customer, "schedules", List.of(entry)));
    assertThat(answer.code()).as(answer.message()).isZero();
    return String.valueOf(entry.get("merchant_uid"));
  }

  private Api.Answer again(String customer, String currency) {
    Map<String, Object> charge =
        Map.of(
            "customer_uid",
            customer,
            "merchant_uid",
            Api.newOrder(),
            "amount",
            5,
            "currency",
            currency,
            "name",
            "Subscription");
    return site().api.post("/subscribe/payments/again", charge);
  }
}
