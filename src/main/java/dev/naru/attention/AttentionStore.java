package dev.naru.attention;

import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The SQL of matters. There is one row per merchant, kind and what it is about, for ever. */
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
            insert into attention as a (merchant_id, matter_id, what, about, why, since, seen_at,
              hook_due_at, mail_due_at)
            values (:merchant, :id, :what, :about, :why, :now, :now, :now, :now)
            on conflict (merchant_id, what, about) do update set
              why = excluded.why,
              seen_at = excluded.seen_at,
              closed_by = null,
              closed_why = null,
              since = case when a.settled_at is null then a.since else excluded.since end,
              hook_due_at = case when a.settled_at is null then a.hook_due_at
                else greatest(excluded.since, a.hook_told_at + interval '1 hour') end,
              mail_due_at = case when a.settled_at is null then a.mail_due_at
                else greatest(excluded.since, a.mail_told_at + interval '1 hour') end,
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
            update attention set settled_at = :now, hook_due_at = null, mail_due_at = null
            where merchant_id = :merchant and what = :what and about = :about
              and settled_at is null
            """)
        .param("merchant", merchantId)
        .param("what", what.name())
        .param("about", about)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** What is open, newest first, before this place. */
  List<Matter> open(Place before, int most) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        select * from attention
                        where settled_at is null and merchant_id is not null
                          and (since, matter_id) < (:since, :id)
                        order by since desc, matter_id desc limit :most
                        """)
                    .param("since", Timestamp.from(before.since()))
                    .param("id", before.id())
                    .param("most", most)
                    .query(AttentionStore::matter)
                    .list()
                    .stream())
        .sorted(Comparator.comparing(Matter::since).thenComparingLong(Matter::id).reversed())
        .limit(most)
        .toList();
  }

  /** A person closes it; false if it was not open. */
  boolean close(Matter matter, String by, String why, Instant now) {
    return shards
            .of(matter.merchantId())
            .sql(
                """
                update attention set settled_at = :now, hook_due_at = null, mail_due_at = null,
                  closed_by = :by, closed_why = :why
                where merchant_id = :merchant and matter_id = :id and settled_at is null
                """)
            .param("merchant", matter.merchantId())
            .param("id", matter.id())
            .param("by", by)
            .param("why", why)
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  /** How many are open, by kind. */
  Map<What, Long> counts() {
    Map<What, Long> counts = new EnumMap<>(What.class);
    for (Shards.Shard shard : shards.all()) {
      shard
          .jdbc()
          .sql(
              """
              select what, count(*) as n from attention
              where settled_at is null and merchant_id is not null group by what
              """)
          .query(
              row -> {
                counts.merge(What.valueOf(row.getString("what")), row.getLong("n"), Long::sum);
              });
    }
    return counts;
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
        settled == null ? null : settled.toInstant(),
        row.getString("closed_by"),
        row.getString("closed_why"));
  }
}
