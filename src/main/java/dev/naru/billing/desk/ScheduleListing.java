package dev.naru.billing.desk;

import dev.naru.billing.Schedule;
import dev.naru.billing.Schedules;
import dev.naru.billing.desk.ScheduleFilter.Field;
import dev.naru.billing.desk.ScheduleFilter.Tab;
import dev.naru.billing.desk.ScheduleListStore.Passed;
import dev.naru.connector.order.Buyer;
import dev.naru.kernel.HubClock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists of schedules: pages by key, so that the last costs what the first does. No page passes more
 * than some hundreds; one that is not full by then says where it goes on.
 */
@Component
public class ScheduleListing {

  private static final int STRIDE = 400;
  private static final int STRIDES = 3;

  /** How many are counted; beyond it counts are of the newest alone. */
  static final int COUNTED = 10_000;

  private final ScheduleListStore store;
  private final Schedules schedules;

  ScheduleListing(ScheduleListStore store, Schedules schedules) {
    this.store = store;
    this.schedules = schedules;
  }

  /** A schedule of a list, and the time by which it stands there. */
  public record Row(Schedule schedule, Tab tab, Instant at) {}

  /**
   * A page of schedules.
   *
   * @param next where the next page begins; null if there is none
   * @param searchGoesOn there may be more although the page is not full
   */
  public record Page(List<Row> rows, @Nullable ListPlace next, boolean searchGoesOn) {}

  /**
   * How many there are at each tab.
   *
   * @param capped whether there are more than were counted
   */
  public record Counts(Map<Tab, Long> byTab, boolean capped) {
    public long of(Tab tab) {
      return tab == Tab.ALL
          ? byTab.values().stream().mapToLong(Long::longValue).sum()
          : byTab.getOrDefault(tab, 0L);
    }
  }

  /**
   * @param after where the page before it ended; null for the first
   */
  public Page page(
      Collection<Long> merchants, ScheduleFilter filter, @Nullable ListPlace after, int size) {
    List<Row> rows = new ArrayList<>();
    ListPlace from = after == null ? start(filter) : after;
    for (int stride = 0; stride < STRIDES; stride++) {
      int most = Math.max(size + 1, stride == 0 && !filter.isSealed() ? 0 : STRIDE);
      List<Passed> passed = store.walk(merchants, filter, from, most);
      Map<ListPlace, Schedule> loaded = loaded(passed.stream().filter(Passed::fits).toList());
      for (Passed one : passed) {
        Schedule schedule = loaded.get(one.place());
        if (schedule != null && isFound(filter, schedule)) {
          if (rows.size() == size) {
            return new Page(rows, from, false);
          }
          rows.add(new Row(schedule, one.tab(), one.place().at()));
        }
        from = one.place();
      }
      if (passed.size() < most) {
        return new Page(rows, null, false);
      }
    }
    return new Page(rows, from, true);
  }

  /** As far as they are counted; empty if each would have to be opened for it. */
  public Counts counts(Collection<Long> merchants, ScheduleFilter filter) {
    if (filter.isSealed()) {
      return new Counts(Map.of(), true);
    }
    Map<Tab, Long> counts = store.counts(merchants, filter, start(filter.at(Tab.ALL)), COUNTED);
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    return new Counts(counts, all >= COUNTED);
  }

  /** What each day of a month comes to, in Korea's days. */
  public ScheduleMonth month(Collection<Long> merchants, YearMonth month, String currency) {
    return ScheduleMonth.of(
        month,
        currency,
        store.sums(
            merchants,
            month.atDay(1).atStartOfDay(HubClock.SEOUL).toInstant(),
            month.plusMonths(1).atDay(1).atStartOfDay(HubClock.SEOUL).toInstant()));
  }

  private static ListPlace start(ScheduleFilter filter) {
    return filter.oldestFirst()
        ? new ListPlace(filter.from(), "", 0)
        : new ListPlace(filter.to(), "", 0);
  }

  private Map<ListPlace, Schedule> loaded(List<Passed> some) {
    Map<Long, List<ListPlace>> byShop =
        some.stream().map(Passed::place).collect(Collectors.groupingBy(ListPlace::merchantId));
    Map<ListPlace, Schedule> loaded = new HashMap<>();
    byShop.forEach(
        (merchant, places) -> {
          Map<String, Schedule> found =
              schedules.find(merchant, places.stream().map(ListPlace::name).toList()).stream()
                  .collect(Collectors.toMap(Schedule::merchantUid, one -> one));
          places.forEach(
              place -> {
                Schedule schedule = found.get(place.name());
                if (schedule != null) {
                  loaded.put(place, schedule);
                }
              });
        });
    return loaded;
  }

  private static boolean isFound(ScheduleFilter filter, Schedule schedule) {
    if (!filter.isSealed()) {
      return true;
    }
    Buyer buyer = schedule.purchase().buyer();
    String value = filter.field() == Field.BUYER ? buyer.name() : schedule.customerId();
    return value != null
        && value.toLowerCase(Locale.ROOT).contains(filter.text().toLowerCase(Locale.ROOT));
  }
}
