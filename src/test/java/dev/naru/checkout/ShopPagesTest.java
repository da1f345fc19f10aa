package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.naru.client.NodeClients;
import dev.naru.testing.NeedsNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Shops' pages as they are found in the wild. */
class ShopPagesTest extends AtShop {

  /** As tutorials wrote it for years: all that is old about it is meant. */
  private static final String JQUERY =
      """
      jQuery(function ($) {
        var IMP = window.IMP;
        IMP.init('imp00000000');
        $('#go').on('click', function () {
          IMP.request_pay({
            pg: 'html5_inicis', pay_method: 'card', merchant_uid: 'merchant_' + new Date().getTime(),
            name: '주문명:결제테스트', amount: '14000', buyer_email: 'iamport@siot.do', buyer_name: '구매자이름',
            buyer_tel: '010-1234-5678', buyer_addr: '서울특별시 강남구 삼성동', buyer_postcode: '123-456'
          }, function (rsp) {
            $('#result').text(JSON.stringify(rsp));
          });
        });
      });
      """;

  /** The same without a library, and with what its author forgot. */
  private static final String BARE =
      """
      var IMP = window.IMP;
      IMP.init('imp00000000');
      document.getElementById('go').onclick = function () {
        IMP.request_pay({ pg: 'html5_inicis', name: '주문', amount: 14000, buyer_tel: '010' }, function (rsp) {
          document.getElementById('result').textContent = JSON.stringify(rsp);
        });
      };
      """;

  private static final String REACT =
      """
      const h = React.createElement;
      function Payment() {
        const [told, tell] = React.useState('');
        React.useEffect(() => {
          const script = document.createElement('script');
          script.src = document.currentHub + '/v1/iamport.js';
          document.head.appendChild(script);
          return () => { script.remove(); };
        }, []);
        const pay = () => {
          const { IMP } = window;
          IMP.init('imp00000000');
          IMP.request_pay({
            pg: 'html5_inicis', pay_method: 'card', merchant_uid: `mid_${Date.now()}`, amount: 1000, name: '아임포트 결제 데이터 분석',
            buyer_name: '홍길동', buyer_tel: '01012341234', buyer_email: 'example@example.com'
          }, response => tell(JSON.stringify(response)));
        };
        return h('div', null, h('button', { id: 'react', onClick: pay }, '결제하기'), h('pre', { id: 'told' }, told));
      }
      ReactDOM.createRoot(document.getElementById('root')).render(h(React.StrictMode, null, h(Payment)));
      """;

  private Page visit(String path, String... scripts) {
    site().serve(path, "text/html", ShopSite.page(scripts));
    Page page = site().desktop();
    page.navigate(site().url + path);
    return page;
  }

  private String sdk(String path) {
    return site().hub.url() + path;
  }

  private static void paid(Page page) {
    ShopSite.inWindow(page, "html5_inicis", "#pay").click();
    assertThat(ShopSite.result(page).path("success").asBoolean()).isTrue();
  }

  @Test
  @NeedsNode
  void aPageWithJquery() {
    site().serve("/jquery.js", "text/javascript", NodeClients.file("jquery/dist/jquery.min.js"));
    site().serve("/old.js", "text/javascript", JQUERY);
    Page page = visit("/old", "/jquery.js", sdk("/js/iamport.payment-1.1.8.js"), "/old.js");
    page.locator("#go").click();
    paid(page);
    assertThat(ShopSite.result(page).path("paid_amount").asInt()).isEqualTo(14_000);
    page.context().close();
  }

  @Test
  void aPageForTheNumberedScriptWithoutJquery() {
    site().serve("/bare.js", "text/javascript", BARE);
    Page page = visit("/bare", sdk("/js/iamport.payment-1.2.0.js"), "/bare.js");
    page.locator("#go").click();
    paid(page);
    assertThat(ShopSite.result(page).path("merchant_uid").asString()).matches("nobody_\\d{13}");
    page.context().close();
  }

  /** Its strict mode mounts everything twice, and so loads the script twice. */
  @Test
  @NeedsNode
  void aPageMadeByReact() {
    site().serve("/react.js", "text/javascript", umd("react/umd/react.development.js"));
    site().serve("/dom.js", "text/javascript", umd("react-dom/umd/react-dom.development.js"));
    String hub = "document.currentHub = '" + site().hub.url() + "';\n";
    site().serve("/app.js", "text/javascript", hub + REACT);
    Page page = visit("/app", "/react.js", "/dom.js", "/app.js");
    page.waitForFunction("() => window.IMP");
    page.locator("#react").click();
    ShopSite.inWindow(page, "html5_inicis", "#pay").click();
    assertThat(page.locator("#told")).containsText("\"success\":true");
    page.context().close();
  }

  private static String umd(String path) {
    return NodeClients.file(path);
  }

  @Test
  void initAndTheScriptTwice() {
    site().serve("/first.js", "text/javascript", "const IMP = window.IMP; window.first = IMP;");
    Page page =
        visit(
            "/twice",
            sdk("/v1/iamport.js?v=1"),
            "/first.js",
            sdk("/js/iamport.payment-1.2.0.js"),
            sdk("/v1/iamport.js?v=2"),
            "/shop.js");
    page.evaluate("IMP.init('imp00000000'); IMP.init('imp00000000')");
    assertThat(page.evaluate("window.first === window.IMP")).isEqualTo(true);
    ShopSite.pay(page, ShopSite.order("html5_inicis"));
    paid(page);
    page.context().close();
  }

