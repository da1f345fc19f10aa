package dev.naru.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.naru.connector.facts.PgFacts;
import dev.naru.connector.facts.Presentation;
import dev.naru.testing.Browsers;
import dev.naru.testing.Press;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Visitors of the demo shop, at desks and with phones; what their browsers complain of is kept. */
public final class DemoVisit implements AutoCloseable {

  private static final String PHONE =
      "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/140.0.0.0 Mobile Safari/537.36";

  private final URI hub;
  private final Playwright playwright = Playwright.create();
  private final Browser browser;

  /** What browsers said was wrong: scripts that failed, and what a policy forbids. */
  public final List<String> complaints = new ArrayList<>();

  public DemoVisit(URI hub) {
    this.hub = hub;
    browser = Browsers.launch(playwright);
  }

  /** The page of a flow, in Korean. */
  public Page page(String flow, boolean phone) {
    return page("flow=" + flow + "&lang=ko", phone, phone ? 390 : 1280);
  }

  public Page page(String query, boolean phone, int width) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions().setLocale("ko-KR").setViewportSize(width, 860);
    if (phone) {
      options.setUserAgent(PHONE).setIsMobile(true).setHasTouch(true);
    }
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(30_000);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text() + " at " + message.location());
          }
        });
    page.onPageError(complaints::add);
    page.navigate(hub + "/demo?" + query);
    return page;
  }

  public static void choose(Page page, String provider) {
    choose(page, provider, "");
  }

  /** The channel of this PG that has a capability. */
  public static void choose(Page page, String provider, String capability) {
    String option = "#channel option[data-provider='" + provider + "']";
    String able = capability.isEmpty() ? "" : "[data-can*='" + capability + "']";
    page.selectOption("#channel", page.locator(option + able).first().getAttribute("value"));
  }

  /** Something in the PG's window: in a layer, or with a phone the page itself. */
  public static Locator inWindow(Page page, boolean phone, String provider, String selector) {
    if (phone) {
      return page.locator(selector);
    }
    FrameLocator layer = page.frameLocator("iframe.imp-frame");
    return switch (provider) {
      case "html5_inicis" -> layer.frameLocator("#inicisSimulatorWindow").locator(selector);
      case "nice_v2" -> layer.frameLocator("#nicepaySimulatorWindow").locator(selector);
      default -> layer.locator(selector);
    };
  }

  /** Pays by the window, whichever it is. */
  public static void pay(Page page, boolean phone, String provider) {
    choose(page, provider);
    if (PgFacts.of(provider).presentation(phone, none -> null) == Presentation.POPUP) {
      Press.last(page.waitForPopup(page.locator("#pay")::click).locator("#pay"));
      return;
    }
    page.locator("#pay").click();
    inWindow(page, phone, provider, "#pay").click();
  }

  /** What a box of the page shows, as JSON. */
  public static JsonNode json(Page page, String box) {
    return JsonMapper.shared().readTree(page.locator("#" + box).textContent());
  }

  /** Ends the visits so far, and shows that nothing went wrong in their browsers. */
  public void leave() {
    browser.contexts().forEach(BrowserContext::close);
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    playwright.close();
  }
}
