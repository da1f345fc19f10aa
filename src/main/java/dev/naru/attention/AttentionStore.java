package dev.naru.attention;

import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of matters. There is one row per merchant, kind and what it is about, for ever. */
@Repository
class AttentionStore {

  private final Shards shards;

  AttentionStore(Shards shards) {
    this.shards = shards;
  }

  /** Opens a matter, or tells an open one its newest reason. */
  void raise(Matter matter) {
    shards
        .of(matter.merchantId())
        .sql(
            """
            insert into attention as a (merchant_id, matter_id, what, about, why, since, seen_at)
            values (:merchant, :id, :what, :about, :why, :now, :now)
            on conflict (merchant_id, what, about) do update set
              why = excluded.why,
              seen_at = excluded.seen_at,
              since = case when a.settled_at is null then a.since else excluded.since end,
              settled_at = null
            """)
        .param("merchant", matter.merchantId())
        .param("id", matter.id())
        .param("what", matter.what().name())
        .param("about", matter.about())
        .param("why", matter.why())
        .param("now", Timestamp.from(matter.seenAt()))
        .update();
  }

  /** Closes a matter that is open. */
  void settle(long merchantId, What what, String about, Instant now) {
    shards
        .of(merchantId)
        .sql(
            """
            update attention set settled_at = :now
            where merchant_id = :merchant and what = :what and about = :about
              and settled_at is null
            """)
        .param("merchant", merchantId)
        .param("what", what.name())
        .param("about", about)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Everything that is open, oldest first. */
  List<Matter> open() {
    return shards.all().stream().flatMap(shard -> open(shard.jdbc()).stream()).toList();
  }

  private static List<Matter> open(JdbcClient shard) {
    return shard
        .sql(
            """
            select * from attention where settled_at is null and merchant_id is not null
            order by since, matter_id
            """)
        .query(AttentionStore::matter)
        .list();
  }

  static Matter matter(ResultSet row, int n) throws SQLException {
    Timestamp settled = row.getTimestamp("settled_at");
    return new Matter(
        row.getLong("merchant_id"),
        row.getLong("matter_id"),
        What.valueOf(row.getString("what")),
        row.getString("about"),
        row.getString("why"),
        row.getTimestamp("since").toInstant(),
        row.getTimestamp("seen_at").toInstant(),
        settled == null ? null : settled.toInstant());
  }
}
