package dev.naru.console.home;

import dev.naru.account.Action;
import dev.naru.console.attention.MatterRows;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Viewer;
import dev.naru.payment.list.PaymentFilter.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where everybody begins. */
@ConsolePage
class HomePage {

  /** The same page for scripts that keep it up to date: asking for it keeps nobody signed in. */
  static final String AGAIN = LivePage.LIVE + "/home";

  private static final int MATTERS = 5;

  private final HomeNumbers numbers;
  private final LatestPayments latest;
  private final SetUpSteps steps;
  private final MatterRows matters;

  HomePage(HomeNumbers numbers, LatestPayments latest, SetUpSteps steps, MatterRows matters) {
    this.numbers = numbers;
    this.latest = latest;
    this.steps = steps;
    this.matters = matters;
  }

  @Needs(Action.OWN_ACCOUNT)
  @GetMapping({"/console", AGAIN})
  ModelAndView home(
      Viewer viewer,
      @RequestParam(defaultValue = "") String range,
      @RequestParam(required = false) @Nullable String currency,
      @RequestParam(defaultValue = "false") boolean test) {
    Mode mode = viewer.live() && !test ? Mode.LIVE : Mode.TEST;
    ModelAndView page =
        new ModelAndView("console/home")
            .addObject("styles", styles())
            .addObject("scripts", scripts())
            .addObject("test", test && viewer.live())
            .addObject("here", new Here(Range.of(range), currency, test && viewer.live()))
            .addObject("ranges", Range.values())
            .addObject("chart", Chart.SCRIPT)
            .addObject("today", numbers.today());
    if (viewer.may(Action.ATTENTION_READ)) {
      page.addObject("matters", matters.newest(viewer, MATTERS));
    }
    if (viewer.may(Action.PAYMENTS_READ)) {
      List<LatestPayments.Row> rows = latest.of(viewer, mode);
      page.addObject("numbers", numbers.read(viewer, Range.of(range), mode, currency))
          .addObject("latest", rows)
          .addObject("steps", steps.left(viewer, !rows.isEmpty()));
    } else {
      page.addObject("steps", steps.left(viewer, true));
    }
    return page;
  }

  private static List<String> styles() {
    return List.of(Chart.STYLES, "/assets/console/attention.css", "/assets/console/home.css");
  }

  private static List<String> scripts() {
    return List.of("/assets/console/chart.js", "/assets/console/live.js");
  }
}
