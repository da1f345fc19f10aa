package dev.naru.billing;

import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;

/** The SQL of executing schedules: claims what is due and marks it as executed. */
@Repository
class ExecutionStore {

  private final Shards shards;

  ExecutionStore(Shards shards) {
    this.shards = shards;
  }

  /** One that is due and ours until the lease ends. */
  record Claim(long merchantId, String merchantUid, Instant leaseEnds, String pg) {}

  /**
   * @param free how many may be claimed of each PG
   */
  List<Claim> claim(Instant now, Instant leaseEnds, Map<String, Integer> free) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        update schedule set due_at = :until
                        where (merchant_id, merchant_uid) in (
                          select due.merchant_id, due.merchant_uid
                          from unnest(string_to_array(:pgs, ','),
                            string_to_array(:free, ',')::int[]) as f(pg, free)
                          cross join lateral (
                            select merchant_id, merchant_uid from schedule
                            where schedule.pg = f.pg and due_at <= :now
                            order by due_at limit f.free for update skip locked) as due)
                          and due_at <= :now
                        returning merchant_id, merchant_uid, pg
                        """)
                    .param("now", Timestamp.from(now))
                    .param("until", Timestamp.from(leaseEnds))
                    .param("pgs", String.join(",", free.keySet()))
                    .param(
                        "free",
                        free.values().stream()
                            .map(count -> Integer.toString(count))
                            .collect(Collectors.joining(",")))
                    .query(
                        (row, n) ->
                            new Claim(
                                row.getLong("merchant_id"),
                                row.getString("merchant_uid"),
                                leaseEnds,
                                row.getString("pg")))
                    .list()
                    .stream())
        .toList();
  }

  /** Marks what was claimed as executed by this payment; false if it is not ours any more. */
  boolean execute(Claim claim, ImpUid impUid, Instant now) {
    return shards
            .of(claim.merchantId())
            .sql(
                """
                update schedule set state = 'executed', due_at = null, imp_uid = :impUid,
                  executed_at = :now
                where merchant_id = :merchant and merchant_uid = :merchantUid
                  and state = 'scheduled' and due_at = :until
                """)
            .param("impUid", impUid.value())
            .param("now", Timestamp.from(now))
            .param("merchant", claim.merchantId())
            .param("merchantUid", claim.merchantUid())
            .param("until", Timestamp.from(claim.leaseEnds()))
            .update()
        == 1;
  }

  /** The same for one that failed or was revoked and is charged now; false if it may not be. */
  boolean executeAgain(Schedule schedule, ImpUid impUid, Instant now) {
    return shards
            .of(schedule.merchantId())
            .sql(
                """
                update schedule s set state = 'executed', due_at = null, imp_uid = :impUid,
                  executed_at = :now, revoked_at = null
                where s.merchant_id = :merchant and s.merchant_uid = :merchantUid
                """
                    + ScheduleChangeStore.MAY_RUN_AGAIN)
            .param("impUid", impUid.value())
            .param("now", Timestamp.from(now))
            .param("merchant", schedule.merchantId())
            .param("merchantUid", schedule.merchantUid())
            .update()
        == 1;
  }

  /** Does several writes of one merchant in one commit; what it throws undoes them all. */
  <T> T together(long merchantId, Supplier<T> writes) {
    T result = shards.shard(merchantId).transaction().execute(status -> writes.get());
    if (result == null) {
      throw new IllegalStateException("nothing came of a transaction");
    }
    return result;
  }

  Optional<Instant> nextDue() {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        select merchant_id, due_at from schedule
                        where due_at is not null order by due_at limit 1
                        """)
                    .query((row, n) -> row.getTimestamp("due_at").toInstant())
                    .list()
                    .stream())
        .min(Instant::compareTo);
  }
}
