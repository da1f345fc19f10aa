package dev.naru.console.billing;

import dev.naru.billing.desk.ListPlace;
import dev.naru.billing.desk.ScheduleFilter;
import dev.naru.billing.desk.ScheduleFilter.Basis;
import dev.naru.billing.desk.ScheduleFilter.Field;
import dev.naru.billing.desk.ScheduleFilter.Tab;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Address;
import dev.naru.kernel.HubClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list's filters as an address has them. What cannot be read is as if it were not there.
 *
 * @param pg the code that stands for a company's; empty for any
 */
record ScheduleQuery(
    Tab tab,
    Basis basis,
    Period period,
    String pg,
    Field field,
    String text,
    @Nullable String after) {

  private static final int LONGEST = 80;

  /** Days of Korea, both of them included. */
  record Period(Preset preset, LocalDate from, LocalDate to) {

    Instant begin() {
      return from.atStartOfDay(HubClock.SEOUL).toInstant();
    }

    Instant end() {
      return to.plusDays(1).atStartOfDay(HubClock.SEOUL).toInstant();
    }
  }

  /** Spans that are one click away. */
  enum Preset {
    TODAY,
    WEEK,
    MONTH,
    YEAR,
    NEXT,
    CHOSEN;

    Period around(LocalDate today) {
      return switch (this) {
        case TODAY -> new Period(this, today, today);
        case WEEK -> new Period(this, today.minusDays(6), today);
        case YEAR ->
            new Period(this, today.withDayOfYear(1), today.withDayOfYear(today.lengthOfYear()));
        case NEXT -> new Period(this, today, today.plusDays(30));
        case MONTH, CHOSEN ->
            new Period(MONTH, today.withDayOfMonth(1), today.withDayOfMonth(today.lengthOfMonth()));
      };
    }
  }

  static ScheduleQuery of(Map<String, String> query, Instant now) {
    String text = query.getOrDefault("q", "").strip();
    boolean readable = text.length() <= LONGEST && text.indexOf('\0') < 0;
    return new ScheduleQuery(
        constant(query, "tab", Tab.ALL),
        constant(query, "basis", Basis.STATUS),
        period(query, LocalDate.ofInstant(now, HubClock.SEOUL)),
        query.getOrDefault("pg", "").replaceAll("[^A-Za-z0-9_.-]", ""),
        constant(query, "in", Field.ALL),
        readable ? text : "",
        query.get("after"));
  }

  private static Period period(Map<String, String> query, LocalDate today) {
    LocalDate from = day(query.get("from"));
    LocalDate to = day(query.get("to"));
    LocalDate first = from == null ? to : from;
    LocalDate last = to == null ? from : to;
    if (first == null || last == null) {
      return constant(query, "period", Preset.MONTH).around(today);
    }
    return first.isAfter(last)
        ? new Period(Preset.CHOSEN, last, first)
        : new Period(Preset.CHOSEN, first, last);
  }

  static @Nullable LocalDate day(@Nullable String text) {
    try {
      return text == null || !text.matches("2\\d{3}-\\d{2}-\\d{2}") ? null : LocalDate.parse(text);
    } catch (DateTimeException noDay) {
      return null;
    }
  }

  static <E extends Enum<E>> E constant(Map<String, String> query, String name, E otherwise) {
    String text = query.getOrDefault(name, "").toUpperCase(Locale.ROOT);
    for (E one : otherwise.getDeclaringClass().getEnumConstants()) {
      if (one.name().equals(text)) {
        return one;
      }
    }
    return otherwise;
  }

  ScheduleFilter filter(Set<String> pgs) {
    return new ScheduleFilter(basis, period.begin(), period.end(), tab, pgs, field, text);
  }

  @Nullable ListPlace place() {
    return after == null ? null : ListPlace.of(after).orElse(null);
  }

  /** Whether more than a span and a tab is asked for. */
  public boolean isSearch() {
    return !text.isEmpty() || !pg.isEmpty();
  }

  /** This list, at its first page. */
  Address address(Viewer viewer) {
    boolean chosen = period.preset() == Preset.CHOSEN;
    return Address.of(Places.LIST, viewer)
        .with("tab", tab == Tab.ALL ? null : word(tab))
        .with("basis", basis == Basis.STATUS ? null : word(basis))
        .with("period", chosen || period.preset() == Preset.MONTH ? null : word(period.preset()))
        .with("from", chosen ? period.from() : null)
        .with("to", chosen ? period.to() : null)
        .with("pg", pg)
        .with("in", field == Field.ALL ? null : word(field))
        .with("q", text);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
