package dev.naru.billing.desk;

import dev.naru.billing.BillingKeys;
import dev.naru.billing.Schedules;
import dev.naru.billing.key.CustomerKey;
import dev.naru.kernel.Failed;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Billing keys as a person looks at them, and deletes one. */
@Component
public class KeyListing {

  /** Before all that there are. */
  private static final ListPlace FIRST =
      new ListPlace(Instant.parse("9999-01-01T00:00:00Z"), "", 0);

  private final KeyListStore store;
  private final BillingKeys keys;
  private final Schedules schedules;
  private final Changes changes;

  KeyListing(KeyListStore store, BillingKeys keys, Schedules schedules, Changes changes) {
    this.store = store;
    this.keys = keys;
    this.schedules = schedules;
    this.changes = changes;
  }

  /**
   * A key of a list.
   *
   * @param usedAt when it was charged last; null for never
   * @param waiting how many of its schedules are still to be charged
   */
  public record Row(CustomerKey key, @Nullable Instant usedAt, long waiting) {}

  /**
   * A page of keys, the newest first.
   *
   * @param next where the next page begins; null if there is none
   */
  public record Page(List<Row> rows, @Nullable ListPlace next) {}

  /**
   * @param begin how the customer_uid begins; empty for any
   * @param after where the page before it ended; null for the first
   */
  public Page page(Collection<Long> merchants, String begin, @Nullable ListPlace after, int size) {
    List<KeyListStore.Place> places =
        store.page(merchants, begin, after == null ? FIRST : after, size + 1);
    List<Row> rows = new ArrayList<>();
    for (KeyListStore.Place place : places.subList(0, Math.min(size, places.size()))) {
      keys.find(place.at().merchantId(), place.at().name())
          .ifPresent(key -> rows.add(new Row(key, place.usedAt(), place.waiting())));
    }
    ListPlace next = places.size() > size ? places.get(size - 1).at() : null;
    return new Page(rows, next);
  }

  /** Throws {@link Failed} not found. */
  public Row get(long merchantId, String customerUid) {
    CustomerKey key = keys.get(merchantId, customerUid);
    KeyListStore.Use use = store.use(merchantId, customerUid);
    return new Row(key, use.usedAt(), use.waiting());
  }

  /**
   * Deletes a key, at its PG too where that is possible. Schedules are touched once the PG has
   * agreed: a key that stays goes on being charged as it was.
   *
   * @param revokes what was still to be charged by it is revoked; else it fails when its time comes
   * @throws Failed not found; refused by PG if it would not delete it: then it stays
   */
  public void delete(Actor actor, long merchantId, String customerUid, boolean revokes) {
    CustomerKey key =
        keys.delete(
            merchantId,
            customerUid,
            () -> {
              if (revokes) {
                revoke(actor, merchantId, customerUid);
              }
            });
    changes.make(
        actor,
        merchantId,
        Act.BILLING_KEY_DELETED,
        customerUid,
        change ->
            change.before(
                Map.of("channels", key.keys().stream().map(one -> one.channelKey()).toList())));
  }

  private void revoke(Actor actor, long merchantId, String customerUid) {
    long waiting = store.use(merchantId, customerUid).waiting();
    if (waiting == 0) {
      return;
    }
    changes.make(
        actor,
        merchantId,
        Act.SCHEDULE_REVOKED,
        customerUid,
        change ->
            change
                .before(Map.of("waiting", waiting))
                .after(Map.of("revoked", schedules.revokeAll(merchantId, customerUid).size())));
  }
}
