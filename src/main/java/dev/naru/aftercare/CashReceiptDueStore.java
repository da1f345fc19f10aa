package dev.naru.aftercare;

import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of what is due: receipts whose end nobody knows. */
@Repository
class CashReceiptDueStore {

  private final Shards shards;
  private final CashReceiptRows rows;

  CashReceiptDueStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    rows = new CashReceiptRows(vault, json);
  }

  /**
   * Takes what is due, until the end of a lease.
   *
   * @param moved time was moved a moment ago: what looks like the call of a dead node may run
   */
  List<CashReceipt> claim(Instant now, Instant until, boolean moved, Map<String, Integer> free) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        update cash_receipt set due_at = :until
                        where (merchant_id, receipt_id) in (
                          select due.merchant_id, due.receipt_id
                          from unnest(string_to_array(:pgs, ','),
                            string_to_array(:free, ',')::int[]) as f(pg, free)
                          cross join lateral (
                            select r.merchant_id, r.receipt_id
                            from cash_receipt r join channel c
                              on c.merchant_id = r.merchant_id and c.channel_key = r.channel_key
                            where c.pg_provider = f.pg and r.due_at <= :now
                              and not (:moved and r.state = 'calling')
                            order by r.due_at limit f.free for update of r skip locked) as due)
                          and due_at <= :now
                        returning *
                        """)
                    .param("now", Timestamp.from(now))
                    .param("until", Timestamp.from(until))
                    .param("moved", moved)
                    .param("pgs", String.join(",", free.keySet()))
                    .param(
                        "free",
                        free.values().stream()
                            .map(count -> Integer.toString(count))
                            .collect(Collectors.joining(",")))
                    .query(rows::receipt)
                    .list()
                    .stream())
        .toList();
  }

  Optional<Instant> nextDue() {
    return shards.all().stream()
        .map(
            shard ->
                shard
                    .jdbc()
                    .sql(
                        """
                        select min(due_at) as due from cash_receipt
                        where due_at is not null and merchant_id is not null
                        """)
                    .query((row, n) -> Optional.ofNullable(row.getTimestamp("due")))
                    .single())
        .flatMap(Optional::stream)
        .map(Timestamp::toInstant)
        .min(Instant::compareTo);
  }
}
