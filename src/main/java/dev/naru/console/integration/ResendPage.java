package dev.naru.console.integration;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.webhook.log.Deliveries;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Sends all webhooks of some days again that were not received. */
@ConsolePage
class ResendPage {

  private static final String RESEND = DeliveriesPage.LOG + "/resend";

  /** Before today. */
  private static final int DAYS = 6;

  private final Deliveries deliveries;
  private final HubClock clock;

  ResendPage(Deliveries deliveries, HubClock clock) {
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /** Which days; both are among them. */
  record Span(
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to) {}

  @Needs(Action.WEBHOOKS_RESEND)
  @GetMapping(RESEND)
  ModelAndView ask(Viewer viewer, Span span) {
    Days days = days(span);
    boolean forward = !days.from().isAfter(days.to());
    return Styled.page("console/resend", "integration")
        .addObject("from", days.from())
        .addObject("to", days.to())
        .addObject(
            "payments",
            forward ? deliveries.failed(viewer.shop().id(), days.begin(), days.end()) : 0);
  }

  @Needs(Action.WEBHOOKS_RESEND)
  @PostMapping(RESEND)
  ModelAndView resend(Viewer viewer, Span span, HttpServletRequest request) {
    Days days = days(span);
    try {
      deliveries.resendFailed(viewer.actor(), viewer.shop().id(), days.begin(), days.end());
      String log = DeliveriesPage.LOG + "?from=" + days.from() + "&to=" + days.to();
      return new ModelAndView(Frame.back(log, "hooks-resent"));
    } catch (Failed failed) {
      return Said.problem(ask(viewer, span), failed, request);
    }
  }

  private Days days(Span span) {
    LocalDate from = span.from();
    LocalDate to = span.to();
    LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), HubClock.SEOUL) : to;
    return new Days(from == null ? last.minusDays(DAYS) : from, last);
  }
}
