package dev.naru.contract;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.naru.testing.Api;
import dev.naru.testing.Browsers;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A developer at {@code /docs}: gets a token, tries a call, on a screen and on a phone. */
@NeedsChromium
class DocsBrowserTest {

  private final Hub hub = Hub.shared();

  @ParameterizedTest
  @CsvSource({"ko, 1280", "en, 1280", "ko, 390", "en, 390"})
  void aCallIsTried(String lang, int width) {
    try (Playwright playwright = Playwright.create();
        Browser browser = browser(playwright);
        BrowserContext context =
            browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900))) {
      Page page = context.newPage();
      List<String> problems = new ArrayList<>();
      page.onPageError(problems::add);
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              problems.add(message.text());
            }
          });
      page.navigate(hub.url() + "/docs?lang=" + lang);
      assertThat(page.locator("html")).hasAttribute("lang", lang);
      assertThat(page.locator(".opblock-tag")).hasCount(Contract.v1().tags().size());
      // The demo shop's keys are public: they stand there.
      assertThat(page.locator("#key")).hasValue(Api.KEY);
      page.locator("#fetch button").click();
      page.locator("#state.used").waitFor();
      assertThat(tried(page, "codes", "listCards")).containsText("\"code\": \"361\"");
      page.locator("#token").fill("0".repeat(40));
      page.locator("#paste button").click();
      assertThat(tried(page, "codes", "listBanks")).containsText("Unauthorized");
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
      // The browser itself reports the 401.
      assertThat(problems).allMatch(problem -> problem.contains("401"));
    }
  }

  private static Locator tried(Page page, String tag, String operation) {
    Locator block = page.locator("#operations-" + tag + "-" + operation);
    if (!block.isVisible()) {
      page.locator("#operations-tag-" + tag).click();
    }
    block.locator(".opblock-summary-control").click();
    block.locator(".execute").click();
    return block.locator(".live-responses-table .response .response-col_description").first();
  }

  private static Browser browser(Playwright playwright) {
    return Browsers.launch(playwright);
  }
}
