package dev.naru.webhook;

import dev.naru.merchant.Shards.Shard;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of what tries came to: of their deliveries, and of the endpoints they met. */
@Repository
class TryStore {

  /**
   * Logs tries and moves their deliveries. A try whose lease ended meanwhile moves nothing, unless
   * it was received. An endpoint that answered is as any other; one that was silent too often in a
   * row is parked, and for longer each time that one begun since then finds it silent: many that
   * were under way together are one silence.
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
        select merchant_id, lane, min(origin) as origin,
          least(count(*), :most)::int as calls, max(at) as latest, bool_and(silent) as silent
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
          fails = case
            when e.parked_at is null then least(e.fails + excluded.fails, :most)
            when (%1$s) then e.fails + 1
            else e.fails end,
          parked_at = coalesce(e.parked_at, case when e.fails + excluded.fails >= :most
            then excluded.failing_since end),
          probe_at = case
            when e.parked_at is null
              then excluded.failing_since + make_interval(secs => (:pauses::bigint[])[1])
            when (%1$s) then excluded.failing_since + make_interval(secs => (:pauses::bigint[])[
              least(e.fails - :most + 2, cardinality(:pauses::bigint[]))])
            else e.probe_at end
        returning e.merchant_id, e.lane, e.origin, e.fails, e.failing_since, e.parked_at)
      select merchant_id, lane, origin, fails, failing_since,
        case when parked_at = :now then 'PARKED' else 'STILL_PARKED' end as turn
      from silent where parked_at is not null
      union all
      select merchant_id, lane, origin, fails, failing_since, 'OPENED'
      from open where parked_at is not null
      """
          .formatted(
              """
              select met.latest > e.parked_at from met
              where met.merchant_id = e.merchant_id and met.lane = e.lane\
              """);

  private final JsonMapper json = JsonMapper.shared();

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
}
