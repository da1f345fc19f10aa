package dev.naru.webhook;

import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Shards.Shard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of deliveries. The payment store inserts them; this claims and settles them. */
@Repository
class DeliveryStore {

  /** How far ahead a claim looks for endpoints that are free. */
  private static final int WINDOW = 512;

  /**
   * Leases what is due, a few per endpoint. Whoever dies with a lease loses it when it ends, and
   * the delivery is due again: at least once.
   */
  private static final String CLAIM =
      """
      with due as (
        select merchant_id, event_id, no, endpoint,
          row_number() over (partition by endpoint order by due_at, event_id) as place
        from (
          select merchant_id, event_id, no, due_at, split_part(url, '?', 1) as endpoint
          from delivery
          where state = 'waiting' and due_at <= :now
            and split_part(url, '?', 1) <> all(:takenEndpoints::text[])
            and split_part(url, '/', 3) <> all(:takenHosts::text[])
          order by due_at limit :window) as first),
      claimed as (
        update delivery set due_at = :leaseEnds, tries = tries + 1
        where state = 'waiting' and due_at <= :now and (merchant_id, event_id, no) in (
          select d.merchant_id, d.event_id, d.no
          from delivery d
          join due on due.merchant_id = d.merchant_id and due.event_id = d.event_id
            and due.no = d.no
          where d.state = 'waiting' and d.due_at <= :now
            and due.place <= case when due.endpoint = any(:quick::text[]) then :most else :few end
          order by d.due_at limit :free
          for update of d skip locked)
        returning merchant_id, event_id, no, imp_uid, url, tries, created_at)
      select c.merchant_id, c.event_id, c.no, c.imp_uid, c.url, c.tries, c.created_at,
        p.merchant_uid, e.status,
        case when e.kind = 'canceled' then e.data ->> 'cancellation_id' end as cancellation_id
      from claimed c
      join event e on e.merchant_id = c.merchant_id and e.event_id = c.event_id
      join payment p on p.merchant_id = c.merchant_id and p.imp_uid = c.imp_uid
      order by c.event_id, c.no
      """;

  /**
   * Logs tries and moves their deliveries. A try whose lease ended meanwhile moves nothing, unless
   * it was received.
   */
  private static final String SETTLE =
      """
      with done as (
        select :merchant::bigint as merchant_id, x.*
        from jsonb_to_recordset(:done::jsonb) as x(event_id bigint, no int, try int,
          at timestamptz, millis bigint, status int, answer text, state text,
          due_at timestamptz)),
      logged as (
        insert into delivery_try (merchant_id, event_id, no, try, at, millis, status, answer)
        select merchant_id, event_id, no, try, at, millis, status, answer from done
        on conflict do nothing)
      update delivery d set state = x.state, due_at = x.due_at
      from done x
      where d.merchant_id = x.merchant_id and d.event_id = x.event_id and d.no = x.no
        and d.state = 'waiting' and (d.tries = x.try or x.state = 'delivered')
      """;

  private static final String LOG =
      """
      select d.event_id, d.no, d.url, d.state, d.tries, d.created_at, d.due_at, e.status,
        (select jsonb_agg(to_jsonb(t) order by t.no) from (
          select try as no, at, millis, status, answer from delivery_try
          where merchant_id = d.merchant_id and event_id = d.event_id and no = d.no) t
        ) as log
      from delivery d
      join event e on e.merchant_id = d.merchant_id and e.event_id = d.event_id
      where d.merchant_id = :merchant and d.event_id in (
        select event_id from event where merchant_id = :merchant and imp_uid = :impUid)
      order by d.event_id, d.no
      """;

  private final Shards shards;
  private final JsonMapper json = JsonMapper.shared();

  DeliveryStore(Shards shards) {
    this.shards = shards;
  }

  List<Shard> shards() {
    return shards.all();
  }

  /** What a claim may take, and for how long. */
  record Wish(Instant now, Instant leaseEnds, int free, Lanes.Taken taken) {}

