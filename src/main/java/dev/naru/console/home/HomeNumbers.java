package dev.naru.console.home;

import dev.naru.console.frame.Viewer;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentStatistics;
import dev.naru.payment.list.PaymentStatistics.Overview;
import dev.naru.payment.list.PaymentStatistics.Series;
import dev.naru.payment.list.Sales;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What the shops that a viewer looks at sold and gave back, as the home page shows it. */
@Component
class HomeNumbers {

  private final PaymentStatistics statistics;
  private final PgDirectory pgs;
  private final MessageSource texts;
  private final HubClock clock;

  HomeNumbers(PaymentStatistics statistics, PgDirectory pgs, MessageSource texts, HubClock clock) {
    this.statistics = statistics;
    this.pgs = pgs;
    this.texts = texts;
    this.clock = clock;
  }

  /**
   * One day or hour of the chart and of the table behind it.
   *
   * @param label as the table names it
   * @param tick as the chart's axis names it
   */
  public record Bar(String label, String tick, Figures figures) {}

  /**
   * A PG's or method's part.
   *
   * @param part of a thousand of the gross
   */
  public record Part(String name, Figures figures, long part) {}

  /**
   * All of one currency.
   *
   * @param currencies those there are something of; the one shown among them
   * @param quiet nothing was sold, declined or given back
   */
  public record Numbers(
      Range range,
      String currency,
      List<String> currencies,
      int digits,
      Figures total,
      List<Bar> bars,
      List<Part> byPg,
      List<Part> byMethod,
      boolean quiet,
      boolean addingUp) {}

  Numbers read(Viewer viewer, Range range, Mode mode, @Nullable String wanted) {
    LocalDate today = today();
    LocalDate first = today.minusDays(range.days() - 1L);
    Overview now =
        range == Range.TODAY
            ? statistics.today(viewer.shops(), mode)
            : statistics.days(viewer.shops(), first, today, mode);
    Overview before =
        statistics.days(viewer.shops(), first.minusDays(range.days()), first.minusDays(1), mode);
    List<String> currencies = List.copyOf(now.currencies().keySet());
    String code = chosen(currencies, wanted);
    Currency currency = Currency.getInstance(code);
    Series series = now.currencies().getOrDefault(code, empty(range, today));
    Series earlier = before.currencies().get(code);
    Sales old = earlier == null ? Sales.NONE : earlier.total();
    boolean korean = viewer.korean();
    return new Numbers(
        range,
        code,
        currencies,
        Math.max(0, currency.getDefaultFractionDigits()),
        new Figures(series.total(), old, currency, korean),
        series.points().stream().map(point -> bar(point, range, currency, korean)).toList(),
        parts(series, series.byPg(), currency, viewer, name -> pg(name, korean)),
        parts(series, series.byMethod(), currency, viewer, name -> method(name, viewer)),
        series.total().equals(Sales.NONE),
        now.addingUp());
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), HubClock.SEOUL);
  }

  /** What is asked for if there is something of it; else the won, or what there is. */
  private static String chosen(List<String> currencies, @Nullable String wanted) {
    String won = Money.KRW.getCurrencyCode();
    if (wanted != null && currencies.contains(wanted)) {
      return wanted;
    }
    return currencies.isEmpty() || currencies.contains(won) ? won : currencies.getFirst();
  }

  private static Series empty(Range range, LocalDate today) {
    List<PaymentStatistics.Point> points =
        range == Range.TODAY
            ? List.of()
            : today
                .minusDays(range.days() - 1L)
                .datesUntil(today.plusDays(1))
                .map(day -> day.atStartOfDay(HubClock.SEOUL).toInstant())
                .map(at -> new PaymentStatistics.Point(at, Sales.NONE))
                .toList();
    return new Series(points, Sales.NONE, Map.of(), Map.of());
  }

  private static Bar bar(
      PaymentStatistics.Point point, Range range, Currency currency, boolean korean) {
    Labels labels = new Labels(point.since().atZone(HubClock.SEOUL), range, korean);
    return new Bar(
        labels.label(), labels.tick(), new Figures(point.sales(), null, currency, korean));
  }

  private static List<Part> parts(
      Series series,
      Map<String, Sales> by,
      Currency currency,
      Viewer viewer,
      UnaryOperator<String> named) {
    long gross = Math.max(1, series.total().sold());
    return by.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Sales> one) -> one.getValue().sold())
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .map(
            one ->
                new Part(
                    named.apply(one.getKey()),
                    new Figures(one.getValue(), null, currency, viewer.korean()),
                    Math.round(one.getValue().sold() * 1_000.0 / gross)))
        .toList();
  }

  private String pg(String provider, boolean korean) {
    return pgs.find(provider).map(pg -> korean ? pg.nameKo() : pg.nameEn()).orElse(provider);
  }

  /** Easy payment is called as its PG is. */
  private String method(String method, Viewer viewer) {
    String named = texts.getMessage("home.method." + method, null, null, viewer.locale());
    return named == null ? pg(method, viewer.korean()) : named;
  }
}
