package dev.naru.payment.list;

import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Shards.Shard;
import dev.naru.payment.Payment;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what follows the events of payments, each merchant from a mark of its own. */
@Repository
class FollowStore {

  /** What follows them. */
  enum Follower {
    TERMS,
    SUMS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Shards shards;

  FollowStore(Shards shards) {
    this.shards = shards;
  }

  /** Merchants with events that are not followed yet, of before an event to come. */
  List<Long> behind(Follower follower, long horizon) {
    return shards.all().stream()
        .flatMap(shard -> behind(shard, follower, horizon).stream())
        .toList();
  }

  private static List<Long> behind(Shard shard, Follower follower, long horizon) {
    return shard
        .jdbc()
        .sql(
            """
            select m.merchant_id from merchant m
            left join payment_mark k on k.merchant_id = m.merchant_id and k.name = :name
            where exists (
              select 1 from event e
              where e.merchant_id = m.merchant_id and e.event_id > coalesce(k.event_id, 0)
                and e.event_id < :horizon)
            order by m.merchant_id
            """)
        .param("name", follower.word())
        .param("horizon", horizon)
        .query(Long.class)
        .list();
  }

  /** Whether there is more, all of it in one commit. */
  boolean together(long merchantId, Supplier<Boolean> work) {
    return Boolean.TRUE.equals(
        shards.shard(merchantId).transaction().execute(status -> work.get()));
  }

  /** Where a merchant's mark stands, which is this transaction's; empty if another node has it. */
  Optional<Long> take(long merchantId, Follower follower) {
    JdbcClient jdbc = shards.of(merchantId);
    jdbc.sql(
            """
            insert into payment_mark (merchant_id, name, event_id) values (:merchant, :name, 0)
            on conflict do nothing
            """)
        .param("merchant", merchantId)
        .param("name", follower.word())
        .update();
    return jdbc.sql(
            """
            select event_id from payment_mark where merchant_id = :merchant and name = :name
            for update skip locked
            """)
        .param("merchant", merchantId)
        .param("name", follower.word())
        .query(Long.class)
        .optional();
  }

  void move(long merchantId, Follower follower, long eventId) {
    shards
        .of(merchantId)
        .sql(
            """
            update payment_mark set event_id = :event
            where merchant_id = :merchant and name = :name
            """)
        .param("event", eventId)
        .param("merchant", merchantId)
        .param("name", follower.word())
        .update();
  }

  /** An event, and which payment it is of. */
  record News(long eventId, ImpUid impUid) {}

  /** The next events. */
  List<News> next(long merchantId, long after, long horizon, int most) {
    return shards
        .of(merchantId)
        .sql(
            """
            select event_id, imp_uid from event
            where merchant_id = :merchant and event_id > :after and event_id < :horizon
            order by event_id limit :most
            """)
        .param("merchant", merchantId)
        .param("after", after)
        .param("horizon", horizon)
        .param("most", most)
        .query((row, n) -> new News(row.getLong("event_id"), new ImpUid(row.getString("imp_uid"))))
        .list();
  }

  /** The last of the next events; empty if there are none. */
  Optional<Long> last(long merchantId, long after, long horizon, int most) {
    return shards
        .of(merchantId)
        .sql(
            """
            select e.event_id from (
              select event_id from event
              where merchant_id = :merchant and event_id > :after and event_id < :horizon
              order by event_id limit :most) e
            order by e.event_id desc limit 1
            """)
        .param("merchant", merchantId)
        .param("after", after)
        .param("horizon", horizon)
        .param("most", most)
        .query(Long.class)
        .optional();
  }

  /** A payment and its terms. */
  record Found(Payment payment, Set<Long> terms) {}

  void insert(long merchantId, Collection<Found> found) {
    List<Long> terms = new ArrayList<>();
    List<Timestamp> times = new ArrayList<>();
    List<String> uids = new ArrayList<>();
    for (Found one : found) {
      for (long term : one.terms()) {
        terms.add(term);
        times.add(Timestamp.from(one.payment().startedAt()));
        uids.add(one.payment().impUid().value());
      }
    }
    shards
        .of(merchantId)
        .sql(
            """
            insert into payment_term (merchant_id, term, at, imp_uid)
            select :merchant, x.term, x.at, x.imp_uid
            from unnest(:terms::bigint[], :times::timestamptz[], :uids::text[])
              as x(term, at, imp_uid)
            on conflict do nothing
            """)
        .param("merchant", merchantId)
        .param("terms", terms.toArray(Long[]::new))
        .param("times", times.toArray(Timestamp[]::new))
        .param("uids", uids.toArray(String[]::new))
        .update();
  }
}
