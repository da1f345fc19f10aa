package dev.naru.console.billing;

import dev.naru.account.Action;
import dev.naru.billing.desk.ScheduleFilter.Tab;
import dev.naru.billing.desk.ScheduleListing;
import dev.naru.billing.desk.ScheduleMonth;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Address;
import dev.naru.console.part.Figures;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Merchant;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A month of schedules: what each day comes to, by amount or by count. */
@ConsolePage
class ScheduleCalendarPage {

  private static final String PATH = Places.LIST + "/calendar";

  private static final List<Tab> TOLD =
      List.of(Tab.SCHEDULED, Tab.SUCCEEDED, Tab.FAILED, Tab.REVOKED);

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .filter(one -> one.getDefaultFractionDigits() >= 0)
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toSet());

  private final ScheduleListing listing;
  private final HubClock clock;

  ScheduleCalendarPage(ScheduleListing listing, HubClock clock) {
    this.listing = listing;
    this.clock = clock;
  }

  /** One of the four, as the page is asked to tell it. */
  record Told(Tab tab, String value) {}

  /** The same for a month, both ways. */
  record Total(Tab tab, String amount, String count) {}

  /**
   * A day.
   *
   * @param inside of this month, not of the one before or after it
   */
  record Cell(LocalDate day, boolean inside, boolean today, List<Told> told, Address list) {}

  @Needs(Action.BILLING_READ)
  @GetMapping(PATH)
  ModelAndView calendar(Viewer viewer, @RequestParam Map<String, String> query) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), HubClock.SEOUL);
    LocalDate asked = ScheduleQuery.day(query.getOrDefault("month", "") + "-01");
    YearMonth month = YearMonth.from(asked == null ? today : asked);
    boolean counts = query.getOrDefault("by", "").equals("count");
    String wanted = query.getOrDefault("currency", "");
    String currency = CURRENCIES.contains(wanted) ? wanted : Money.KRW.getCurrencyCode();
    List<Long> shops = viewer.shops().stream().map(Merchant::id).toList();
    ScheduleMonth sums = listing.month(shops, month, currency);
    Figures figures = new Figures(viewer.korean());
    Address here =
        Address.of(PATH, viewer)
            .with("month", month)
            .with("by", counts ? "count" : null)
            .with("currency", currency.equals("KRW") ? null : currency);
    return new ModelAndView("console/subscription-calendar")
        .addObject("styles", List.of(Places.STYLE))
        .addObject("month", month)
        .addObject("counts", counts)
        .addObject("currency", currency)
        .addObject("currencies", sums.currencies())
        .addObject("here", here)
        .addObject("before", here.with("month", month.minusMonths(1)))
        .addObject("after", here.with("month", month.plusMonths(1)))
        .addObject("now", here.with("month", YearMonth.from(today)))
        .addObject("isNow", month.equals(YearMonth.from(today)))
        .addObject("byAmount", here.with("by", null))
        .addObject("byCount", here.with("by", "count"))
        .addObject("totals", totals(sums, figures))
        .addObject("isEmpty", sums.all().isEmpty())
        .addObject(
            "weeks",
            weeks(
                sums,
                today,
                Address.of(Places.LIST, viewer),
                day -> told(sums, day, counts, figures)));
  }

  /** What a day comes to. */
  private interface Telling {
    List<Told> of(LocalDate day);
  }

  private static List<List<Cell>> weeks(
      ScheduleMonth sums, LocalDate today, Address list, Telling telling) {
    LocalDate first =
        sums.month().atDay(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    List<List<Cell>> weeks = new ArrayList<>();
    for (LocalDate week = first;
        !week.isAfter(sums.month().atEndOfMonth());
        week = week.plusWeeks(1)) {
      weeks.add(
          Stream.iterate(week, day -> day.plusDays(1))
              .limit(7)
              .map(
                  day ->
                      new Cell(
                          day,
                          YearMonth.from(day).equals(sums.month()),
                          day.equals(today),
                          telling.of(day),
                          list.with("from", day).with("to", day)))
              .toList());
    }
    return weeks;
  }

  private static List<Told> told(
      ScheduleMonth sums, LocalDate day, boolean counts, Figures figures) {
    ScheduleMonth.Day of = sums.on(day);
    return TOLD.stream()
        .filter(tab -> of.of(tab).count() > 0)
        .map(
            tab ->
                new Told(
                    tab,
                    counts
                        ? figures.number(of.of(tab).count())
                        : figures.money(of.of(tab).amount(), sums.currency())))
        .toList();
  }

  private static List<Total> totals(ScheduleMonth sums, Figures figures) {
    return TOLD.stream()
        .map(
            tab ->
                new Total(
                    tab,
                    figures.money(sums.all().of(tab).amount(), sums.currency()),
                    figures.number(sums.all().of(tab).count())))
        .toList();
  }
}
