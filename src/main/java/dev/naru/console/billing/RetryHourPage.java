package dev.naru.console.billing;

import dev.naru.account.Action;
import dev.naru.billing.Recoveries;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** At which hour failed schedules are charged again each day, if at all. */
@ConsolePage
class RetryHourPage {

  private static final String PATH = Places.LIST + "/recovery";

  private final Recoveries recoveries;

  RetryHourPage(Recoveries recoveries) {
    this.recoveries = recoveries;
  }

  @Needs(Action.BILLING_READ)
  @GetMapping(PATH)
  ModelAndView hour(Viewer viewer) {
    Merchant shop = viewer.shop();
    OptionalInt hour = recoveries.hour(shop.id());
    return new ModelAndView("console/recovery-hour")
        .addObject("shop", shop)
        .addObject("hour", hour.isPresent() ? hour.getAsInt() : null)
        .addObject("hours", IntStream.rangeClosed(1, 23).boxed().toList());
  }

  /**
   * @param hour empty to switch it off
   */
  @Needs(Action.BILLING_WRITE)
  @PostMapping(PATH)
  ModelAndView set(
      Viewer viewer,
      @RequestParam long of,
      @RequestParam(defaultValue = "") String hour,
      HttpServletRequest request) {
    Merchant shop = viewer.requireShop(of);
    try {
      recoveries.update(viewer.actor(), shop.id(), read(hour));
      return new ModelAndView(Frame.back(PATH, hour.isEmpty() ? "recovery-off" : "recovery-on"));
    } catch (Failed failed) {
      return Said.problem(hour(viewer), failed, request);
    }
  }

  /** What is no hour is none that there is. */
  private static OptionalInt read(String hour) {
    if (hour.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(hour.matches("\\d{1,2}") ? Integer.parseInt(hour) : -1);
  }
}
