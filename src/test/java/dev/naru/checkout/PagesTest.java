package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import dev.naru.simulator.Samples;
import dev.naru.testing.NeedsChromium;
import dev.naru.testing.NeedsNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every hosted page and every window of the simulators, as people see them: each in both languages,
 * on desk and phone, light and dark, by {@link Eye}. With {@code -Dpages.shots=folder} it leaves
 * pictures.
 */
@NeedsChromium
@NeedsNode
class PagesTest {

  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void everybodyCanUseThem(String language) {
    Sights sights = new Sights(language);
    try (Eye eye = new Eye(language)) {
      Page page = eye.tab();
      bridges(language, sights, eye, page);
      results(language, sights, eye, page);
      links(language, sights, eye, page);
      windows(language, sights, eye, page);
      identities(language, sights, eye, page);
      desks(language, sights, eye, page);
      wishes(language, sights, eye, page);
      assertThat(eye.problems()).isEmpty();
    }
  }

  /** The eye has to see what is wrong, or what it does not see proves nothing. */
  @Test
  void whatIsAmissIsSeen() {
    String bad =
        """
        <!doctype html><html lang="en"><head><title>Bad</title>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'">
        <link rel="stylesheet" href="/bad.css"></head>
        <body><p><font color="#bbbbbb">pale</font></p><input><table width="1400"><tr><td>wide</td></tr></table>
        <button tabindex="1">b</button></body></html>
        """;
    try (Eye eye = new Eye("ko")) {
      Page page = eye.tab();
      page.route(
          "http://bad.test/",
          route ->
              route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(bad)));
      show(eye, page, "bad-ko", URI.create("http://bad.test/"));
      assertThat(String.join("\n", eye.problems()))
          .contains("bad-ko: is not in ko", "CSP: style-src-elem", "scrolls sideways")
          .contains(
              "too small", "the tab key ends at 1 of 2", "label: <input", "color-contrast: <font");
    }
  }

  private static void show(Eye eye, Page page, String name, URI url) {
    page.navigate(url.toString());
    eye.see(name, page);
  }

  private static void bridges(String language, Sights sights, Eye eye, Page page) {
    Page waiting = eye.tab();
    String order = Sights.longOrder();
    // Neither an answer nor a failure: the PG's script is on its way for as long as we look.
    waiting.route("**/js/v2/standard", route -> {});
    waiting.navigate(
        sights.longNamed(order).toString(),
        new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
    assertThat(waiting.locator("#busy")).isVisible();
    assertThat(waiting.locator("dd.id")).hasText(order);
    eye.see("bridge-" + language, waiting);
    waiting.close();

    page.route("**/js/v2/standard", Route::abort);
    page.navigate(sights.checkout("tosspayments", Map.of()).toString());
    assertThat(page.locator("#failed")).isVisible();
    eye.see("bridge-failed-" + language, page);
    page.unroute("**/js/v2/standard");
  }

  private static void results(String language, Sights sights, Eye eye, Page page) {
    show(eye, page, "problem-" + language, sights.forged());
    show(eye, page, "problem-unknown-" + language, sights.hub("/checkout/unknown"));
    show(eye, page, "result-done-" + language, sights.result("APPROVE"));
    show(eye, page, "result-failed-" + language, sights.result("LIMIT"));
    boolean korean = language.equals("ko");
    assertThat(page.locator(".error"))
        .hasText(korean ? "카드 사용 한도를 초과했습니다." : "The limit is exceeded.");
    assertThat(page.locator("p[lang=ko]")).hasText("카드 사용 한도를 초과했습니다.");
    page.navigate(sights.undecidedResult().toString());
    assertThat(page.locator("[data-end='UNDECIDED']")).isVisible();
    eye.see("result-undecided-" + language, page);
    // The answer to how it goes is on its way for as long as we look.
    page.route("**/progress", route -> {});
    page.navigate(sights.workingResult().toString());
    assertThat(page.locator("#working")).isVisible();
    assertThat(page.locator("dd.id")).hasText(Pattern.compile("order-.+"));
    eye.see("working-" + language, page);
    page.unroute("**/progress");
  }

  private static void links(String language, Sights sights, Eye eye, Page page) {
    show(eye, page, "link-" + language, sights.link(Map.of("title", "나루상점 여름맞이 기획전 주문 결제")));
    assertThat(page.locator("dd.id")).hasText(Pattern.compile(".+"));
    show(eye, page, "link-refused-" + language, sights.linkAfter("BALANCE"));
    show(eye, page, "link-paid-" + language, sights.linkAfter("APPROVE"));
    show(eye, page, "link-cancelled-" + language, sights.cancelledLink());
    show(eye, page, "link-over-" + language, sights.disabledLink());
    show(eye, page, "link-unknown-" + language, sights.hub("/link/unknown"));
    page.navigate(sights.linkAfter("TIMEOUT").toString());
    assertThat(page.locator("[data-state='UNDECIDED']")).isVisible();
    eye.see("link-undecided-" + language, page);
    page.navigate(sights.link(Map.of()).toString());
    page.locator("[data-method='2']").click();
    page.locator("#pay").click();
    assertThat(page.locator("#account")).isVisible();
    eye.see("link-waiting-" + language, page);
  }

  private static void windows(String language, Sights sights, Eye eye, Page page) {
    show(eye, page, "window-" + language, sights.toss("payment", "window-1"));
    page.locator("#card-number").fill("12");
    page.locator("#pay").click();
    assertThat(page.locator("#card-number-error")).isVisible();
    eye.see("window-wrong-" + language, page);
    page.locator("#method-vbank").check();
    eye.see("window-vbank-" + language, page);
    show(eye, page, "window-key-" + language, sights.toss("billing", "window-2"));
    show(eye, page, "window-problem-" + language, sights.toss("payment", ""));
    show(eye, page, "receipt-" + language, sights.simulators("/tosspayments/receipt"));
    show(eye, page, "window-unknown-" + language, sights.simulators("/_sim/windows/payco/x"));
    for (String pg : new String[] {"payco", "naverpay", "paymentwall"}) {
      show(eye, page, pg + "-" + language, sights.window(pg, PRODUCTS.getOrDefault(pg, Map.of())));
    }
    // The page that posts the result is seen only while its script is away.
    page.route("**/next.js", route -> route.fulfill(new Route.FulfillOptions().setBody("")));
    page.navigate(
        sights
            .checkout("html5_inicis", Map.of("m_redirect_url", "https://shop.example/done"))
            .toString());
    page.locator("#pay").click();
    assertThat(page.locator("#continue")).isVisible();
    eye.see("leave-" + language, page);
    page.unroute("**/next.js");
  }

  private static final Map<String, Map<String, Object>> PRODUCTS =
      Map.of("naverpay", Map.of("naverProducts", List.of(ShopSite.TEA)));

  private static void identities(String language, Sights sights, Eye eye, Page page) {
    for (boolean wrong : new boolean[] {false, true}) {
      String html = Samples.identity(language.equals("en"), wrong);
      URI window = sights.simulators("/_sim/windows/sample");
      sample(eye, page, "identity-" + (wrong ? "wrong-" : "") + language, window, html);
    }
    Bridge bridge =
        new Bridge(
            Bridge.Kind.SCRIPT, sights.hub("/js/v2/standard"), "", Map.of(), Map.of(), "UTF-8");
    Map<String, String> fields =
        Map.of(
            "imp_uid", "imp_123456789012",
            "merchant_uid", "check-1",
            "error_msg", "본인인증을 취소하였습니다.");
    Map<String, Map<String, Object>> pages =
        Map.of(
            "bridge", Map.of("bridge", bridge, "arguments", "{}", "close", "#"),
            "done", Map.of("end", "DONE", "fields", fields, "origin", "null", "json", "{}"),
            "failed", Map.of("end", "FAILED", "fields", fields, "origin", "null", "json", "{}"),
            "working", Map.of("waiting", true),
            "problem", Map.of("message", "다시 시도해 주세요.", "giveUp", "#", "again", "#"));
    page.route("**/js/v2/standard", Route::abort);
    pages.forEach(
        (name, facts) -> {
          String template = name.matches("done|failed") ? "result" : name;
          String html = sights.identity("checkout/" + template, facts);
          assertThat(html).contains(language.equals("ko") ? "본인인증" : "dentity");
          sample(eye, page, name + "-identity-" + language, sights.hub("/checkout/sample"), html);
        });
    page.unroute("**/js/v2/standard");
  }

  private static void sample(Eye eye, Page page, String name, URI url, String html) {
    page.route(
        url.toString(),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html;charset=UTF-8")
                    .setBody(html)));
    show(eye, page, name, url);
    page.unroute(url.toString());
  }

  private static void wishes(String language, Sights sights, Eye eye, Page page) {
    show(eye, page, "wish-" + language, sights.wishList());
    page.locator("#wish").click();
    assertThat(page.locator("#result")).hasClass("done");
    eye.see("wish-done-" + language, page);
    page.navigate(sights.wishList().toString());
    page.locator("#close").click();
    assertThat(page.locator("#result")).isVisible();
    eye.see("wish-closed-" + language, page);
  }

  private static void desks(String language, Sights sights, Eye eye, Page page) {
    show(eye, page, "till-" + language, sights.simulators("/emulation/till"));
    page.locator("#barcode").fill("123");
    page.locator("#cash").click();
    assertThat(page.locator("#result")).hasClass("error");
    eye.see("till-refused-" + language, page);
    sights.productOrder();
    show(eye, page, "buyer-" + language, sights.simulators("/emulation/buyer"));
    page.locator("button[value='cancel']").first().click();
    assertThat(page.locator("#result")).hasClass("done");
    eye.see("buyer-done-" + language, page);
    show(eye, page, "cards-" + language, sights.hub("/sandbox/cards?lang=" + language));
  }
}
