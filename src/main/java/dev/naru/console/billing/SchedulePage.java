package dev.naru.console.billing;

import dev.naru.account.Action;
import dev.naru.billing.Schedule;
import dev.naru.billing.Schedules;
import dev.naru.billing.desk.ScheduleDesk;
import dev.naru.billing.desk.ScheduleFilter.Tab;
import dev.naru.billing.desk.ScheduleStory;
import dev.naru.connector.Decline;
import dev.naru.connector.order.Buyer;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Address;
import dev.naru.console.part.Figures;
import dev.naru.console.part.Masks;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.Statuses;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One schedule: what it is, what happened to it, and what can be done with it. */
@ConsolePage
class SchedulePage {

  private final Schedules schedules;
  private final ScheduleDesk desk;
  private final ScheduleStory story;
  private final PgChoices pgs;
  private final HubClock clock;

  SchedulePage(
      Schedules schedules, ScheduleDesk desk, ScheduleStory story, PgChoices pgs, HubClock clock) {
    this.schedules = schedules;
    this.desk = desk;
    this.story = story;
    this.pgs = pgs;
    this.clock = clock;
  }

  /**
   * Which schedule a form is about.
   *
   * @param of whose it is
   * @param at when it is to be, where that is asked
   */
  record Target(long of, @Nullable String uid, @Nullable String at) {

    @Override
    public String uid() {
      return uid == null ? "" : uid;
    }

    /** A time that cannot be read is none to come. */
    Instant moment() {
      Instant read = Figures.read(at);
      return read == null ? Instant.EPOCH : read;
    }

    Address page() {
      return Places.schedule(of, uid());
    }
  }

  /** A line of its story, as it is shown. */
  record Line(ScheduleStory.Entry entry, String at, String status, String amount) {}

  @Needs(Action.BILLING_READ)
  @GetMapping(Places.SCHEDULE)
  ModelAndView schedule(
      Viewer viewer,
      @RequestParam long of,
      @RequestParam String uid,
      @RequestParam(defaultValue = "") String again) {
    Merchant shop = viewer.requireShop(of);
    Schedule schedule = schedules.get(shop.id(), uid);
    Schedule.Execution execution = schedule.execution();
    Decline decline = execution == null ? null : execution.decline();
    Figures figures = new Figures(viewer.korean());
    Buyer buyer = schedule.purchase().buyer();
    Tab tab = tab(schedule);
    return new ModelAndView("console/subscription")
        .addObject("styles", List.of(Places.STYLE))
        .addObject("shop", shop)
        .addObject("schedule", schedule)
        .addObject("tab", tab)
        .addObject("undecided", execution != null && execution.status().equals("ready"))
        .addObject("why", decline == null || tab != Tab.FAILED ? null : decline.message())
        .addObject("failedAgain", again.equals("failed") && tab == Tab.FAILED)
        .addObject("amount", figures.money(schedule.purchase().amount()))
        .addObject("at", figures.time(schedule.at()))
        .addObject("input", figures.input(proposed(schedule)))
        .addObject("least", figures.input(clock.instant().plus(Duration.ofMinutes(1))))
        .addObject("pg", pgs.name(shop.id(), schedule.channelKey(), viewer.korean()))
        .addObject("channel", pgs.channel(shop.id(), schedule.channelKey()))
        .addObject("buyerName", Masks.name(buyer.name()))
        .addObject("buyerTel", Masks.phone(buyer.tel()))
        .addObject("key", Places.keys(schedule.customerUid()))
        .addObject("lines", story.of(schedule).stream().map(one -> line(figures, one)).toList());
  }

  @Needs(Action.BILLING_WRITE)
  @PostMapping(Places.SCHEDULE + "/move")
  ModelAndView move(Viewer viewer, Target target, HttpServletRequest request) {
    return done(
        viewer,
        target,
        request,
        "schedule-moved",
        () -> desk.move(viewer.actor(), target.of(), target.uid(), target.moment()));
  }

  @Needs(Action.BILLING_WRITE)
  @PostMapping(Places.SCHEDULE + "/reopen")
  ModelAndView reopen(Viewer viewer, Target target, HttpServletRequest request) {
    return done(
        viewer,
        target,
        request,
        "schedule-reopened",
        () -> desk.reopen(viewer.actor(), target.of(), target.uid(), target.moment()));
  }

  @Needs(Action.BILLING_WRITE)
  @PostMapping(Places.SCHEDULE + "/revoke")
  ModelAndView revoke(Viewer viewer, Target target, HttpServletRequest request) {
    return done(
        viewer,
        target,
        request,
        "schedule-revoked",
        () -> desk.revoke(viewer.actor(), target.of(), target.uid()));
  }

  /** Moves money now: what comes of it is waited for. */
  @Needs(Action.BILLING_WRITE)
  @PostMapping(Places.SCHEDULE + "/retry")
  ModelAndView retry(Viewer viewer, Target target, HttpServletRequest request) {
    Merchant shop = viewer.requireShop(target.of());
    String page = target.page().toString();
    try {
      Payment payment = desk.retry(viewer.actor(), shop, target.uid());
      return new ModelAndView(
          switch (Statuses.of(payment)) {
            case "paid" -> Frame.back(page, "schedule-paid");
            case "failed" -> "redirect:" + target.page().with("again", "failed");
            default -> Frame.back(page, "schedule-open");
          });
    } catch (Failed failed) {
      return Said.problem(schedule(viewer, target.of(), target.uid(), ""), failed, request);
    }
  }

  private ModelAndView done(
      Viewer viewer, Target target, HttpServletRequest request, String said, Runnable work) {
    viewer.requireShop(target.of());
    try {
      work.run();
      return new ModelAndView(Frame.back(target.page().toString(), said));
    } catch (Failed failed) {
      return Said.problem(schedule(viewer, target.of(), target.uid(), ""), failed, request);
    }
  }

  private static Tab tab(Schedule schedule) {
    Schedule.Execution execution = schedule.execution();
    return switch (schedule.state()) {
      case SCHEDULED -> Tab.SCHEDULED;
      case REVOKED -> Tab.REVOKED;
      case EXECUTED ->
          execution != null && execution.status().equals("failed") ? Tab.FAILED : Tab.SUCCEEDED;
    };
  }

  /** Where it was to be, if that is still to come; else tomorrow at the same time. */
  private Instant proposed(Schedule schedule) {
    Instant now = clock.instant();
    return schedule.at().isAfter(now) ? schedule.at() : now.plus(Duration.ofDays(1));
  }

  private static Line line(Figures figures, ScheduleStory.Entry entry) {
    Payment payment = entry.payment();
    return new Line(
        entry,
        figures.time(entry.at()),
        payment == null ? "" : Statuses.of(payment),
        payment == null ? "" : figures.money(payment.charged()));
  }
}
