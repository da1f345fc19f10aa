package dev.naru.billing.desk;

import dev.naru.billing.Schedule;
import dev.naru.billing.Schedules;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.payment.Payment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Schedules changed by a person, which is written down in the commit of the change. */
@Component
public class ScheduleDesk {

  private final Schedules schedules;
  private final Changes changes;

  ScheduleDesk(Schedules schedules, Changes changes) {
    this.schedules = schedules;
    this.changes = changes;
  }

  /** Throws {@link Failed} wrong state if it does not wait any more. */
  public Schedule revoke(Actor actor, long merchantId, String merchantUid) {
    return changed(
        actor,
        Act.SCHEDULE_REVOKED,
        schedules.get(merchantId, merchantUid),
        () -> schedules.revoke(merchantId, null, List.of(merchantUid)).getFirst());
  }

  /**
   * @throws Failed not found; invalid if it does not wait any more, or for a time in the past
   */
  public Schedule move(Actor actor, long merchantId, String merchantUid, Instant at) {
    return changed(
        actor,
        Act.SCHEDULE_MOVED,
        schedules.get(merchantId, merchantUid),
        () -> schedules.move(merchantId, merchantUid, at));
  }

  /**
   * Lets one wait again that was revoked or whose charge failed.
   *
   * @throws Failed not found; invalid if it waits, runs or was paid, or for a time in the past
   */
  public Schedule reopen(Actor actor, long merchantId, String merchantUid, Instant at) {
    return changed(
        actor,
        Act.SCHEDULE_REOPENED,
        schedules.get(merchantId, merchantUid),
        () -> schedules.reopen(merchantId, merchantUid, at));
  }

  /**
   * Charges one at once that was revoked or whose charge failed.
   *
   * @return the payment: paid, failed, or ready if its outcome is still unknown
   * @throws Failed not found, also if the key is gone; invalid if it waits, runs or was paid
   */
  public Payment retry(Actor actor, Merchant merchant, String merchantUid) {
    Schedule before = schedules.get(merchant.id(), merchantUid);
    return schedules.retry(
        merchant,
        merchantUid,
        payment ->
            changes.make(
                actor,
                merchant.id(),
                Act.SCHEDULE_RETRIED,
                merchantUid,
                change ->
                    change
                        .before(written(before))
                        .after(Map.of("imp_uid", payment.impUid().value()))));
  }

  private Schedule changed(Actor actor, Act act, Schedule before, Supplier<Schedule> work) {
    return changes.make(
        actor,
        before.merchantId(),
        act,
        before.merchantUid(),
        change -> {
          Schedule after = work.get();
          change.before(written(before)).after(written(after));
          return after;
        });
  }

  private static Map<String, Object> written(Schedule schedule) {
    return Map.of("state", schedule.state(), "schedule_at", schedule.at());
  }
}
