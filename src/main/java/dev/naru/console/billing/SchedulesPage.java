package dev.naru.console.billing;

import dev.naru.account.Action;
import dev.naru.billing.Schedule;
import dev.naru.billing.desk.ScheduleFilter;
import dev.naru.billing.desk.ScheduleFilter.Basis;
import dev.naru.billing.desk.ScheduleFilter.Field;
import dev.naru.billing.desk.ScheduleFilter.Tab;
import dev.naru.billing.desk.ScheduleListing;
import dev.naru.connector.Decline;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Address;
import dev.naru.console.part.Figures;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Schedules as a list: what is to be charged, what was, and what became of it. */
@ConsolePage
class SchedulesPage {

  private static final int SIZE = 50;

  private final ScheduleListing listing;
  private final PgChoices pgs;
  private final HubClock clock;

  SchedulesPage(ScheduleListing listing, PgChoices pgs, HubClock clock) {
    this.listing = listing;
    this.pgs = pgs;
    this.clock = clock;
  }

  /**
   * A row as it is shown.
   *
   * @param why it was declined, null if it was not
   * @param undecided whether its charge is still under way
   */
  record Row(
      Schedule schedule,
      Tab tab,
      String at,
      String amount,
      String pg,
      @Nullable String shop,
      @Nullable String why,
      boolean undecided,
      Address page) {}

  /** A tab, and how many are there; null if that is not counted. */
  record TabLink(Tab tab, Address page, @Nullable String count) {}

  @Needs(Action.BILLING_READ)
  @GetMapping(Places.LIST)
  ModelAndView list(Viewer viewer, @RequestParam Map<String, String> query) {
    ScheduleQuery asked = ScheduleQuery.of(query, clock.instant());
    List<Merchant> shops = viewer.shops();
    List<Long> ids = shops.stream().map(Merchant::id).toList();
    ScheduleFilter filter =
        asked.filter(asked.pg().isEmpty() ? Set.of() : pgs.company(shops, asked.pg()));
    ScheduleListing.Page page = listing.page(ids, filter, asked.place(), SIZE);
    Address here = asked.address(viewer);
    Map<Long, String> names =
        shops.stream().collect(Collectors.toMap(Merchant::id, Merchant::name));
    return new ModelAndView("console/subscriptions")
        .addObject("styles", List.of(Places.STYLE))
        .addObject("asked", asked)
        .addObject("here", here)
        .addObject("tabs", tabs(viewer, here, listing.counts(ids, filter)))
        .addObject("presets", ScheduleQuery.Preset.values())
        .addObject("bases", Basis.values())
        .addObject("fields", Field.values())
        .addObject("pgs", pgs.of(shops, viewer.korean()))
        .addObject("manyShops", shops.size() > 1)
        .addObject("rows", page.rows().stream().map(row -> row(viewer, names, row)).toList())
        .addObject("next", page.next() == null ? null : here.with("after", page.next().word()))
        .addObject("goesOn", page.searchGoesOn())
        .addObject("first", asked.after() == null);
  }

  private static List<TabLink> tabs(Viewer viewer, Address here, ScheduleListing.Counts counts) {
    Figures figures = new Figures(viewer.korean());
    boolean counted = !(counts.capped() && counts.byTab().isEmpty());
    return List.of(Tab.values()).stream()
        .map(
            tab ->
                new TabLink(
                    tab,
                    here.with("tab", tab == Tab.ALL ? null : tab.name().toLowerCase(Locale.ROOT)),
                    counted ? figures.number(counts.of(tab)) + (counts.capped() ? "+" : "") : null))
        .toList();
  }

  private Row row(Viewer viewer, Map<Long, String> names, ScheduleListing.Row row) {
    Schedule schedule = row.schedule();
    Schedule.Execution execution = schedule.execution();
    Decline decline = execution == null ? null : execution.decline();
    Figures figures = new Figures(viewer.korean());
    return new Row(
        schedule,
        row.tab(),
        figures.time(row.at()),
        figures.money(schedule.purchase().amount()),
        pgs.name(schedule.merchantId(), schedule.channelKey(), viewer.korean()),
        names.size() > 1 ? names.get(schedule.merchantId()) : null,
        decline == null || row.tab() != Tab.FAILED ? null : decline.message(),
        execution != null && execution.status().equals("ready"),
        Places.schedule(schedule.merchantId(), schedule.merchantUid()));
  }
}
