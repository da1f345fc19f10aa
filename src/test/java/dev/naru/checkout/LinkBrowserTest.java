package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Somebody who got a payment link pays by it. */
class LinkBrowserTest extends AtShop {

  private final Links links = new Links();

  private Page visitor(boolean phone) {
    return phone ? site().phone() : site().desktop();
  }

  /** INICIS opens a layer on desktops; all else is a page. */
  private static Locator inWindow(Page page, int method, boolean phone, String selector) {
    return method == 1 && !phone
        ? page.frameLocator("#inicisSimulatorWindow").locator(selector)
        : page.locator(selector);
  }

  @ParameterizedTest
  @CsvSource({"0,false", "0,true", "1,false", "1,true"})
  void aCardIsCharged(int method, boolean phone) {
    Map<String, Object> order = Links.order();
    String hook = "link-" + order.get("merchant_uid");
    URI hooks = URI.create(site().hub.url() + "/sandbox/hooks/" + hook);
    order.put("notice_url", hooks.toString());
    URI link = links.made(order);
    Page page = visitor(phone);
    page.navigate(link.toString());
    page.locator("[data-method='" + method + "']").click();
    inWindow(page, method, phone, "#pay").click();
    page.waitForURL(url -> url.startsWith(link.toString()));
    assertThat(page.locator("h1")).hasText("결제가 완료되었습니다");
    assertThat(page.locator("#methods")).hasCount(0);
    JsonNode payment = links.found(order).response();
    assertThat(payment.path("status").asString()).isEqualTo("paid");
    assertThat(payment.path("channel").asString()).isEqualTo(phone ? "mobile" : "pc");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> links.send("GET", hooks.getPath(), "").body().size() == 1);
    page.context().close();
  }

  @ParameterizedTest
  @CsvSource({"0,false", "1,false", "1,true"})
  void aBuyerWhoGivesUpMayTryAgain(int method, boolean phone) {
    Map<String, Object> order = Links.order();
    URI link = links.made(order);
    Page page = visitor(phone);
    page.navigate(link.toString());
    page.locator("[data-method='" + method + "']").click();
    inWindow(page, method, phone, "#close").click();
    page.waitForURL(url -> url.startsWith(link.toString()));
    assertThat(page.locator("#refusal")).containsText("취소");
    page.locator("[data-method='0']").click();
    page.locator("#pay").click();
    assertThat(page.locator("h1")).hasText("결제가 완료되었습니다");
    page.context().close();
  }

  @Test
  void theOnlyWayOpensByItself() {
    Map<String, Object> order = Links.order();
    order.remove("pay_methods");
    order.put("direct", Map.of("pg", "tosspayments", "pay_method", "card"));
    URI link = links.made(order);
    Page page = visitor(true);
    page.navigate(link.toString());
    page.locator("#close").click();
    page.waitForURL(url -> url.startsWith(link.toString()));
    assertThat(page.locator("#refusal")).containsText("취소");
    page.locator("[data-method='0']").click();
    page.locator("#pay").click();
    assertThat(page.locator("h1")).hasText("결제가 완료되었습니다");
    page.context().close();
  }

  @Test
  void anAccountIsShownUntilItIsPaid() {
    Map<String, Object> order = Links.order();
    URI link = links.made(order);
    Page page = visitor(true);
    page.navigate(link.toString());
    page.locator("[data-method='2']").click();
    page.locator("#pay").click();
    page.waitForURL(url -> url.startsWith(link.toString()));
    JsonNode waiting = links.found(order).response();
    assertThat(page.locator("#account")).hasText(waiting.path("vbank_num").asString());
    assertThat(page.locator("#methods")).hasCount(0);
    page.context().close();
  }

  @Test
  void aLinkThatEndedMeanwhileSaysSo() {
    URI link = links.made(Links.order());
    Page page = visitor(false);
    page.navigate(link.toString());
    links.disable(link);
    page.locator("[data-method='0']").click();
    assertThat(page.locator("#problem")).hasText("사용할 수 없는 결제 링크입니다.");
    page.context().close();
  }
}
