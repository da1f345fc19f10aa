package dev.naru.merchant.audit;

import dev.naru.merchant.Shards;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * The SQL of which merchants were changed when, by the numbers of transactions: what was committed
 * since a look has the number of a transaction that was not over at that look, or a later one.
 */
@Repository
class MarkStore {

  private final Shards shards;

  MarkStore(Shards shards) {
    this.shards = shards;
  }

  /** A merchant, and the transaction that changed it last. */
  record Mark(long merchantId, long tx) {}

  /**
   * @param horizon where the next look begins
   */
  record Look(List<Mark> marks, long horizon) {}

  /** Holds the merchant until the transaction is over. */
  void mark(long merchantId) {
    shards
        .of(merchantId)
        .sql(
            """
            insert into merchant_change (merchant_id, tx)
            values (:merchant, pg_current_xact_id()::text::bigint)
            on conflict (merchant_id) do update set tx = excluded.tx
            """)
        .param("merchant", merchantId)
        .update();
  }

  Look since(Shards.Shard shard, long horizon) {
    List<Mark> marks = new ArrayList<>();
    List<Long> next =
        shard
            .jdbc()
            .sql(
                """
                select snapshot.horizon, merchant_id, tx
                from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon)
                  snapshot
                  left join merchant_change on tx >= :horizon
                """)
            .param("horizon", horizon)
            .query(
                (row, n) -> {
                  Long merchant = row.getObject("merchant_id", Long.class);
                  if (merchant != null) {
                    marks.add(new Mark(merchant, row.getLong("tx")));
                  }
                  return row.getLong("horizon");
                })
            .list();
    return new Look(marks, first(next));
  }

  private static long first(List<@Nullable Long> horizons) {
    Long horizon = horizons.getFirst();
    return horizon == null ? 0 : horizon;
  }
}
