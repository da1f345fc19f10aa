package dev.naru.sandbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A schedule of next month, seen at once. The hub is its own, because its clock is moved. */
@NeedsChromium
class DemoClockTest {

  private static final LocatorAssertions.HasTextOptions SOON =
      new LocatorAssertions.HasTextOptions().setTimeout(40_000);

  @Test
  void nextMonthsChargeIsSeenNow() {
    try (Hub hub = Hub.start(Map.of());
        DemoVisit visit = new DemoVisit(hub.url())) {
      Page page = visit.page("key", false);
      DemoVisit.pay(page, false, "tosspayments");
      assertThat(page.locator("#status")).hasText("paid", SOON);
      List<Runnable> answers = holdBack(page);
      for (int month = 0; month < 2; month++) {
        page.selectOption("#when", "2592000");
        page.locator("#schedule").click();
        assertThat(page.locator("#schedule-status")).hasText("scheduled", SOON);
        page.locator("#clock").click();
        // Told by the events alone: the page does not ask.
        assertThat(page.locator("#schedule-status")).hasText("paid", SOON);
        // The page does not know the time before the answer: a schedule of now would be of then.
        assertThat(page.locator("#schedule")).hasAttribute("aria-disabled", "true");
        page.waitForCondition(() -> !answers.isEmpty());
        answers.removeFirst().run();
        assertThat(page.locator("#schedule")).hasAttribute("aria-disabled", "false");
      }
      visit.leave();
    }
  }

  /** Lets the clock be moved, but not the page hear of it before it is told. */
  private static List<Runnable> holdBack(Page page) {
    List<Runnable> answers = new ArrayList<>();
    page.route(
        "**/demo/calls/clock",
        route -> {
          APIResponse answer = route.fetch();
          answers.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
        });
    return answers;
  }
}
