package dev.naru.payment.health;

import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The SQL of channels' health: over a bounded number of payments, from an index. */
@Repository
class HealthStore {

  private static final int MOST = 2_000;

  private final Shards shards;

  HealthStore(Shards shards) {
    this.shards = shards;
  }

  Map<String, ChannelHealth.Seen> since(long merchantId, Instant since) {
    Map<String, ChannelHealth.Seen> all = new HashMap<>();
    shards
        .of(merchantId)
        .sql(
            """
            with newest as (
              select imp_uid, channel_key, state, failed_at, doc -> 'decline' as decline
              from payment
              where merchant_id = :merchant and started_at >= :since
              order by started_at desc, imp_uid desc limit :most),
            declined as (
              select * from newest
              where state = 'failed'
                and coalesce(decline ->> 'reason', '') not in ('ABANDONED', 'EXPIRED', 'VETOED')),
            last as (
              select distinct on (channel_key) channel_key, imp_uid, failed_at,
                coalesce('[' || (decline ->> 'code') || ']', '') || coalesce(decline ->> 'text', '')
                  as why
              from declined order by channel_key, failed_at desc)
            select n.channel_key, count(*) filter (where n.state = 'paid') as paid,
              (select count(*) from declined d where d.channel_key = n.channel_key) as declined,
              l.imp_uid, l.failed_at, l.why
            from newest n left join last l on l.channel_key = n.channel_key
            group by n.channel_key, l.imp_uid, l.failed_at, l.why
            """)
        .param("merchant", merchantId)
        .param("since", Timestamp.from(since))
        .param("most", MOST)
        .query(
            row -> {
              all.put(
                  row.getString("channel_key"),
                  new ChannelHealth.Seen(
                      row.getLong("paid"), row.getLong("declined"), refused(row)));
            });
    return all;
  }

  private static ChannelHealth.@Nullable Refused refused(ResultSet row) throws SQLException {
    Timestamp at = row.getTimestamp("failed_at");
    return at == null
        ? null
        : new ChannelHealth.Refused(row.getString("imp_uid"), at.toInstant(), row.getString("why"));
  }
}
