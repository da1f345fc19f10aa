package dev.naru.billing;

import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The SQL of test charges that are still to be cancelled. */
@Repository
class TestChargeStore {

  private final Shards shards;

  TestChargeStore(Shards shards) {
    this.shards = shards;
  }

  void insert(long merchantId, ImpUid impUid, Instant due) {
    shards
        .of(merchantId)
        .sql(
            """
            insert into test_charge (merchant_id, imp_uid, due_at) values (:merchant, :impUid, :due)
            """)
        .param("merchant", merchantId)
        .param("impUid", impUid.value())
        .param("due", Timestamp.from(due))
        .update();
  }

  void later(long merchantId, ImpUid impUid, Instant due) {
    shards
        .of(merchantId)
        .sql(
            """
            update test_charge set due_at = :due
            where merchant_id = :merchant and imp_uid = :impUid
            """)
        .param("due", Timestamp.from(due))
        .param("merchant", merchantId)
        .param("impUid", impUid.value())
        .update();
  }

  void delete(long merchantId, ImpUid impUid) {
    shards
        .of(merchantId)
        .sql("delete from test_charge where merchant_id = :merchant and imp_uid = :impUid")
        .param("merchant", merchantId)
        .param("impUid", impUid.value())
        .update();
  }

  /** One that is ours for a while. */
  record Claim(long merchantId, ImpUid impUid) {}

  List<Claim> claim(Instant now, Instant leaseEnds, int free) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        update test_charge set due_at = :until
                        where (merchant_id, imp_uid) in (
                          select merchant_id, imp_uid from test_charge
                          where due_at <= :now order by due_at limit :free for update skip locked)
                          and due_at <= :now
                        returning merchant_id, imp_uid
                        """)
                    .param("now", Timestamp.from(now))
                    .param("until", Timestamp.from(leaseEnds))
                    .param("free", free)
                    .query(
                        (row, n) ->
                            new Claim(
                                row.getLong("merchant_id"), new ImpUid(row.getString("imp_uid"))))
                    .list()
                    .stream())
        .toList();
  }

  Optional<Instant> nextDue() {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql("select merchant_id, due_at from test_charge order by due_at limit 1")
                    .query((row, n) -> row.getTimestamp("due_at").toInstant())
                    .list()
                    .stream())
        .min(Instant::compareTo);
  }
}
