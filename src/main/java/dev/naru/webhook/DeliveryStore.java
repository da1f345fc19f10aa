package dev.naru.webhook;

import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of deliveries. The payment store inserts them, {@link ClaimStore} claims them. */
@Repository
class DeliveryStore {

  /** How many are given up by one statement. */
  static final int BATCH = 500;

  private static final String LOG =
      """
      select d.event_id, d.no, d.url, d.endpoint_id, d.state, d.tries, d.created_at, d.due_at,
        e.status,
        (select jsonb_agg(to_jsonb(t) order by t.no) from (
          select try as no, at, millis, status, answer from delivery_try
          where merchant_id = d.merchant_id and event_id = d.event_id and no = d.no) t
        ) as log
      from delivery d
      join event e on e.merchant_id = d.merchant_id and e.event_id = d.event_id
      where d.merchant_id = :merchant and %s
      order by d.event_id, d.no
      """;

  private static final String OF_PAYMENT =
      LOG.formatted(
          """
          d.event_id in (
            select event_id from event where merchant_id = :merchant and imp_uid = :impUid)""");

  private static final String ONE = LOG.formatted("d.event_id = :event and d.no = :no");

  private final Shards shards;
  private final JsonMapper json = JsonMapper.shared();

  DeliveryStore(Shards shards) {
    this.shards = shards;
  }

  /** Gives up what waits for a parked endpoint and is this old; says how many they are. */
  int giveUp(Endpoint parked, Instant createdBefore) {
    return shards
        .of(parked.merchantId())
        .sql(
            """
            update delivery set state = 'given_up', due_at = null
            where merchant_id = :merchant and (event_id, no) in (
              select event_id, no from delivery
              where merchant_id = :merchant and lane = :lane and due_at is not null
                and created_at < :before
              order by due_at, event_id limit :most
              for update skip locked)
            """)
        .param("merchant", parked.merchantId())
        .param("lane", parked.lane())
        .param("before", Timestamp.from(createdBefore))
        .param("most", BATCH)
        .update();
  }

  /**
   * Makes the deliveries of an event due now, whatever became of them, parked or not; says how many
   * there are.
   *
   * @param no which of them; null for all
   */
  int replay(long merchantId, long eventId, @Nullable Integer no, Instant now) {
    return shards
        .of(merchantId)
        .sql(
            """
            with again as (
              update delivery set state = 'waiting', due_at = :now
              where merchant_id = :merchant and event_id = :event
                and (:no::int is null or no = :no)
              returning lane),
            probed as (
              update endpoint set probe_at = :now
              where merchant_id = :merchant and lane in (select lane from again))
            select count(*) from again
            """)
        .param("merchant", merchantId)
        .param("event", eventId)
        .param("no", no)
        .param("now", Timestamp.from(now))
        .query(Integer.class)
        .single();
  }

  List<Delivery> log(long merchantId, ImpUid impUid) {
    return shards
        .of(merchantId)
        .sql(OF_PAYMENT)
        .param("merchant", merchantId)
        .param("impUid", impUid.value())
        .query(this::delivery)
        .list();
  }

  Optional<Delivery> one(long merchantId, long eventId, int no) {
    return shards
        .of(merchantId)
        .sql(ONE)
        .param("merchant", merchantId)
        .param("event", eventId)
        .param("no", no)
        .query(this::delivery)
        .optional();
  }

  private Delivery delivery(ResultSet row, int n) throws SQLException {
    Timestamp due = row.getTimestamp("due_at");
    String log = row.getString("log");
    return new Delivery(
        row.getLong("event_id"),
        row.getInt("no"),
        row.getString("url"),
        row.getObject("endpoint_id", Long.class),
        row.getString("status"),
        Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("tries"),
        row.getTimestamp("created_at").toInstant(),
        due == null ? null : due.toInstant(),
        log == null ? List.of() : List.of(json.readValue(log, Delivery.Try[].class)));
  }
}
