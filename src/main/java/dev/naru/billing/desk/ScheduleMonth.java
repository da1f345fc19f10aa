package dev.naru.billing.desk;

import dev.naru.billing.desk.ScheduleFilter.Tab;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What schedules come to on each day of a month: on the day of their charge, planned or done, and
 * of their revocation.
 *
 * @param currencies in which there are any, {@code currency} among them
 */
public record ScheduleMonth(
    YearMonth month, String currency, Set<String> currencies, Map<LocalDate, Day> days, Day all) {

  /** How many of each, and how much in the currency's minor units. */
  public record Day(Map<Tab, Sum> sums) {
    public Sum of(Tab tab) {
      return sums.getOrDefault(tab, Sum.NONE);
    }

    public boolean isEmpty() {
      return sums.isEmpty();
    }
  }

  /** Some schedules. */
  public record Sum(long count, long amount) {
    static final Sum NONE = new Sum(0, 0);

    Sum plus(Sum other) {
      return new Sum(count + other.count, amount + other.amount);
    }
  }

  public Day on(LocalDate day) {
    return days.getOrDefault(day, new Day(Map.of()));
  }

  static ScheduleMonth of(YearMonth month, String currency, List<ScheduleListStore.Sum> rows) {
    Set<String> currencies = new TreeSet<>(Set.of(currency));
    Map<LocalDate, Day> days = new TreeMap<>();
    Day all = new Day(new EnumMap<>(Tab.class));
    for (ScheduleListStore.Sum row : rows) {
      currencies.add(row.currency());
      if (row.currency().equals(currency)) {
        Sum sum = new Sum(row.count(), row.amount());
        Day day = days.computeIfAbsent(row.day(), _ -> new Day(new EnumMap<>(Tab.class)));
        day.sums().merge(row.tab(), sum, Sum::plus);
        all.sums().merge(row.tab(), sum, Sum::plus);
      }
    }
    return new ScheduleMonth(month, currency, currencies, days, all);
  }
}
