package dev.naru.webhook.log;

import dev.naru.kernel.Ids;
import dev.naru.merchant.Shards;
import dev.naru.webhook.Delivery;
import dev.naru.webhook.log.Logged.Filter;
import dev.naru.webhook.log.Logged.Only;
import dev.naru.webhook.log.Logged.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The SQL of the log of webhooks, and of sending many again. Numbers of events sort by time. */
@Repository
public class LogStore {

  /** A try that ended has a log; one that is on its way has none, and is not disturbed. */
  private static final String FAILED =
      """
      (d.state = 'given_up' or d.state = 'waiting' and exists (
        select 1 from delivery_try t
        where t.merchant_id = d.merchant_id and t.event_id = d.event_id and t.no = d.no
          and t.try = d.tries))
      """;

  private static final String LOGGED =
      """
      select d.event_id, d.no, d.imp_uid, p.merchant_uid, d.url, d.endpoint_id, e.status, d.state,
        d.tries, d.created_at, d.due_at,
        d.state = 'waiting' and exists (
          select 1 from endpoint o
          where o.merchant_id = :merchant and o.lane = d.lane and o.parked_at is not null) as parked,
        (select t.status from delivery_try t
         where t.merchant_id = :merchant and t.event_id = d.event_id and t.no = d.no
         order by t.try desc limit 1) as answered
      from chosen d
      join event e on e.merchant_id = :merchant and e.event_id = d.event_id
      join payment p on p.merchant_id = :merchant and p.imp_uid = d.imp_uid
      order by d.event_id desc, d.no desc
      """;

  /** Sends a part of what has failed again; says where the next part begins. */
  private static final String AGAIN =
      """
      with part as (
        select event_id, no, lane from delivery d
        where merchant_id = :merchant and state = :state and event_id >= :first
          and event_id < :end and (event_id, no) > (:event, :no) and
      """
          + FAILED
          + """
        order by event_id, no limit :most
        for update skip locked),
      again as (
        update delivery d set state = 'waiting', due_at = :now from part
        where d.merchant_id = :merchant and d.event_id = part.event_id and d.no = part.no
        returning d.event_id, d.no),
      probed as (
        update endpoint set probe_at = :now
        where merchant_id = :merchant and parked_at is not null
          and lane in (select lane from part))
      select event_id, no, count(*) over () as many from again
      order by event_id desc, no desc limit 1
      """;

  private final Shards shards;

  LogStore(Shards shards) {
    this.shards = shards;
  }

  List<Logged> page(long merchantId, Filter filter, Place below, int most) {
    return statement("", merchantId, filter, below, most).query(LogStore::logged).list();
  }

  /** How the database chooses a page, as JSON. */
  public String explain(long merchantId, Filter filter, Place below, int most) {
    return statement("explain (format json) ", merchantId, filter, below, most)
        .query(String.class)
        .single();
  }

  private StatementSpec statement(
      String prefix, long merchantId, Filter filter, Place below, int most) {
    StatementSpec statement =
        shards
            .of(merchantId)
            .sql(prefix + "with chosen as (" + chosen(filter) + ")\n" + LOGGED)
            .param("merchant", merchantId)
            .param("first", first(filter.from()))
            .param("end", end(filter.to()))
            .param("event", below.eventId())
            .param("no", below.no())
            .param("most", most);
    if (filter.endpoint() != null) {
      statement = statement.param("endpoint", filter.endpoint());
    }
    return filter.impUid() == null ? statement : statement.param("impUid", filter.impUid());
  }

  /** What does not matter does not stand there: so there is an index for each that does. */
  private static String chosen(Filter filter) {
    return """
        select event_id, no, imp_uid, url, endpoint_id, state, tries, created_at, due_at, lane
        from delivery
        where merchant_id = :merchant and event_id >= :first and event_id < :end
          and (event_id, no) < (:event, :no)
        """
        + state(filter.only())
        + (filter.endpoint() == null ? "" : " and endpoint_id = :endpoint")
        + (filter.impUid() == null
            ? ""
            : """
               and event_id in (
                select event_id from event where merchant_id = :merchant and imp_uid = :impUid)
              """)
        + " order by event_id desc, no desc limit :most";
  }

  private static String state(@Nullable Only only) {
    return switch (only) {
      case null -> "";
      case DELIVERED -> " and state = 'delivered'";
      case WAITING -> " and state = 'waiting'";
      case GIVEN_UP -> " and state = 'given_up'";
      case PARKED ->
          """
           and state = 'waiting' and lane in (
            select lane from endpoint where merchant_id = :merchant and parked_at is not null)
          """;
    };
  }

