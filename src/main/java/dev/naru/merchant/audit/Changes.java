package dev.naru.merchant.audit;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Shards;
import dev.naru.merchant.file.FileKeeping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one door through which settings are changed. Of one merchant one change is made at a time;
 * the row that says who made it is written in its transaction, so that there is no change without
 * one and none without a change. What this node keeps in memory of the merchant is forgotten before
 * {@link #make} returns, what other nodes keep by {@link ChangeFollower}.
 */
@Component
public class Changes {

  private final Shards shards;
  private final MarkStore marks;
  private final AuditStore audit;
  private final Masked masked;
  private final FileKeeping files;
  private final Ids ids;
  private final HubClock clock;
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

  /** Whom the transaction of this thread changes: a change may be a part of another. */
  private static final ThreadLocal<@Nullable Set<Long>> TOUCHED = new ThreadLocal<>();

  Changes(
      Shards shards,
      MarkStore marks,
      AuditStore audit,
      FileKeeping files,
      JsonMapper json,
      Ids ids,
      HubClock clock) {
    this.shards = shards;
    this.marks = marks;
    this.audit = audit;
    this.files = files;
    masked = new Masked(json);
    this.ids = ids;
    this.clock = clock;
  }

  /** Tells of every merchant of which something was changed, by this node or another. */
  public void listen(LongConsumer forget) {
    listeners.add(forget);
  }

  /**
   * Makes a change. What {@code work} throws undoes it all.
   *
   * @param about what is changed: a channel's key, a code, an id
   * @param work does it with the SQL of this merchant's {@link Shards}, and says what was before
   *     and after; where both are the same, nothing is written down
   */
  public <T> T make(Actor actor, long merchantId, Act act, String about, Function<Change, T> work) {
    Set<Long> outer = TOUCHED.get();
    if (outer != null) {
      return within(actor, merchantId, act, about, work);
    }
    Set<Long> mine = new LinkedHashSet<>();
    TOUCHED.set(mine);
    try {
      return Objects.requireNonNull(
          shards
              .shard(merchantId)
              .transaction()
              .execute(_ -> within(actor, merchantId, act, about, work)));
    } finally {
      TOUCHED.remove();
      // Also if it failed: it may have been committed all the same.
      mine.forEach(this::tell);
    }
  }

  /** Forgets what is kept in memory of a merchant. */
  public void tell(long merchantId) {
    listeners.forEach(one -> one.accept(merchantId));
  }

  private <T> T within(
      Actor actor, long merchantId, Act act, String about, Function<Change, T> work) {
    Set<Long> all = Objects.requireNonNull(TOUCHED.get());
    mark(all, merchantId);
    files.require(actor, merchantId, act, about);
    Change change = new Change(about, touchedId -> mark(all, touchedId));
    T result = work.apply(change);
    String before = masked.json(change.before());
    String after = masked.json(change.after());
    if (change.isMade() && (before == null || !before.equals(after))) {
      audit.insert(
          new Audited(
              ids.row(), merchantId, clock.instant(), actor, act, change.about(), before, after));
    }
    return result;
  }

  /** Waits until no other transaction changes this merchant. */
  private void mark(Set<Long> all, long merchantId) {
    if (all.add(merchantId)) {
      marks.mark(merchantId);
    }
  }
}
