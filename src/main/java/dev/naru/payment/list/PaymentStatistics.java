package dev.naru.payment.list;

import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.payment.list.PaymentFilter.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What a shop and its sub-shops sold and gave back, by day and by hour. Up to now: what is added up
 * behind the payments, and the newest events.
 */
@Component
public class PaymentStatistics {

  /** The longest series. */
  public static final int MOST_DAYS = 180;

  private static final int HOURS = 24;

  private final SumStore store;
  private final Tiers tiers;
  private final HubClock clock;

  PaymentStatistics(SumStore store, Tiers tiers, HubClock clock) {
    this.store = store;
    this.tiers = tiers;
    this.clock = clock;
  }

  /** From then on, that day or hour. */
  public record Point(Instant since, Sales sales) {}

  /**
   * One currency's.
   *
   * @param points every day or hour of the span, those without sales too
   */
  public record Series(
      List<Point> points, Sales total, Map<String, Sales> byPg, Map<String, Sales> byMethod) {}

  /**
   * By currency.
   *
   * @param addingUp what happened before is still being added up: after the first start of a hub
   *     that adds, or after it stood still
   */
  public record Overview(Map<String, Series> currencies, boolean addingUp) {}

  /**
   * The days from one to another, both included.
   *
   * @throws IllegalArgumentException if they are more than {@link #MOST_DAYS}
   */
  public Overview days(Merchant shop, LocalDate first, LocalDate last, Mode mode) {
    return days(withSubShops(shop), first, last, mode);
  }

  /** The same of these shops alone, without their sub-shops. */
  public Overview days(List<Merchant> shops, LocalDate first, LocalDate last, Mode mode) {
    long days = ChronoUnit.DAYS.between(first, last) + 1;
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException(days + " days");
    }
    List<Instant> since =
        Stream.iterate(first, day -> day.plusDays(1)).limit(days).map(Spans::start).toList();
    return overview(shops, "day", since, Spans.start(last.plusDays(1)), mode);
  }

  /** Today by the hour. */
  public Overview today(Merchant shop, Mode mode) {
    return today(withSubShops(shop), mode);
  }

  /** The same of these shops alone, without their sub-shops. */
  public Overview today(List<Merchant> shops, Mode mode) {
    Instant midnight = Spans.start(LocalDate.ofInstant(clock.instant(), HubClock.SEOUL));
    List<Instant> since =
        Stream.iterate(midnight, hour -> hour.plus(Duration.ofHours(1))).limit(HOURS).toList();
    return overview(shops, "hour", since, midnight.plus(Duration.ofHours(HOURS)), mode);
  }

  /** Hours are kept of today and the day before. */
  static Instant hoursFrom(Instant now) {
    return Spans.start(LocalDate.ofInstant(now, HubClock.SEOUL).minusDays(1));
  }

  private Overview overview(
      List<Merchant> shops, String unit, List<Instant> since, Instant to, Mode mode) {
    Map<String, List<SumStore.Row>> rows = new TreeMap<>();
    boolean behind = false;
    for (Merchant shop : shops) {
      for (SumStore.Row row : store.read(shop.id(), unit, since.getFirst(), to)) {
        if (row.live() == (mode == Mode.LIVE)) {
          rows.computeIfAbsent(row.currency(), _ -> new ArrayList<>()).add(row);
        }
      }
      behind |= store.isFarBehind(shop.id());
    }
    Map<String, Series> series = new TreeMap<>();
    rows.forEach((currency, its) -> series.put(currency, series(its, since)));
    return new Overview(series, behind);
  }

  private List<Merchant> withSubShops(Merchant shop) {
    Stream<Merchant> subs = shop.parentId() == null ? tiers.everOf(shop).stream() : Stream.of();
    return Stream.concat(Stream.of(shop), subs).toList();
  }

  private static Series series(List<SumStore.Row> rows, List<Instant> since) {
    Map<Instant, Sales> byTime = by(rows, SumStore.Row::since);
    List<Point> points =
        since.stream().map(at -> new Point(at, byTime.getOrDefault(at, Sales.NONE))).toList();
    Sales total = points.stream().map(Point::sales).reduce(Sales.NONE, Sales::plus);
    return new Series(points, total, by(rows, SumStore.Row::pg), by(rows, SumStore.Row::method));
  }

  private static <K extends Comparable<K>> Map<K, Sales> by(
      List<SumStore.Row> rows, Function<SumStore.Row, K> key) {
    Map<K, Sales> sums = new TreeMap<>();
    rows.forEach(row -> sums.merge(key.apply(row), row.sales(), Sales::plus));
    return sums;
  }
}
