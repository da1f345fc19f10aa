package dev.naru.certification;

import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of certifications whose time is over. */
@Repository
class ExpiryStore {

  private static final int BATCH = 500;

  private final Shards shards;

  ExpiryStore(Shards shards) {
    this.shards = shards;
  }

  /**
   * Ends, and empties, those whose time was over at {@code before} and that nobody is confirming.
   *
   * @return how many
   */
  int expire(Instant before, Instant now) {
    return shards.all().stream().mapToInt(shard -> expire(shard.jdbc(), before, now)).sum();
  }

  private static int expire(JdbcClient jdbc, Instant before, Instant now) {
    return jdbc.sql(
            """
            update certification set state = 'expired', person = null, unanswered = false,
              expires_at = null, decided_at = :now, busy_until = null
            where (merchant_id, imp_uid) in (
              select merchant_id, imp_uid from certification
              where state = 'requested' and expires_at <= :before
                and (busy_until is null or busy_until <= :now)
              order by expires_at limit :batch for update skip locked)
              and state = 'requested'
            """)
        .param("now", Timestamp.from(now))
        .param("before", Timestamp.from(before))
        .param("batch", BATCH)
        .update();
  }

  /** When the next will be ended, if it may wait for its end for {@code grace}. */
  Optional<Instant> nextEnd(Duration grace) {
    return shards.all().stream()
        .flatMap(shard -> nextEnd(shard.jdbc(), grace).stream())
        .min(Instant::compareTo);
  }

  private static Optional<Instant> nextEnd(JdbcClient jdbc, Duration grace) {
    return jdbc.sql(
            """
            select merchant_id,
              greatest(expires_at + make_interval(secs => :grace), busy_until) as due_at
            from certification where state = 'requested' order by due_at limit 1
            """)
        .param("grace", grace.toSeconds())
        .query((row, n) -> row.getTimestamp("due_at").toInstant())
        .optional();
  }
}
