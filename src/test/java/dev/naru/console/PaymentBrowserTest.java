package dev.naru.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.naru.account.Role;
import dev.naru.kernel.Money;
import dev.naru.payment.Payment;
import dev.naru.testing.Api;
import dev.naru.testing.Browsers;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import dev.naru.testing.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Somebody at the page of a payment, with a mouse and a keyboard. */
@NeedsChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentBrowserTest {

  private final Hub hub = Hub.shared();
  private final ShopPayments payments = new ShopPayments();
  private final Playwright playwright = Playwright.create();
  private final Browser browser = Browsers.launch(playwright);

  @AfterAll
  void leave() {
    playwright.close();
  }

  private Page at(String path, List<String> errors) {
    BrowserContext context = browser.newContext(new Browser.NewContextOptions().setLocale("ko-KR"));
    String session = payments.visitor(Role.MANAGER).session();
    context.addCookies(List.of(new Cookie("naru_console", session).setUrl(hub.url() + "/console")));
    Page page = context.newPage();
    page.onPageError(errors::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
    page.navigate(hub.url() + path);
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void cancelsAPartAndSendsAWebhookAgain() {
    List<String> errors = new ArrayList<>();
    try (Receiver receiver = Receiver.start()) {
      Payment payment =
          payments.charged(Api.GOOD_CARD, Map.of("notice_url", receiver.url("/hook")));
      Page page = at(ShopPayments.path(payment), errors);
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("취소").setExact(true))
          .click();
      assertThat(button(page, "10,000원 취소")).isVisible();
      page.getByText("부분 취소").click();
      page.getByLabel("취소 금액").fill("4,000");
      // What it comes to is there without a press, and one press is enough then.
      assertThat(button(page, "4,000원 취소")).isVisible();
      assertThat(page.locator(".sums")).containsText("6,000원");
      page.getByLabel("취소 사유").fill("컵 파손");
      button(page, "4,000원 취소").click();
      assertThat(page.getByText("결제를 취소했습니다.")).isVisible();
      assertThat(page.locator(".sum")).containsText("부분 취소");
      assertThat(page.locator(".sum")).containsText("남은 금액 6,000원");
      assertThat(page.locator(".line")).containsText("관리자가 4,000원 취소를 요청했습니다. 사유: 컵 파손");
      assertThat(payments.again(payment).canceled()).isEqualTo(Money.krw(4_000));

      page.locator(".hooks").getByText("다시 보내기").first().click();
      assertThat(page.getByText("웹훅을 다시 보내고 있습니다.")).isVisible();
      page.getByText("주고받은 내용").first().click();
      assertThat(page.locator(".line pre").first()).containsText("←");
      button(page, "전체 보기").click();
      assertThat(page.locator("#buyer")).containsText("010-0000-0000");
      assertThat(errors).isEmpty();
    }
  }

  @Test
  void aPageThatWaitsTellsTheEndByItself() {
    List<String> errors = new ArrayList<>();
    Payment payment = payments.charged(ShopPayments.LOSES_CANCELS, Map.of());
    Page page = at(ShopPayments.path(payment), errors);
    try (ExecutorService background = Executors.newSingleThreadExecutor()) {
      Api api = new Api(hub.url());
      Future<Api.Answer> asked =
          background.submit(
              () -> api.post("/payments/cancel", Map.of("imp_uid", payment.impUid().value())));
      await().until(() -> payments.again(payment).cancelRunning().isPresent());
      page.reload();
      assertThat(page.getByText("취소 결과를 확인하고 있습니다.")).isVisible();
      assertThat(page.locator(".sum"))
          .containsText("전체 취소", new LocatorAssertions.ContainsTextOptions().setTimeout(40_000));
      assertThat(asked.isCancelled()).isFalse();
    }
    assertThat(errors).isEmpty();
  }
}
