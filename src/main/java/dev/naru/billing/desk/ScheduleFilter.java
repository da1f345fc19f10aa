package dev.naru.billing.desk;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which schedules a list has.
 *
 * @param from inclusive
 * @param to exclusive
 * @param pgs codes of PGs; empty for any
 * @param text what is searched for; null for nothing
 */
public record ScheduleFilter(
    Basis basis, Instant from, Instant to, Tab tab, Set<String> pgs, Field field, String text) {

  public ScheduleFilter {
    pgs = Set.copyOf(pgs);
    text = text.strip();
  }

  /** Which time counts. */
  public enum Basis {
    /** When it was charged or revoked; while it waits, when it will be charged. */
    STATUS("status_at"),
    /** When the shop scheduled it. */
    CREATED("created_at");

    private final String column;

    Basis(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  /** How schedules stand, as people tell them apart. */
  public enum Tab {
    ALL,
    SCHEDULED,
    /** Charged, or its charge is not decided yet. */
    SUCCEEDED,
    FAILED,
    REVOKED
  }

  /** Where a text is looked for: the beginning of an id, any part of a name. */
  public enum Field {
    ALL,
    ORDER,
    CUSTOMER_UID,
    NAME,
    /** Sealed: each schedule is opened and looked at. */
    BUYER,
    /** Sealed as well. */
    CUSTOMER_ID;

    boolean isSealed() {
      return this == BUYER || this == CUSTOMER_ID;
    }
  }

  /** The same list at another tab. */
  public ScheduleFilter at(Tab other) {
    return new ScheduleFilter(basis, from, to, other, pgs, field, text);
  }

  /** What is to come is read from now on, all else back from the newest. */
  boolean oldestFirst() {
    return tab == Tab.SCHEDULED;
  }

  boolean isSealed() {
    return field.isSealed() && !text.isEmpty();
  }

  /** What of the search the database can look for; null for nothing. */
  @Nullable String plain() {
    return text.isEmpty() || field.isSealed() ? null : text;
  }
}
