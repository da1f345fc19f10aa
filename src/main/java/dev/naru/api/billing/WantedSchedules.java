package dev.naru.api.billing;

import dev.naru.api.Refusal;
import dev.naru.api.wire.Params;
import dev.naru.billing.Schedule;
import dev.naru.billing.Schedules;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Malformed;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which schedules a list is to have; their times stand under one of two names. */
final class WantedSchedules {

  private static final int MONTHS = 3;
  private static final Set<String> STATES = Set.of("scheduled", "executed", "revoked");

  /** {@code scheduled} is V1's; the other two say the default, and its opposite, as lists do. */
  private static final Set<String> SORTINGS = Set.of("scheduled", "-scheduled");

  private WantedSchedules() {}

  private record Span(Instant from, Instant to) {}

  /** A merchant's, whoever is charged. */
  static Schedules.Wanted read(Params params) {
    String sorting = params.oneOf("sorting", SORTINGS);
    return read(params, null, "scheduled".equals(sorting), span(params));
  }

  /** A customer's. */
  static Schedules.Wanted read(Params params, String customerUid, Instant now) {
    return read(params, customerUid, false, span(params, now));
  }

  private static Span span(Params params) {
    Instant from = time(params, "schedule_from", "from");
    Instant to = time(params, "schedule_to", "to");
    return from != null && to != null
        ? new Span(from, to)
        : new Span(
            required(params, "schedule_from", "from"), required(params, "schedule_to", "to"));
  }

  /** A customer's are those around now, of as long a time as V1 lets one ask for. */
  private static Span span(Params params, Instant at) {
    Instant from = time(params, "schedule_from", "from");
    Instant to = time(params, "schedule_to", "to");
    if (from != null && to != null) {
      return new Span(from, to);
    }
    ZonedDateTime now = at.atZone(HubClock.SEOUL);
    if (from != null) {
      return new Span(from, from.atZone(HubClock.SEOUL).plusMonths(MONTHS).toInstant());
    }
    if (to != null) {
      return new Span(to.atZone(HubClock.SEOUL).minusMonths(MONTHS).toInstant(), to);
    }
    Instant since = now.minusMonths(1).toInstant();
    return new Span(since, since.atZone(HubClock.SEOUL).plusMonths(MONTHS).toInstant());
  }

  private static Schedules.Wanted read(
      Params params, @Nullable String customerUid, boolean oldestFirst, Span span) {
    Instant from = span.from();
    Instant to = span.to();
    if (!from.isBefore(to)) {
      throw Failed.invalid(Refusal.SCHEDULES_FROM_AFTER_TO);
    }
    if (from.atZone(HubClock.SEOUL).plusMonths(MONTHS).toInstant().isBefore(to)) {
      throw Failed.invalid(Refusal.TOO_MANY_MONTHS, MONTHS);
    }
    String state =
        params.oneOf(params.has("schedule-status") ? "schedule-status" : "schedule_status", STATES);
    return new Schedules.Wanted(
        from,
        to,
        customerUid,
        state == null ? null : Schedule.State.valueOf(state.toUpperCase(Locale.ROOT)),
        oldestFirst);
  }

  private static @Nullable Instant time(Params params, String name, String otherName) {
    return params.time(params.has(name) ? name : otherName);
  }

  /** A time that stands under today's name, or one that other clients send. */
  static Instant required(Params params, String name, String otherName) {
    Instant at = time(params, name, otherName);
    if (at == null) {
      throw Failed.invalid(Malformed.MISSING, name);
    }
    return at;
  }
}
