package dev.naru.console.integration;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.webhook.Delivery;
import dev.naru.webhook.Refusal;
import dev.naru.webhook.log.Deliveries;
import dev.naru.webhook.log.Logged;
import dev.naru.webhook.setting.WebhookEndpoints;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The log of a shop's webhooks: what was sent where, what was answered, and sending it again. */
@ConsolePage
class DeliveriesPage {

  static final String LOG = WebhooksPage.WEBHOOKS + "/log";

  private static final int ROWS = 50;

  private final Deliveries deliveries;
  private final WebhookEndpoints endpoints;

  DeliveriesPage(Deliveries deliveries, WebhookEndpoints endpoints) {
    this.deliveries = deliveries;
    this.endpoints = endpoints;
  }

  /**
   * Which part of the log, as the address has it. Days are those of Seoul.
   *
   * @param below where the page begins
   */
  record Wanted(
      @Nullable Long endpoint,
      Logged.@Nullable Only state,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
      @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
      @Nullable String payment,
      @Nullable String below) {

    Logged.Filter filter() {
      String sought = payment == null || payment.isBlank() ? null : payment.strip();
      return new Logged.Filter(
          from == null ? null : Days.start(from),
          to == null ? null : Days.start(to.plusDays(1)),
          state,
          endpoint,
          sought);
    }
  }

  @Needs(Action.WEBHOOKS_READ)
  @GetMapping(LOG)
  ModelAndView list(Viewer viewer, Wanted wanted) {
    long merchantId = viewer.shop().id();
    Logged.Place below =
        wanted.below() == null ? null : Logged.Place.of(wanted.below()).orElse(null);
    return Styled.page("console/deliveries", "integration")
        .addObject("page", deliveries.list(merchantId, wanted.filter(), below, ROWS))
        .addObject("wanted", wanted)
        .addObject("states", Logged.Only.values())
        .addObject("endpoints", endpoints.of(merchantId))
        .addObject("filtered", !wanted.filter().equals(Logged.Filter.ALL));
  }

  @Needs(Action.WEBHOOKS_READ)
  @GetMapping(LOG + "/{place}")
  ModelAndView one(Viewer viewer, @PathVariable String place) {
    long merchantId = viewer.shop().id();
    Logged.Place known = place(place);
    Delivery delivery =
        deliveries
            .one(merchantId, known)
            .orElseThrow(() -> Failed.notFound(Refusal.NOTHING_TO_REPEAT));
    Logged.Place after = new Logged.Place(known.eventId(), known.no() + 1);
    List<Logged> row = deliveries.list(merchantId, Logged.Filter.ALL, after, 1).rows();
    return Styled.page("console/delivery", "integration")
        .addObject("one", delivery)
        .addObject("place", place)
        .addObject("logged", row.isEmpty() ? null : row.getFirst());
  }

  @Needs(Action.WEBHOOKS_RESEND)
  @PostMapping(LOG + "/{place}/resend")
  String resend(Viewer viewer, @PathVariable String place) {
    deliveries.resend(viewer.actor(), viewer.shop().id(), place(place));
    return Frame.back(LOG + "/" + place, "hook-resent");
  }

  private static Logged.Place place(String word) {
    return Logged.Place.of(word).orElseThrow(() -> Failed.notFound(Refusal.NOTHING_TO_REPEAT));
  }
}
