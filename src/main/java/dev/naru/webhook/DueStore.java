package dev.naru.webhook;

import dev.naru.merchant.Shards.Shard;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of when deliveries are due, and of leases that are taken back. */
@Repository
class DueStore {

  /** Ends every lease: a try that was begun and has no log was cut short. */
  void takeBack(Shard shard, Instant now) {
    shard
        .jdbc()
        .sql(
            """
            update delivery d set due_at = :now
            where d.due_at is not null and d.tries > 0 and d.due_at > :now and not exists (
              select 1 from delivery_try t
              where t.merchant_id = d.merchant_id and t.event_id = d.event_id and t.no = d.no
                and t.try = d.tries)
            """)
        .param("now", Timestamp.from(now))
        .update();
    // A parked endpoint, too: its try was cut short, or it was this hub that was away.
    shard
        .jdbc()
        .sql(
            """
            update endpoint set probe_at = :now
            where merchant_id is not null and parked_at is not null and probe_at > :now
            """)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** When the next delivery of a shard is due; of a parked endpoint not before its time. */
  Optional<Instant> nextDue(JdbcClient shard) {
    return shard
        .sql(
            """
            select min(greatest(head.due_at, e.probe_at)) as due_at from (
              select merchant_id, lane, min(due_at) as due_at from delivery
              where due_at is not null group by merchant_id, lane) head
            left join endpoint e on e.merchant_id = head.merchant_id
              and e.lane = head.lane and e.parked_at is not null
            """)
        .query(Timestamp.class)
        .optional()
        .map(Timestamp::toInstant);
  }
}
