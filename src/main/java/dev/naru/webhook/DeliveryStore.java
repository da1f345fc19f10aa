package dev.naru.webhook;

import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Shards.Shard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of deliveries. The payment store inserts them, {@link ClaimStore} claims them. */
@Repository
class DeliveryStore {

  /** How many are given up by one statement. */
  static final int BATCH = 500;

  /**
   * Logs tries and moves their deliveries. A try whose lease ended meanwhile moves nothing, unless
   * it was received. An endpoint that answered is as any other; one that was silent too often in a
   * row is parked, and once it is, for longer each time.
   */
  private static final String SETTLE =
      """
      with done as (
        select x.* from jsonb_to_recordset(:done::jsonb) as x(merchant_id bigint,
          event_id bigint, no int, try int, at timestamptz, millis bigint, status int, answer text,
          state text, due_at timestamptz, lane bigint, origin text, silent boolean)),
      logged as (
        insert into delivery_try (merchant_id, event_id, no, try, at, millis, status, answer)
        select merchant_id, event_id, no, try, at, millis, status, answer from done
        on conflict do nothing),
      moved as (
        update delivery d set state = x.state, due_at = x.due_at
        from done x
        where d.merchant_id = x.merchant_id and d.event_id = x.event_id and d.no = x.no
          and d.state = 'waiting' and (d.tries = x.try or x.state = 'delivered')),
      met as (
        select merchant_id, lane, min(origin) as origin, count(*)::int as calls,
          bool_and(silent) as silent
        from done group by merchant_id, lane),
      open as (
        delete from endpoint e using met
        where e.merchant_id = met.merchant_id and e.lane = met.lane and not met.silent
        returning e.merchant_id, e.lane, e.origin, e.fails, e.failing_since, e.parked_at),
      silent as (
        insert into endpoint as e (merchant_id, lane, origin, fails, failing_since, parked_at,
          probe_at)
        select merchant_id, lane, origin, calls, :now,
          case when calls >= :most then :now::timestamptz end,
          :now::timestamptz + make_interval(secs => (:pauses::bigint[])[1])
        from met where silent order by merchant_id, lane
        on conflict (merchant_id, lane) do update set
          fails = e.fails + excluded.fails,
          parked_at = coalesce(e.parked_at, case when e.fails + excluded.fails >= :most
            then excluded.failing_since end),
          probe_at = excluded.failing_since + make_interval(secs => (:pauses::bigint[])[
            least(greatest(e.fails + excluded.fails - :most + 1, 1),
              cardinality(:pauses::bigint[]))])
        returning e.merchant_id, e.lane, e.origin, e.fails, e.failing_since, e.parked_at)
      select merchant_id, lane, origin, fails, failing_since,
        case when parked_at = :now then 'PARKED' else 'STILL_PARKED' end as turn
      from silent where parked_at is not null
      union all
      select merchant_id, lane, origin, fails, failing_since, 'OPENED'
      from open where parked_at is not null
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

  /** A row for {@link #SETTLE}, as JSON carries it. */
  private record DoneRow(
      long merchant_id,
      long event_id,
      int no,
      @com.fasterxml.jackson.annotation.JsonProperty("try") int attempt,
      Instant at,
      long millis,
      int status,
      String answer,
      String state,
      @Nullable Instant due_at,
      long lane,
      String origin,
      boolean silent) {

    static DoneRow of(Finished done) {
      return new DoneRow(
          done.claimed().merchantId(),
          done.claimed().eventId(),
          done.claimed().no(),
          done.claimed().tries(),
          done.at(),
          done.millis(),
          done.status(),
          done.answer(),
          done.verdict().state().name().toLowerCase(Locale.ROOT),
          done.verdict().dueAt(),
          done.claimed().lane(),
          Endpoint.origin(done.claimed().url()),
          done.silent());
    }
  }

  /** Writes the ends of tries, all of this shard; says which endpoints it changes. */
  List<Endpoint> settle(Shard shard, List<Finished> done, Instant now) {
    return shard
        .jdbc()
        .sql(SETTLE)
        .param("done", json.writeValueAsString(done.stream().map(DoneRow::of).toList()))
        .param("now", Timestamp.from(now))
        .param("most", Endpoint.MOST_FAILS)
        .param("pauses", Endpoint.PAUSES.stream().map(Duration::toSeconds).toArray(Long[]::new))
        .query(
            (row, n) ->
                new Endpoint(
                    row.getLong("merchant_id"),
                    row.getLong("lane"),
                    row.getString("origin"),
                    row.getInt("fails"),
                    row.getTimestamp("failing_since").toInstant(),
                    Endpoint.Turn.valueOf(row.getString("turn"))))
        .list();
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
   */
  int replay(long merchantId, long eventId, Instant now) {
    return shards
        .of(merchantId)
        .sql(
            """
            with again as (
              update delivery set state = 'waiting', due_at = :now
              where merchant_id = :merchant and event_id = :event
              returning lane),
            probed as (
              update endpoint set probe_at = :now
              where merchant_id = :merchant and lane in (select lane from again))
            select count(*) from again
            """)
        .param("merchant", merchantId)
        .param("event", eventId)
        .param("now", Timestamp.from(now))
        .query(Integer.class)
        .single();
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