  private static long first(@Nullable Instant from) {
    return from == null ? 0 : Ids.firstRowAt(from);
  }

  private static long end(@Nullable Instant to) {
    return to == null ? Long.MAX_VALUE : Ids.firstRowAt(to);
  }

  private static Logged logged(ResultSet row, int n) throws SQLException {
    Timestamp due = row.getTimestamp("due_at");
    return new Logged(
        new Place(row.getLong("event_id"), row.getInt("no")),
        row.getString("imp_uid"),
        row.getString("merchant_uid"),
        row.getString("url"),
        row.getObject("endpoint_id", Long.class),
        row.getString("status"),
        Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("tries"),
        row.getObject("answered", Integer.class),
        row.getTimestamp("created_at").toInstant(),
        due == null ? null : due.toInstant(),
        row.getBoolean("parked"));
  }

  /** How many payments have a webhook that has failed. */
  int failedPayments(long merchantId, Instant from, Instant to) {
    return shards
        .of(merchantId)
        .sql(
            """
            select count(distinct imp_uid) from delivery d
            where merchant_id = :merchant and state in ('waiting', 'given_up')
              and event_id >= :first and event_id < :end and
            """
                + FAILED)
        .param("merchant", merchantId)
        .param("first", first(from))
        .param("end", end(to))
        .query(Integer.class)
        .single();
  }

  /**
   * What of a period is sent again.
   *
   * @param state the state it is in
   */
  record Part(Instant from, Instant to, Delivery.State state, Place after, int most) {}

  /**
   * How many were sent again.
   *
   * @param last the last of them
   */
  record Again(Place last, int many) {}

  /** Makes a part of what has failed due now; empty if nothing is left. */
  Optional<Again> again(long merchantId, Part part, Instant now) {
    return shards
        .of(merchantId)
        .sql(AGAIN)
        .param("merchant", merchantId)
        .param("first", first(part.from()))
        .param("end", end(part.to()))
        .param("state", part.state().name().toLowerCase(Locale.ROOT))
        .param("event", part.after().eventId())
        .param("no", part.after().no())
        .param("most", part.most())
        .param("now", Timestamp.from(now))
        .query(
            (row, n) ->
                new Again(new Place(row.getLong("event_id"), row.getInt("no")), row.getInt("many")))
        .optional();
  }

  List<Logged.Parked> parked(long merchantId) {
    return shards
        .of(merchantId)
        .sql(
            """
            select o.lane, o.origin, o.fails, o.failing_since, o.probe_at,
              (select count(*) from (
                select 1 from delivery d
                where d.merchant_id = :merchant and d.lane = o.lane and d.due_at is not null
                limit 1000) few) as waiting
            from endpoint o
            where o.merchant_id = :merchant and o.parked_at is not null
            order by o.failing_since, o.lane limit 1000
            """)
        .param("merchant", merchantId)
        .query(
            (row, n) ->
                new Logged.Parked(
                    row.getLong("lane"),
                    row.getString("origin"),
                    row.getInt("fails"),
                    row.getTimestamp("failing_since").toInstant(),
                    row.getTimestamp("probe_at").toInstant(),
                    row.getInt("waiting")))
        .list();
  }

  /** Makes a parked endpoint as any other; gives its origin. */
  Optional<String> unpark(long merchantId, long lane) {
    return shards
        .of(merchantId)
        .sql(
            """
            delete from endpoint
            where merchant_id = :merchant and lane = :lane and parked_at is not null
            returning origin
            """)
        .param("merchant", merchantId)
        .param("lane", lane)
        .query(String.class)
        .optional();
  }

  /** Whether a webhook of a payment that is younger than this was never tried to the end. */
  boolean isUntried(long merchantId, String impUid, Instant youngerThan) {
    return shards
        .of(merchantId)
        .sql(
            """
            select exists (
              select 1 from event e
              join delivery d on d.merchant_id = e.merchant_id and d.event_id = e.event_id
              where e.merchant_id = :merchant and e.imp_uid = :impUid and d.state = 'waiting'
                and d.created_at > :younger and not exists (
                  select 1 from delivery_try t
                  where t.merchant_id = d.merchant_id and t.event_id = d.event_id
                    and t.no = d.no))
            """)
        .param("merchant", merchantId)
        .param("impUid", impUid)
        .param("younger", Timestamp.from(youngerThan))
        .query(Boolean.class)
        .single();
  }
}
