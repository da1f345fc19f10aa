package dev.naru.payment;

import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Repository;

/**
 * Claims what the resolver must look at. A claim moves due_at, so that two nodes share the work.
 */
@Repository
class ResolverStore {

  private static final int BATCH = 32;

  /** One attempt or cancel to look at; {@code no} is its number within the payment. */
  record Claim(long merchantId, ImpUid impUid, int no) {}

  private final Shards shards;

  ResolverStore(Shards shards) {
    this.shards = shards;
  }

  List<Claim> attempts(Instant now, Instant until) {
    return claim(
        """
        update attempt set due_at = :until
        where (merchant_id, imp_uid, no) in (
          select merchant_id, imp_uid, no from attempt
          where due_at <= :now order by due_at limit :batch for update skip locked)
          and due_at <= :now
        returning merchant_id, imp_uid, no
        """,
        now,
        until);
  }

  List<Claim> cancellations(Instant now, Instant until) {
    return claim(
        """
        update cancellation set due_at = :until
        where (merchant_id, imp_uid, no) in (
          select merchant_id, imp_uid, no from cancellation
          where due_at <= :now order by due_at limit :batch for update skip locked)
          and due_at <= :now
        returning merchant_id, imp_uid, no
        """,
        now,
        until);
  }

  /**
   * Makes everything that was under way due at once: only for a hub that owns its database alone
   * and has just started, so that whatever runs was orphaned by a crash.
   */
  int orphaned(Instant now) {
    return shards.all().stream()
        .mapToInt(
            shard ->
                shard
                        .jdbc()
                        .sql(
                            """
                            update attempt set due_at = :now
                            where state = 'calling' and due_at > :now and merchant_id is not null
                            """)
                        .param("now", Timestamp.from(now))
                        .update()
                    + shard
                        .jdbc()
                        .sql(
                            """
                            update cancellation set due_at = :now
                            where state = 'calling' and due_at > :now and merchant_id is not null
                            """)
                        .param("now", Timestamp.from(now))
                        .update())
        .sum();
  }

  private List<Claim> claim(String sql, Instant now, Instant until) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(sql)
                    .param("now", Timestamp.from(now))
                    .param("until", Timestamp.from(until))
                    .param("batch", BATCH)
                    .query(ResolverStore::claim)
                    .list()
                    .stream())
        .toList();
  }

  private static Claim claim(ResultSet row, int n) throws SQLException {
    return new Claim(
        row.getLong("merchant_id"), new ImpUid(row.getString("imp_uid")), row.getInt("no"));
  }
}