  @Test
  void anElementOfTheSameNameIsNoSdk() {
    site()
        .serve(
            "/named",
            "text/html",
            ShopSite.page(sdk("/v1/iamport.js"), "/shop.js")
                .replace("<div id=root>", "<div id=IMP>"));
    Page page = site().desktop();
    page.navigate(site().url + "/named");
    ShopSite.pay(page, ShopSite.order("html5_inicis"));
    paid(page);
    page.context().close();
  }

  @Test
  void withoutInitNothingOpens() {
    Page page = site().desktop();
    for (String init : List.of("IMP.init()", "IMP.init(7)", "IMP.agency('imp00000000')")) {
      page.evaluate(init + "; IMP.request_pay({merchant_uid: 'a', amount: 1}, window.told)");
      assertThat(ShopSite.result(page).path("error_msg").asString("")).contains("IMP.init");
      page.locator("#result").evaluate("node => node.textContent = ''");
    }
    page.context().close();
  }

  /** One after the other, one refused because another is open, one whose callback throws. */
  @Test
  void severalPayments() {
    Page page = site().desktop();
    List<String> errors = new ArrayList<>();
    page.onPageError(errors::add);
    page.evaluate(
        "order => { IMP.init('imp00000000');"
            + " IMP.request_pay(order, () => { throw new Error('of the shop') }); }",
        ShopSite.order("html5_inicis"));
    page.locator(".imp-close").click();
    assertThat(page.locator(".imp-dialog")).hasCount(0);
    page.waitForCondition(() -> errors.stream().anyMatch(each -> each.contains("of the shop")));
    Map<String, Object> order = ShopSite.order("html5_inicis");
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, "html5_inicis", "#pay").waitFor();
    ShopSite.pay(page, ShopSite.order("html5_inicis"));
    assertThat(ShopSite.result(page).path("error_msg").asString("")).contains("진행 중인");
    assertThat(page.locator(".imp-dialog")).hasCount(1);
    page.locator("#result").evaluate("node => node.textContent = ''");
    paid(page);
    page.locator("#result").evaluate("node => node.textContent = ''");
    // Paid is paid: the same order opens no second window.
    ShopSite.pay(page, order);
    JsonNode again = ShopSite.result(page);
    assertThat(again.path("success").asBoolean(true)).isFalse();
    assertThat(again.path("imp_uid").isNull()).isTrue();
    page.context().close();
  }

  @Test
  void aReloadInTheMiddle() {
    Page page = site().desktop();
    Map<String, Object> order = ShopSite.order("html5_inicis");
    ShopSite.pay(page, order);
    ShopSite.inWindow(page, "html5_inicis", "#pay").waitFor();
    page.reload();
    ShopSite.pay(page, order);
    paid(page);
    page.context().close();
  }

  @Test
  void aLostNetwork() {
    Page page = site().desktop();
    page.context().route("**/checkout/prepare", Route::abort);
    ShopSite.pay(page, ShopSite.order("html5_inicis"));
    assertThat(ShopSite.result(page).path("error_msg").asString("")).contains("연결할 수 없습니다");
    page.locator("#result").evaluate("node => node.textContent = ''");
    page.context().unroute("**/checkout/prepare");
    page.context()
        .route(
            "**/checkout/prepare",
            route -> route.fulfill(new Route.FulfillOptions().setStatus(502).setBody("<html>")));
    ShopSite.pay(page, ShopSite.order("html5_inicis"));
    assertThat(ShopSite.result(page).path("error_msg").asString("")).contains("연결할 수 없습니다");
    page.context().close();
  }

  /** From the PG's page back to the shop's, which can pay again. */
  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis"})
  void theBackButton(String pg) {
    Page page = site().phone();
    Map<String, Object> order = ShopSite.order(pg);
    order.put("m_redirect_url", site().url + "/back");
    ShopSite.click(page, "request_pay", order);
    page.locator("#pay").waitFor();
    page.goBack();
    page.waitForURL(site().url + "/");
    ShopSite.click(page, "request_pay", order);
    page.locator("#pay").click();
    page.waitForURL(url -> url.contains("/back?"));
    assertThat(page.url()).doesNotContain("error_code");
    page.context().close();
  }

  @Test
  void aPageWithoutAnOrigin(@TempDir Path folder) throws IOException {
    String html = ShopSite.page(sdk("/v1/iamport.js"), site().url + "/shop.js");
    Path file = Files.writeString(folder.resolve("shop.html"), html);
    Page page = site().desktop();
    page.navigate(file.toUri().toString());
    page.waitForFunction("() => window.pay");
    ShopSite.pay(page, ShopSite.order("html5_inicis"));
    paid(page);
    page.context().close();
  }

  @Test
  void relativeAddresses() {
    Page page = site().phone();
    Map<String, Object> order = ShopSite.order("html5_inicis");
    order.put("m_redirect_url", "back?한=글&x[]=%zz#끝");
    ShopSite.click(page, "request_pay", order);
    page.locator("#close").click();
    page.waitForURL(url -> url.contains("/back?"));
    assertThat(page.url())
        .contains("/back?%ED%95%9C=%EA%B8%80&x[]=%zz&imp_uid=imp_")
        .contains("&imp_success=false&error_code=")
        .endsWith("#%EB%81%9D");
    page.context().close();
  }
}
