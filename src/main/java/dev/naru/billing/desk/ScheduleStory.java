package dev.naru.billing.desk;

import dev.naru.billing.Schedule;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What became of one schedule, in the order in which it happened. */
@Component
public class ScheduleStory {

  private static final PaymentLists.Page MOST = new PaymentLists.Page(1, 100);

  private static final Set<Act> ACTS =
      Set.of(Act.SCHEDULE_REVOKED, Act.SCHEDULE_MOVED, Act.SCHEDULE_REOPENED, Act.SCHEDULE_RETRIED);

  private final ScheduleListStore store;
  private final PaymentLists payments;
  private final Audit audit;

  ScheduleStory(ScheduleListStore store, PaymentLists payments, Audit audit) {
    this.store = store;
    this.payments = payments;
    this.audit = audit;
  }

  /**
   * Something that happened.
   *
   * @param payment its charge, null for none
   * @param change a person's, null for none
   */
  public record Entry(Kind kind, Instant at, @Nullable Payment payment, @Nullable Audited change) {

    /** In the order in which they are told if they have one time. */
    public enum Kind {
      SCHEDULED,
      CHANGED,
      REVOKED,
      CHARGED
    }
  }

  public List<Entry> of(Schedule schedule) {
    List<Entry> all = new ArrayList<>();
    all.add(
        new Entry(
            Entry.Kind.SCHEDULED,
            store.createdAt(schedule.merchantId(), schedule.merchantUid()),
            null,
            null));
    payments
        .ofOrder(
            schedule.merchantId(), schedule.merchantUid(), null, PaymentLists.Sorting.NEWEST, MOST)
        .payments()
        .forEach(one -> all.add(new Entry(Entry.Kind.CHARGED, one.startedAt(), one, null)));
    List<Audited> changes =
        audit.list(
            AuditQuery.of(List.of(schedule.merchantId()))
                .acts(ACTS)
                .about(schedule.merchantUid())
                .most(AuditQuery.MOST));
    changes.forEach(one -> all.add(new Entry(Entry.Kind.CHANGED, one.at(), null, one)));
    Instant revoked = schedule.revokedAt();
    boolean byPerson = !changes.isEmpty() && changes.getFirst().act() == Act.SCHEDULE_REVOKED;
    if (revoked != null && !byPerson) {
      all.add(new Entry(Entry.Kind.REVOKED, revoked, null, null));
    }
    all.sort(Comparator.comparing(Entry::at).thenComparing(Entry::kind));
    return all;
  }
}
