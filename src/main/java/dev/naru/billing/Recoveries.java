package dev.naru.billing;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Charges the failed schedules of the day before again, at an hour that each merchant chooses. What
 * fails again is of that day, and comes up the day after.
 */
@Component
public class Recoveries {

  private static final int LAST_HOUR = 23;
  private static final Logger LOG = LoggerFactory.getLogger(Recoveries.class);

  private final RecoveryStore store;
  private final ScheduleChangeStore schedules;
  private final Changes changes;
  private final HubClock clock;

  Recoveries(RecoveryStore store, ScheduleChangeStore schedules, Changes changes, HubClock clock) {
    this.changes = changes;
    this.store = store;
    this.schedules = schedules;
    this.clock = clock;
  }

  /** The hour, in Seoul, at which it is done each day; empty if it is switched off. */
  public OptionalInt hour(long merchantId) {
    return store
        .find(merchantId)
        .map(row -> OptionalInt.of(row.hour()))
        .orElse(OptionalInt.empty());
  }

  /**
   * Switches it on, from the next time this hour comes, or off.
   *
   * @throws Failed invalid unless the hour is 1 to 23
   */
  public void update(Actor actor, long merchantId, OptionalInt hour) {
    if (hour.isPresent() && (hour.getAsInt() < 1 || hour.getAsInt() > LAST_HOUR)) {
      throw Failed.invalid(Refusal.RECOVERY_HOUR);
    }
    ZonedDateTime now = clock.instant().atZone(HubClock.SEOUL);
    boolean passed = now.getHour() >= hour.orElse(0);
    LocalDate today = now.toLocalDate();
    changes.make(
        actor,
        merchantId,
        Act.RECOVERY_HOUR_SET,
        Long.toString(merchantId),
        change -> {
          change.before(hour(merchantId)).after(hour);
          store.update(merchantId, hour, passed ? today : today.minusDays(1));
          return hour;
        });
  }

  /** Makes due what has failed, for every merchant whose hour has come. Any node may be first. */
  void run() {
    Instant now = clock.instant();
    ZonedDateTime there = now.atZone(HubClock.SEOUL);
    LocalDate today = there.toLocalDate();
    for (RecoveryStore.Row row : store.waiting()) {
      if (dueAt(row).isAfter(now)) {
        continue;
      }
      LocalDate yesterday = today.minusDays(1);
      // After days without a hub, what failed on the last day it ran is still to be done.
      LocalDate from = row.doneOn().isBefore(yesterday) ? row.doneOn() : yesterday;
      boolean hourIsCome = there.getHour() >= row.hour();
      int count = schedules.recover(row.merchantId(), midnight(from), midnight(today), now);
      store.done(row, hourIsCome ? today : yesterday);
      LOG.info("{} failed schedules of merchant {} are charged again", count, row.merchantId());
    }
  }

  Optional<Instant> nextDue() {
    return store.waiting().stream().map(Recoveries::dueAt).min(Instant::compareTo);
  }

  private static Instant dueAt(RecoveryStore.Row row) {
    return row.doneOn().plusDays(1).atTime(row.hour(), 0).atZone(HubClock.SEOUL).toInstant();
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(HubClock.SEOUL).toInstant();
  }
}
