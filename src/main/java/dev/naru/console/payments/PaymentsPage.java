package dev.naru.console.payments;

import dev.naru.account.Action;
import dev.naru.account.SavedViews;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The list of payments. All that it shows is in its address, and may be kept under a name. */
@ConsolePage
class PaymentsPage {

  private static final String VIEWS = Asked.PATH + "/views";

  private final PaymentList list;
  private final SavedViews views;
  private final HubClock clock;

  PaymentsPage(PaymentList list, SavedViews views, HubClock clock) {
    this.list = list;
    this.views = views;
    this.clock = clock;
  }

  @Needs(Action.PAYMENTS_READ)
  @GetMapping(Asked.PATH)
  ModelAndView list(Viewer viewer, HttpServletRequest request, HttpServletResponse response) {
    Asked asked = Asked.of(request.getParameterMap(), viewer, clock.instant());
    // Where only the list changes, its form stays as it is.
    boolean part = "results".equals(request.getHeader("HX-Target"));
    if (part) {
      response.setHeader("HX-Push-Url", asked.path());
    }
    String view = part ? "console/payments :: results" : "console/payments";
    return list.show(new ModelAndView(view), asked, viewer);
  }

  /**
   * @param query of the list, as its address has it
   */
  @Needs(Action.PAYMENTS_READ)
  @PostMapping(VIEWS)
  ModelAndView keep(
      Viewer viewer,
      @RequestParam String name,
      @RequestParam String query,
      HttpServletRequest request) {
    // As it is read, so that what is kept is a filter and nothing else.
    Asked asked = Asked.of(query, viewer, clock.instant());
    try {
      views.keep(viewer.account(), PaymentList.LIST, name, asked.query());
      return new ModelAndView(Frame.back(asked.path(), "view-kept"));
    } catch (Failed failed) {
      return Said.problem(
          list.show(new ModelAndView("console/payments"), asked, viewer), failed, request);
    }
  }

  @Needs(Action.PAYMENTS_READ)
  @PostMapping(VIEWS + "/forget")
  String forget(Viewer viewer, @RequestParam String name, @RequestParam String query) {
    views.forget(viewer.account(), PaymentList.LIST, name);
    return Frame.back(Asked.of(query, viewer, clock.instant()).path(), "view-forgotten");
  }
}
