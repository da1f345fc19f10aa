package dev.naru.payment.store;

import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Repository;

/**
 * Claims what the resolver must look at. A claim moves due_at, so that two nodes share the work.
 */
@Repository
public class ResolverStore {

  private static final int BATCH = 32;

  /**
   * @param until the end of the lease
   * @param moved time was moved a moment ago: what looks like the call of a dead node may run
   */
  public record Span(Instant now, Instant until, boolean moved) {}

  /**
   * One attempt or cancel to look at.
   *
   * @param no its number within the payment
   * @param pg V1's provider of the PG that is to be asked
   */
  public record Claim(long merchantId, ImpUid impUid, int no, String pg) {}

  private final Shards shards;

  ResolverStore(Shards shards) {
    this.shards = shards;
  }

  /**
   * @param free how many may be claimed of each PG
   */
  public List<Claim> attempts(Span span, Map<String, Integer> free) {
    return claim(
        """
        update attempt set due_at = :until
        where (merchant_id, imp_uid, no) in (
          select due.merchant_id, due.imp_uid, due.no
          from unnest(string_to_array(:pgs, ','), string_to_array(:free, ',')::int[])
            as f(pg, free)
          cross join lateral (
            select merchant_id, imp_uid, no from attempt
            where attempt.pg = f.pg and due_at <= :now
              and not (:moved and state = 'calling' and tries = 0)
            order by due_at limit f.free for update skip locked) as due)
          and due_at <= :now
        returning merchant_id, imp_uid, no, pg
        """,
        span,
        free);
  }

  /**
   * @param free how many may be claimed of each PG
   */
  public List<Claim> cancellations(Span span, Map<String, Integer> free) {
    return claim(
        """
        update cancellation set due_at = :until
        where (merchant_id, imp_uid, no) in (
          select due.merchant_id, due.imp_uid, due.no
          from unnest(string_to_array(:pgs, ','), string_to_array(:free, ',')::int[])
            as f(pg, free)
          cross join lateral (
            select merchant_id, imp_uid, no from cancellation
            where cancellation.pg = f.pg and due_at <= :now
              and not (:moved and state = 'calling' and tries = 0)
            order by due_at limit f.free for update skip locked) as due)
          and due_at <= :now
        returning merchant_id, imp_uid, no, pg
        """,
        span,
        free);
  }

  /**
   * Makes everything that was under way due at once: only for a hub that owns its database alone
   * and has just started, so that whatever runs was orphaned by a crash.
   */
  public int orphaned(Instant now) {
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

  /** When the next attempt or cancel is to be looked at. */
  public Optional<Instant> nextDue() {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        select (select min(due_at) from attempt
                            where due_at is not null and merchant_id is not null) as a,
                          (select min(due_at) from cancellation
                            where due_at is not null and merchant_id is not null) as c
                        """)
                    .query((row, n) -> Stream.of(row.getTimestamp("a"), row.getTimestamp("c")))
                    .list()
                    .stream())
        .flatMap(times -> times.filter(Objects::nonNull).map(Timestamp::toInstant))
        .min(Instant::compareTo);
  }

  private List<Claim> claim(String sql, Span span, Map<String, Integer> free) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(sql)
                    .param("now", Timestamp.from(span.now()))
                    .param("until", Timestamp.from(span.until()))
                    .param("moved", span.moved())
                    .param("pgs", String.join(",", free.keySet()))
                    .param("free", counts(free))
                    .query(ResolverStore::claim)
                    .list()
                    .stream())
        .toList();
  }

  private static String counts(Map<String, Integer> free) {
    return free.values().stream()
        .map(count -> Integer.toString(Math.min(BATCH, count)))
        .collect(Collectors.joining(","));
  }

  private static Claim claim(ResultSet row, int n) throws SQLException {
    return new Claim(
        row.getLong("merchant_id"),
        new ImpUid(row.getString("imp_uid")),
        row.getInt("no"),
        row.getString("pg"));
  }
}