  List<Claimed> claim(Shard shard, Wish wish) {
    return shard
        .jdbc()
        .sql(CLAIM)
        .param("now", Timestamp.from(wish.now()))
        .param("leaseEnds", Timestamp.from(wish.leaseEnds()))
        .param("free", wish.free())
        .param("window", WINDOW)
        .param("most", Lanes.QUICK)
        .param("few", Lanes.WARY)
        .param("takenEndpoints", wish.taken().endpoints())
        .param("takenHosts", wish.taken().hosts())
        .param("quick", wish.taken().quick())
        .query(DeliveryStore::claimed)
        .list();
  }

  /** Ends every lease: a try that was begun and has no log was cut short. */
  void takeBack(Shard shard, Instant now) {
    shard
        .jdbc()
        .sql(
            """
            update delivery d set due_at = :now
            where d.state = 'waiting' and d.tries > 0 and d.due_at > :now and not exists (
              select 1 from delivery_try t
              where t.merchant_id = d.merchant_id and t.event_id = d.event_id and t.no = d.no
                and t.try = d.tries)
            """)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** A row for {@link #SETTLE}, as JSON carries it. */
  private record DoneRow(
      long event_id,
      int no,
      @com.fasterxml.jackson.annotation.JsonProperty("try") int attempt,
      Instant at,
      long millis,
      int status,
      String answer,
      String state,
      @Nullable Instant due_at) {

    static DoneRow of(Finished done) {
      return new DoneRow(
          done.claimed().eventId(),
          done.claimed().no(),
          done.claimed().tries(),
          done.at(),
          done.millis(),
          done.status(),
          done.answer(),
          done.verdict().state().name().toLowerCase(Locale.ROOT),
          done.verdict().dueAt());
    }
  }

  /** Writes the ends of tries, all of this merchant. */
  void settle(long merchantId, List<Finished> done) {
    shards
        .of(merchantId)
        .sql(SETTLE)
        .param("merchant", merchantId)
        .param("done", json.writeValueAsString(done.stream().map(DoneRow::of).toList()))
        .update();
  }

  /** Makes the deliveries of an event due now, whatever became of them; says how many there are. */
  int replay(long merchantId, long eventId, Instant now) {
    return shards
        .of(merchantId)
        .sql(
            """
            update delivery set state = 'waiting', due_at = :now
            where merchant_id = :merchant and event_id = :event
            """)
        .param("merchant", merchantId)
        .param("event", eventId)
        .param("now", Timestamp.from(now))
        .update();
  }

  List<Delivery> log(long merchantId, ImpUid impUid) {
    return shards
        .of(merchantId)
        .sql(LOG)
        .param("merchant", merchantId)
        .param("impUid", impUid.value())
        .query(this::delivery)
        .list();
  }

  /** When the next delivery of a shard is due. */
  Optional<Instant> nextDue(JdbcClient shard) {
    return shard
        .sql(
            """
            select merchant_id, due_at from delivery
            where due_at is not null order by due_at limit 1
            """)
        .query((row, n) -> row.getTimestamp("due_at").toInstant())
        .optional();
  }

  private static Claimed claimed(ResultSet row, int n) throws SQLException {
    return new Claimed(
        row.getLong("merchant_id"),
        row.getLong("event_id"),
        row.getInt("no"),
        row.getString("url"),
        row.getInt("tries"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("imp_uid"),
        row.getString("merchant_uid"),
        row.getString("status"),
        row.getString("cancellation_id"));
  }

  private Delivery delivery(ResultSet row, int n) throws SQLException {
    Timestamp due = row.getTimestamp("due_at");
    String log = row.getString("log");
    return new Delivery(
        row.getLong("event_id"),
        row.getInt("no"),
        row.getString("url"),
        row.getString("status"),
        Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("tries"),
        row.getTimestamp("created_at").toInstant(),
        due == null ? null : due.toInstant(),
        log == null ? List.of() : List.of(json.readValue(log, Delivery.Try[].class)));
  }
}
