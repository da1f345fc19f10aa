package dev.naru.sandbox.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.RequestOptions;
import dev.naru.connector.Pg;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.sandbox.DemoVisit;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import dev.naru.testing.Press;
import dev.naru.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo shop's flows, as a visitor goes through them. */
@NeedsChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoShopTest {

  private static final LocatorAssertions.HasTextOptions SOON =
      new LocatorAssertions.HasTextOptions().setTimeout(30_000);
  private static final LocatorAssertions.ContainsTextOptions SOMEWHERE =
      new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

  private final Hub hub = Hub.shared();
  private final Api api = new Api(hub.url());
  private @Nullable DemoVisit opened;

  @BeforeAll
  void open() {
    opened = new DemoVisit(hub.url());
  }

  @AfterAll
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @AfterEach
  void noBrowserComplained() {
    visit().leave();
  }

  private DemoVisit visit() {
    return Objects.requireNonNull(opened);
  }

  private JsonNode payment(String impUid) {
    return api.get("/payments/" + impUid).response();
  }

  private static String impUid(Page page) {
    return DemoVisit.json(page, "payment").path("response").path("imp_uid").asString();
  }

  /** The line of the live list that tells of a webhook with this status, for this payment. */
  private static Locator webhook(Page page, String impUid, String status) {
    return page.locator("#live li.webhook.mine")
        .filter(new Locator.FilterOptions().setHasText(impUid))
        .filter(new Locator.FilterOptions().setHas(page.locator("p > .status." + status)))
        .first();
  }

  @ParameterizedTest
  @CsvSource({"tosspayments,false", "tosspayments,true", "html5_inicis,false", "html5_inicis,true"})
  void aCardIsChargedAndGivenBackInParts(String pg, boolean phone) {
    Page page = visit().page("card", phone);
    DemoVisit.pay(page, phone, pg);
    assertThat(page.locator("#status")).hasText("paid", SOON);
    String impUid = impUid(page);
    assertThat(page.locator("#result")).containsText(impUid);
    assertThat(page.locator("#code")).containsText(payment(impUid).path("merchant_uid").asString());
    assertThat(page.locator("#code")).containsText(phone ? "m_redirect_url" : "IMP.request_pay");
    assertThat(page.locator("#call-payment")).containsText("/payments/" + impUid);
    assertThat(webhook(page, impUid, "paid")).containsText("HTTP 200", SOMEWHERE);

    page.locator("#cancel-amount").fill("4,900");
    page.locator("#cancel-part").click();
    assertThat(page.locator("#fact")).containsText("4,900원 취소, 8,000원 남음", SOMEWHERE);
    assertThat(page.locator("#call-cancel")).containsText("\"checksum\": 12900");
    assertThat(payment(impUid).path("cancel_amount").asInt()).isEqualTo(4_900);
    assertThat(webhook(page, impUid, "cancelled")).containsText("cancellation_id", SOMEWHERE);
    page.locator("#cancel").click();
    assertThat(page.locator("#fact")).containsText("12,900원 취소, 0원 남음", SOMEWHERE);
    assertThat(payment(impUid).path("cancel_amount").asInt()).isEqualTo(12_900);
    assertThat(payment(impUid).path("cancel_history")).hasSize(2);
    assertThat(page.locator("#cancel")).isDisabled();
    page.context().close();
  }

  /** Events make the page look at its payment at any time. */
  @Test
  void anotherLookLeavesWhatTheVisitorDid() {
    Page page = visit().page("card", false);
    DemoVisit.pay(page, false, "tosspayments");
    assertThat(page.locator("#status")).hasText("paid", SOON);
    page.locator("#cancel-amount").fill("4,900");
    look(page);
    assertThat(page.locator("#cancel-amount")).hasValue("4,900");
    page.context().close();

    Page keys = visit().page("key", false);
    DemoVisit.pay(keys, false, "tosspayments");
    assertThat(keys.locator("#status")).hasText("paid", SOON);
    keys.locator("#again").click();
    assertThat(keys.locator("#again-status")).hasText("paid", SOON);
    String called = keys.locator("#call-again").textContent();
    look(keys);
    assertThat(keys.locator("#call-again")).hasText(called);
    keys.context().close();
  }

  private static void look(Page page) {
    page.evaluate("import('/assets/demo/order.js').then(order => order.check())");
  }

  /** The others' windows, too: every one that is offered can be paid by. */
  @Test
  void everyWindowThatIsOfferedCanBePaidBy() {
    Page page = visit().page("card", false);
    List<String> offered =
        page.locator("#channel option").all().stream()
            .filter(option -> !option.getAttribute("data-can").contains("ProductOrders"))
            .map(option -> option.getAttribute("data-provider"))
            .filter(pg -> !List.of("tosspayments", "html5_inicis").contains(pg))
            .toList();
    assertThat(offered).contains("payco", "naverpay", "paymentwall", "kakaopay", "settle");
    for (String pg : offered) {
      page.navigate(hub.url() + "/demo?flow=card&lang=ko");
      DemoVisit.pay(page, false, pg);
      assertThat(page.locator("#status")).hasText("paid", SOON);
      assertThat(payment(impUid(page)).path("pg_provider").asString()).isEqualTo(pg);
    }
    page.context().close();
  }

  @Test
  void aDeclineIsToldAsWhatItIs() {
    Page page = visit().page("card", false);
    DemoVisit.choose(page, "tosspayments");
    page.locator("#pay").click();
    DemoVisit.inWindow(page, false, "tosspayments", "#outcome").selectOption("LIMIT");
    DemoVisit.inWindow(page, false, "tosspayments", "#pay").click();
    assertThat(page.locator("#status")).hasText("failed", SOON);
    assertThat(page.locator("#fact")).containsText("결제되지 않았습니다");
    assertThat(page.locator("#cancel")).isDisabled();
    page.context().close();
  }

  @ParameterizedTest
  @CsvSource({"tosspayments,false", "html5_inicis,true", "settle,false"})
  void anAccountIsPaidIntoAndRefunded(String pg, boolean phone) {
    Page page = visit().page("vbank", phone);
    DemoVisit.pay(page, phone, pg);
    assertThat(page.locator("#status")).hasText("ready", SOON);
    String impUid = impUid(page);
    String account = payment(impUid).path("vbank_num").asString();
    assertThat(page.locator("#fact")).containsText(account);
    assertThat(page.locator("#call-deposit")).containsText(account.replaceAll("[^0-9]", ""));
    page.locator("#deposit").click();
    assertThat(page.locator("#status")).hasText("paid", SOON);
    assertThat(page.locator("#deposit")).isDisabled();
    assertThat(webhook(page, impUid, "paid")).containsText("HTTP 200", SOMEWHERE);
    page.locator("#cancel").click();
    assertThat(page.locator("#status")).hasText("cancelled", SOON);
    assertThat(payment(impUid).path("status").asString()).isEqualTo("cancelled");
    page.context().close();
  }

  @ParameterizedTest
  @CsvSource({"tosspayments,false", "tosspayments,true", "html5_inicis,false"})
  void aKeyIsChargedAndScheduled(String pg, boolean phone) {
    Page page = visit().page("key", phone);
    DemoVisit.pay(page, phone, pg);
    assertThat(page.locator("#status")).hasText("paid", SOON);
    page.locator("#again").click();
    assertThat(page.locator("#again-status")).hasText("paid", SOON);
    JsonNode again = DemoVisit.json(page, "again-answer").path("response");
    assertThat(payment(again.path("imp_uid").asString()).path("amount").asInt()).isEqualTo(12_900);
    assertThat(page.locator("#call-again")).containsText(again.path("merchant_uid").asString());
    page.locator("#schedule").click();
    assertThat(page.locator("#schedule-status")).hasText("scheduled", SOON);
    assertThat(page.locator("#schedule-status")).hasText("paid", SOON);
    assertThat(page.locator("#schedule-answer")).containsText("\"status\": \"paid\"", SOMEWHERE);
    page.selectOption("#when", "2592000");
    page.locator("#schedule").click();
    assertThat(page.locator("#schedule-status")).hasText("scheduled", SOON);
    page.locator("#unschedule").click();
    assertThat(page.locator("#schedule-status")).hasText("revoked", SOON);
    page.context().close();
  }

  @ParameterizedTest
  @CsvSource({"kcp_v2,false", "danal,true"})
  void somebodyIsVerifiedByACode(String pg, boolean phone) {
    Page page = visit().page("identity", phone);
    DemoVisit.choose(page, pg, "IdentityOtp");
    page.locator("#person-phone").fill("010-9753-" + (phone ? "1357" : "2468"));
    page.locator("#pay").click();
    assertThat(page.locator("#confirm")).isEnabled();
    String code = page.locator("#otp").inputValue();
    assertThat(page.locator("#phone")).containsText(code);
    page.locator("#otp").fill("000000".equals(code) ? "000001" : "000000");
    page.locator("#confirm").click();
    assertThat(page.locator("#problem")).isVisible();
    page.locator("#otp").fill(code);
    page.locator("#confirm").click();
    assertThat(page.locator("#status")).hasText("certified", SOON);
    JsonNode certified = DemoVisit.json(page, "certification").path("response");
    assertThat(certified.path("certified").asBoolean()).isTrue();
    assertThat(certified.path("pg_provider").asString()).isEqualTo(pg);
    page.context().close();
  }

  @Test
  void somebodyIsVerifiedByAnApp() {
    Page page = visit().page("identity", false);
    DemoVisit.choose(page, "kcp_v2");
    page.locator("input[value=APP]").check();
    page.locator("#person-phone").fill("010-8642-1357");
    page.locator("#pay").click();
    page.locator("#tap").click();
    assertThat(page.locator("#tap")).isDisabled();
    page.locator("#confirm").click();
    assertThat(page.locator("#status")).hasText("certified", SOON);
    page.context().close();
  }

  /** Where the SDK and a channel have windows for it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void somebodyIsVerifiedByAWindow(boolean phone) {
    Page page = visit().page("identity", phone);
    Locator able = page.locator("#channel option[data-can*='IdentityWindow']");
    Assumptions.assumeTrue(
        able.count() > 0 && page.evaluate("typeof IMP.certification").equals("function"));
    for (String key : able.all().stream().map(option -> option.getAttribute("value")).toList()) {
      page.navigate(hub.url() + "/demo?flow=identity&lang=ko");
      page.selectOption("#channel", key);
      page.locator("input[value=WINDOW]").check(new Locator.CheckOptions().setForce(true));
      Locator pay = page.locator("#pay");
      if (phone) {
        pay.click();
        identified(page).click();
      } else {
        Press.last(identified(page.waitForPopup(pay::click)));
      }
      assertThat(page.locator("#status")).hasText("certified", SOON);
      assertThat(page.locator("#code")).containsText(key);
      assertThat(page.locator("#certification")).containsText("홍길동");
    }
    page.context().close();
  }

  /** The button that ends the window, once it knows who it is. */
  private static Locator identified(Page window) {
    window.locator("#name").fill("홍길동");
    window.locator("#birth").fill("19900101");
    return window.locator("#verify");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPromotionTakesSomethingOff(boolean phone) {
    Page page = visit().page("promotion", phone);
    DemoVisit.pay(page, phone, "tosspayments");
    assertThat(page.locator("#status")).hasText("paid", SOON);
    assertThat(page.locator("#fact")).containsText("1,290원 할인");
    JsonNode payment = payment(impUid(page));
    assertThat(payment.path("promotion").path("discount").asInt()).isEqualTo(1_290);
    page.locator("#cancel-amount").fill("4900");
    page.locator("#cancel-part").click();
    assertThat(page.locator("#status")).hasText("cancelled", SOON);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLinkIsPaid(boolean phone) {
    Page page = visit().page("link", phone);
    page.locator("#pay").click();
    page.locator("#link a").waitFor();
    assertThat(page.locator("#call-link")).containsText("pay_methods");
    Page buyer = page.context().waitForPage(() -> page.locator("#link a").click());
    buyer.locator("[data-method='0']").click();
    buyer.locator("#pay").click();
    assertThat(page.locator("#status")).hasText("paid", SOON);
    String impUid = impUid(page);
    assertThat(payment(impUid).path("status").asString()).isEqualTo("paid");
    assertThat(webhook(page, impUid, "paid")).containsText("HTTP 200", SOMEWHERE);
    page.locator("#cancel").click();
    assertThat(page.locator("#status")).hasText("cancelled", SOON);
    page.context().close();
  }

  /** By what the connectors can do, not by a list of names. */
  @ParameterizedTest
  @ValueSource(strings = {"card", "vbank", "key", "identity", "promotion", "link"})
  void aFlowOffersWhatTheChannelsCan(String flow) {
    Predicate<Pg<?>> can =
        pg -> {
          var all = pg.capabilities();
          boolean window = all.stream().anyMatch(one -> one.endsWith("Checkout"));
          if (pg.code().equals("paypal_v2")) {
            // It takes no won, in which the shop has its prices.
            return false;
          }
          return switch (flow) {
            case "card" -> window;
            case "vbank" -> window && all.contains("Vbank");
            case "key" -> all.contains("WindowKey") && all.contains("ChargeKey");
            case "identity" -> all.stream().anyMatch(one -> one.startsWith("Identity"));
            default -> window && !all.contains("ProductOrders");
          };
        };
    List<String> expected =
        hub.bean(PgDirectory.class).all().stream().filter(can).map(Pg::nameKo).sorted().toList();
    Page page = visit().page(flow, false);
    String each = flow.equals("link") ? "#methods label" : "#channel option";
    List<String> offered =
        page.locator(each).allTextContents().stream()
            .map(text -> text.strip().replaceFirst(" · \\S+$", ""))
            .sorted()
            .toList();
    assertThat(offered).isNotEmpty().isEqualTo(expected);
    page.context().close();
  }

  /** Copied into a terminal, the server's code does what it says. */
  @Test
  void theServersCodeRuns() throws Exception {
    Assumptions.assumeTrue(Tools.find("curl").isPresent() && Tools.find("bash").isPresent());
    Page page = visit().page("card", false);
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.locator("summary").first().click();
    page.locator("#order-name").fill("It's \"tea\" $HOME `id` \\n");
    DemoVisit.pay(page, false, "tosspayments");
    assertThat(page.locator("#status")).hasText("paid", SOON);
    String impUid = impUid(page);
    JsonNode read = JsonMapper.shared().readTree(run(copied(page, "call-payment")));
    assertThat(read.path("response").path("imp_uid").asString()).isEqualTo(impUid);
    assertThat(read.path("response").path("name").asString())
        .isEqualTo("It's \"tea\" $HOME `id` \\n");
    page.locator("#cancel-amount").fill("900");
    JsonNode cancelled = JsonMapper.shared().readTree(run(copied(page, "call-cancel")));
    assertThat(cancelled.path("response").path("cancel_amount").asInt()).isEqualTo(900);
    // What is done elsewhere is told here, too.
    assertThat(page.locator("#fact")).containsText("12,000원 남음", SOMEWHERE);
    page.context().close();
  }

  private static String copied(Page page, String box) {
    page.locator("[data-box=" + box + "] .copy").click();
    assertThat(page.locator("[data-box=" + box + "] .copy")).hasText("복사됨");
    return String.valueOf(page.evaluate("navigator.clipboard.readText()"));
  }

  private static String run(String script) throws IOException {
    Process bash = new ProcessBuilder("bash", "-c", script).start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /**
   * Order names, shop data, order ids, other shops' answers to webhooks: texts, whatever is in
   * them.
   */
  @Test
  void textsAreShownAsTextsOnly() {
    String evil = "<img src=x onerror=top.hit=1>";
    Page page = visit().page("card", false);
    page.evaluate("window.hit = 0");
    page.locator("summary").first().click();
    page.locator("#order-name").fill(evil);
    page.locator("#order-custom").fill("</script><script>top.hit=2</script>'\"");
    assertThat(page.locator("#code")).not().containsText("</script><script>top");
    DemoVisit.pay(page, false, "tosspayments");
    assertThat(page.locator("#status")).hasText("paid", SOON);
    assertThat(page.locator("#payment")).containsText(evil);
    assertThat(page.locator("#payment")).containsText("top.hit=2");
    String order = "'\"></pre><svg onload=top.hit=3>" + System.nanoTime() % 1_000;
    Map<String, Object> charge =
        new LinkedHashMap<>(Api.keyIn(order, "tosspayments", Api.GOOD_CARD));
    charge.put("notice_url", hub.url() + "/sandbox/hooks/%3Csvg%20onload=top.hit=4%3E");
    assertThat(api.post("/subscribe/payments/onetime", charge).code()).isZero();
    assertThat(page.locator("#live")).containsText(order, SOMEWHERE);
    assertThat(
            page.locator("#live li.webhook").filter(new Locator.FilterOptions().setHasText(order)))
        .containsText("HTTP 200", SOMEWHERE);
    page.request()
        .post(
            hub.url() + "/sandbox/hooks/demo",
            RequestOptions.create().setHeader("Content-Type", "text/html").setData(evil));
    page.reload();
    assertThat(page.locator("#live")).containsText(order, SOMEWHERE);
    assertThat(page.locator("#live img, #live svg, #live script, pre *")).hasCount(0);
    assertThat(page.evaluate("window.hit || 0")).isEqualTo(0);
    page.navigate(
        hub.url()
            + "/demo?lang=%22%3E%3Cscript%3Etop.hit=5%3C/script%3E&flow=%22onload=top.hit=6&imp_uid="
            + "%3Csvg%20onload=top.hit=7%3E&error_msg=%3Cimg%20src=x%20onerror=top.hit=8%3E");
    assertThat(page.locator("#result")).containsText("onerror=top.hit=8");
    assertThat(page.evaluate("window.hit || 0")).isEqualTo(0);
    // A payment that does not exist is a mistake that is told.
    assertThat(page.locator("#problem")).isVisible();
    page.context().close();
  }

  @Test
  void theKeyboardIsEnough() {
    Page page = visit().page("card", false);
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    page.locator("#channel").focus();
    page.keyboard().press("Tab");
    assertThat(page.locator("#screen-desktop")).isFocused();
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    assertThat(page.locator("#pay")).isFocused();
    page.keyboard().press("Enter");
    page.locator("iframe.imp-frame").waitFor();
    page.keyboard().press("Escape");
    page.locator(".imp-close").click();
    assertThat(page.locator("#status")).hasText("failed", SOON);
    assertThat(page.locator("#pay")).isFocused();
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 768, 1440})
  void everyPageFitsAndEveryControlHasAName(int width) {
    TreeSet<String> wrong = new TreeSet<>();
    for (String lang : List.of("ko", "en")) {
      Page page = visit().page("flow=card&lang=" + lang, false, width);
      for (String flow : List.of("card", "vbank", "key", "identity", "promotion", "link")) {
        page.navigate(hub.url() + "/demo?flow=" + flow + "&lang=" + lang);
        assertThat(page.locator("#connection"))
            .hasText(lang.equals("ko") ? "연결됨" : "Connected", SOON);
        if (!page.evaluate("document.documentElement.lang").equals(lang)) {
          wrong.add(flow + " is not in " + lang);
        }
        Object wider =
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (!wider.equals(0)) {
          wrong.add(flow + " in " + lang + " is " + wider + " too wide");
        }
        Object nameless =
            page.evaluate(
                "[...document.querySelectorAll('button, a, select, input, summary')].filter(n =>"
                    + " !(n.getAttribute('aria-label') || n.textContent.trim() || (n.labels"
                    + " && n.labels.length)) && n.checkVisibility()).map(n => n.outerHTML)");
        if (!List.of().equals(nameless)) {
          wrong.add(flow + " in " + lang + " has nameless " + nameless);
        }
      }
      page.context().close();
    }
    assertThat(wrong).isEmpty();
  }

  /** Nothing that happens between the page and its connection is lost, nor while there is none. */
  @Test
  void theListIsCompleteAfterAnInterruption() {
    Page page = visit().page("card", false);
    assertThat(page.locator("#connection")).hasText("연결됨", SOON);
    page.context().setOffline(true);
    String order = Api.newOrder();
    api.post("/subscribe/payments/onetime", Api.keyIn(order, "tosspayments", Api.GOOD_CARD));
    page.context().setOffline(false);
    page.reload();
    assertThat(page.locator("#live")).containsText(order, SOMEWHERE);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        page.locator("#live li.webhook")
                            .filter(new Locator.FilterOptions().setHasText(order)))
                    .hasCount(1));
    page.context().close();
    visit().complaints.removeIf(text -> text.contains("ERR_INTERNET_DISCONNECTED"));
  }
}
