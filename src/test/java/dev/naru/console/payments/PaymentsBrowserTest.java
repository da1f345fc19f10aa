package dev.naru.console.payments;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ScreenshotCaret;
import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.testing.Api;
import dev.naru.testing.Browsers;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list in a browser: its keys, its menus, its columns, and a filter that changes quickly. */
@NeedsChromium
class PaymentsBrowserTest {

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Shop shop = Shop.fresh();
  private final List<String> orders = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private Playwright playwright;
  private Page page;

  @BeforeEach
  void open() {
    pay(Api.GOOD_CARD);
    pay("4000-0000-0000-0002");
    pay(Api.GOOD_CARD);
    playwright = Playwright.create();
    Browser browser = Browsers.launch(playwright);
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setLocale("ko-KR").setViewportSize(1440, 900));
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    String session = people.visitor(people.of(shop.merchant(), Role.OWNER)).session();
    context.addCookies(List.of(new Cookie("naru_console", session).setUrl(hub.url() + "/console")));
    page = context.newPage();
    page.onPageError(problems::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            problems.add(message.text());
          }
        });
    page.navigate(hub.url() + "/console/payments");
  }

  @AfterEach
  void close() {
    playwright.close();
    assertThat(problems).isEmpty();
  }

  private void pay(String card) {
    Map<String, Object> request = Api.keyIn(Api.newOrder(), Shop.TOSS, card);
    shop.api().post("/subscribe/payments/onetime", request);
    orders.addFirst(String.valueOf(request.get("merchant_uid")));
  }

  /** For whoever wants to see for themselves: {@code -Dpages.shots=folder}. */
  private void shoot(String name) {
    String shots = System.getProperty("pages.shots");
    if (shots != null) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setCaret(ScreenshotCaret.INITIAL)
              .setPath(Path.of(shots, "payments-" + name + ".png")));
    }
  }

  private Locator row(int at) {
    return page.locator("#payments tbody tr").nth(at);
  }

  @Test
  void keysGoThroughRowsAndOpenThem() {
    page.keyboard().press("j");
    assertThat(row(0).locator("a[data-row]")).isFocused();
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("j");
    assertThat(row(2).locator("a[data-row]")).isFocused();
    page.keyboard().press("k");
    assertThat(row(1).locator("a[data-row]")).isFocused();
    page.keyboard().press("?");
    assertThat(page.locator("#keys")).isVisible();
    shoot("keys");
    page.keyboard().press("Escape");
    assertThat(page.locator("#keys")).isHidden();
    page.keyboard().press("/");
    assertThat(page.locator(".find .input")).isFocused();
    // Who writes means letters.
    page.keyboard().type("jk?");
    assertThat(page.locator(".find .input")).hasValue("jk?");
  }

  @Test
  void aRowsMenuCopies() {
    String order = row(0).locator(".order .mono").textContent();
    row(0).locator(".menu-cell > button").click();
    Locator menu = row(0).locator(".pop.menu");
    assertThat(menu).isVisible();
    shoot("menu");
    assertThat(menu.locator("button")).hasCount(2);
    assertThat(menu.locator("button").last()).isInViewport();
    assertThat(menu.boundingBox().x + menu.boundingBox().width).isLessThanOrEqualTo(1440);
    menu.locator("button").first().click();
    assertThat(page.locator(".toast")).hasText("복사했습니다.");
    assertThat(menu).isHidden();
    assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(order);
  }

  @Test
  void aFilterChangesTheListAndItsAddressAndTheWayBackIsThere() {
    page.locator("label:has(#s-failed)").click();
    assertThat(page.locator("#payments tbody tr")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile(".*status=failed$"));
    assertThat(row(0)).containsText(orders.get(1));
    page.locator("fieldset label", new Page.LocatorOptions().setHasText("어제")).click();
    assertThat(page.locator(".empty")).containsText("조건에 맞는 결제가 없습니다");
    assertThat(page).hasURL(Pattern.compile(".*period=yesterday&status=failed$"));
    page.goBack();
    assertThat(page.locator("#payments tbody tr")).hasCount(1);
    assertThat(page.locator("nav.side")).isVisible();
    assertThat(page.locator("#s-failed")).isChecked();
    page.locator(".chip.chosen").click();
    assertThat(page.locator("#payments tbody tr")).hasCount(3);
  }

  @Test
  void exactTimesCountUntilAPresetIsChosen() {
    page.locator("[popovertarget=f-exact]").click();
    page.locator("#f-from").fill("2020-01-01T00:00");
    page.locator("#f-to").fill("2020-01-31T23:59");
    page.locator("#f-exact button").click();
    assertThat(page).hasURL(Pattern.compile(".*from=2020-01-01T00%3A00&to=2020-01-31T23%3A59$"));
    assertThat(page.locator("[popovertarget=f-exact]")).hasClass(Pattern.compile("chosen"));
    page.locator("[popovertarget=f-method]").click();
    page.locator("#f-method [value=card]").check();
    shoot("method");
    assertThat(page).hasURL(Pattern.compile(".*from=2020-01-01.*method=card$"));
    page.keyboard().press("Escape");
    page.locator("fieldset label", new Page.LocatorOptions().setHasText("오늘")).click();
    assertThat(page).hasURL(Pattern.compile(".*period=today&method=card$"));
    assertThat(page.locator("#payments tbody tr")).hasCount(3);
  }

  @Test
  void columnsAreChosenPutInOrderAndKept() {
    Locator heads = page.locator("#payments th[data-col]:not([hidden])");
    List<String> before = heads.allTextContents();
    page.locator("[popovertarget=columns]").click();
    page.locator("[data-column=buyer]").uncheck();
    page.locator("[data-column=approved]").check();
    page.locator("#columns li:has([data-column=amount]) button").first().click();
    assertThat(heads.first()).hasText("금액");
    shoot("columns");
    page.reload();
    List<String> after = heads.allTextContents().stream().map(String::strip).toList();
    assertThat(after).startsWith("금액", "상태").contains("승인 시각").doesNotContain("구매자");
    // A part of the page that comes in is put in the same order.
    page.locator("label:has(#s-paid)").click();
    assertThat(page.locator("#payments tbody tr")).hasCount(2);
    assertThat(row(0).locator("td").first()).hasAttribute("data-col", "amount");
    page.locator("[popovertarget=columns]").click();
    page.locator("#columns > button").click();
    assertThat(heads.allTextContents()).isEqualTo(before);
  }

  @Test
  void aFileIsFollowedToItsEnd() throws IOException {
    page.navigate(hub.url() + "/console/payments/export");
    page.locator("[value=CSV]").check();
    Download download = page.waitForDownload(() -> page.locator("#export button").click());
    assertThat(Files.readAllLines(download.path())).hasSize(4);
    assertThat(download.suggestedFilename()).endsWith(".csv");
    assertThat(page.locator(".progress p")).hasText("파일을 모두 받았습니다.");
  }
}
