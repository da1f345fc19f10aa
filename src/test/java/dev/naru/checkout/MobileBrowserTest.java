package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone: the whole page goes to the PG and comes back to m_redirect_url. */
class MobileBrowserTest extends AtShop {

  private Map<String, Object> order(String pg) {
    Map<String, Object> order = ShopSite.order(pg);
    order.put("m_redirect_url", site().url + "/back?cart=9&memo=%EA%B0%80#done");
    return order;
  }

  private static Map<String, String> backWith(Page page) {
    page.waitForURL(url -> url.contains("/back?"));
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : page.url().replaceFirst(".*\\?", "").replaceFirst("#.*", "").split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    assertThat(page.url()).endsWith("#done");
    assertThat(query).containsEntry("cart", "9").containsEntry("memo", "가");
    return query;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void aCardIsCharged(String pg) {
    Page page = site().phone();
    Map<String, Object> order = order(pg);
    ShopSite.pay(page, order);
    page.locator("#pay").click();
    Map<String, String> query = backWith(page);
    assertThat(query).containsEntry("merchant_uid", String.valueOf(order.get("merchant_uid")));
    assertThat(query).doesNotContainKey("error_code");
    assertThat(query.get("imp_success")).isEqualTo(pg.equals("tosspayments") ? null : "true");
    var payment = site().payment(query.getOrDefault("imp_uid", ""));
    assertThat(payment.path("status").asString()).isEqualTo("paid");
    assertThat(payment.path("channel").asString()).isEqualTo("mobile");
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void theBuyerGivesUp(String pg) {
    Page page = site().phone();
    ShopSite.pay(page, order(pg));
    page.locator("#close").click();
    Map<String, String> query = backWith(page);
    assertThat(query).containsKey("error_code");
    assertThat(query.getOrDefault("error_msg", "")).contains("취소");
    assertThat(site().payment(query.getOrDefault("imp_uid", "")).path("status").asString())
        .isEqualTo("failed");
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void comingBackAgainGivesTheSame(String pg) {
    Page page = site().phone();
    Map<String, Object> order = order(pg);
    String[] window = {""};
    page.onResponse(
        (Response seen) -> {
          if (seen.url().matches(".*/checkout/[0-9a-z]+-[0-9a-f]{32}")) {
            window[0] = seen.url();
          }
        });
    ShopSite.pay(page, order);
    page.locator("#pay").click();
    Map<String, String> first = backWith(page);
    for (String again : new String[] {"", "/return", "/result", "/close"}) {
      page.navigate(window[0] + again);
      assertThat(backWith(page)).isEqualTo(first);
    }
    assertThat(site().payment(first.getOrDefault("imp_uid", "")).path("status").asString())
        .isEqualTo("paid");
    page.context().close();
  }

  @Test
  void aMistakeIsToldByRedirect() {
    Page page = site().phone();
    Map<String, Object> order = order("tosspayments");
    order.put("merchant_uid", "n".repeat(41));
    ShopSite.pay(page, order);
    Map<String, String> query = backWith(page);
    assertThat(query).containsEntry("imp_success", "false").containsEntry("imp_uid", "");
    assertThat(query.getOrDefault("error_msg", "")).contains("merchant_uid");
    page.context().close();
  }

  @Test
  void theKeyWindowOfInicisStaysInAFrame() {
    Page page = site().phone();
    Map<String, Object> order = order("html5_inicis");
    order.put("customer_uid", "phone-" + order.get("merchant_uid"));
    // As shops do whose first charge comes later.
    order.put("amount", 0);
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, "html5_inicis", "#pay").click();
    assertThat(ShopSite.result(page).path("success").asBoolean()).isTrue();
    page.context().close();
  }

  /** By its channelKey, and in a frame although there is an m_redirect_url. */
  @Test
  void paycoStaysInAFrame() {
    Page page = site().phone();
    Map<String, Object> order = order("payco");
    order.remove("pg");
    order.put(
        "channelKey",
        site()
            .api
            .get("/users/pg")
            .response()
            .valueStream()
            .filter(setting -> setting.path("pg_provider").asString().equals("payco"))
            .findFirst()
            .orElseThrow()
            .path("channel_key")
            .asString());
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, "payco", "#pay").click();
    var result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).isTrue();
    var payment = site().payment(result.path("imp_uid").asString());
    assertThat(payment.path("status").asString()).isEqualTo("paid");
    assertThat(payment.path("pg_provider").asString()).isEqualTo("payco");
    assertThat(payment.path("channel").asString()).isEqualTo("mobile");
    page.context().close();
  }

  @Test
  void thePgsScriptIsMissing() {
    Page page = site().phone();
    page.context().route("**/tosspayments/js/**", route -> route.abort());
    ShopSite.pay(page, order("tosspayments"));
    assertThat(page.locator("#failed")).isVisible();
    page.locator("#failed a").click();
    assertThat(backWith(page)).containsKey("error_code");
    page.context().close();
  }
}
