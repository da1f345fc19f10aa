package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Buttons of PGs in the shop's page, and what else pages may call that no PG here has. */
class PgUiBrowserTest extends AtShop {

  static final String SPB =
      "<div class=portone-ui-container data-portone-ui-type=paypal-spb></div>";
  static final String RT = "<div class=portone-ui-container data-portone-ui-type=paypal-rt></div>";

  /** The visitor's page shows a PG's button. */
  static void load(Page page, String containers, String type, Map<String, Object> params) {
    page.locator("#root").evaluate("(root, html) => { root.innerHTML = html }", containers);
    page.locator("#result").evaluate("node => node.textContent = ''");
    page.evaluate(
        "([type, params]) => { IMP.init('imp00000000'); IMP.loadUI(type, params, window.told) }",
        List.of(type, params));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | paypal-spb | portone-ui-container를 찾을 수 없습니다.",
        SPB + " | paypal-rt | data-portone-ui-type에 올바른 UI 타입을 입력해주세요.",
        SPB + RT + " | other | data-portone-ui-type에 올바른 UI 타입을 입력해주세요.",
        SPB + SPB + " | paypal-spb | 동일한 data-portone-ui-type을 갖는 DOM element가 2개 이상 존재합니다."
      })
  void aPageWithoutTheRightPlaceIsTold(String containers, String type, String message) {
    Page page = site().desktop();
    load(page, containers, type, ShopSite.order("tosspayments"));
    assertThat(ShopSite.result(page).path("error_msg").asString()).isEqualTo(message);
    page.context().close();
  }

  @Test
  void aPgWithoutSuchAButtonIsRefused() {
    Page page = site().desktop();
    load(page, SPB, "paypal-spb", ShopSite.order("tosspayments"));
    JsonNode told = ShopSite.result(page);
    assertThat(told.path("error_msg").asString()).contains("tosspayments").contains("paypal-spb");
    assertThat(page.locator(".imp-ui").count()).isZero();
    page.context().close();
  }

  @Test
  void whatIsNotThereSaysSo() {
    Page page = site().desktop();
    assertThat(
            page.evaluate(
                "IMP.loadModule('toss-brandpay', {userCode: 'imp00000000'}, {customerKey: 'c'})"
                    + ".catch(error => error.code)"))
        .isEqualTo("NOT_SUPPORTED");
    ShopSite.pay(page, ShopSite.order("tosspayments"));
    ShopSite.inWindow(page, "tosspayments", "#pay").waitFor();
    page.evaluate("IMP.communicate({result: 'process'})");
    assertThat(page.locator(".imp-dialog").count()).isEqualTo(1);
    page.evaluate("IMP.communicate({result: 'cancel'})");
    assertThat(ShopSite.result(page).path("error_code").asString("")).isNotEmpty();
    page.context().close();
  }
}
