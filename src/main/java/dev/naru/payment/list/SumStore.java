package dev.naru.payment.list;

import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The SQL of sums by day and hour. They are made of events and what the ledger has of each: on the
 * day of the event, so that a cancel counts when it was made and what is written stays true.
 */
@Repository
class SumStore {

  /** Declines that say nothing of the PG or the card: nobody wanted the charge any more. */
  private static final String NO_DECLINE = "'ABANDONED', 'EXPIRED', 'VETOED'";

  /**
   * What happened after a mark and before a horizon, by day and hour. Days are Korea's, whose clock
   * is whole hours from all others' and never changed.
   */
  private static final String NEWS =
      """
      news as (
        select e.merchant_id, e.event_id, e.imp_uid, e.kind, e.at
        from event e
        where e.merchant_id = :merchant and e.event_id < :horizon and e.event_id > coalesce((
          select event_id from payment_mark where merchant_id = :merchant and name = 'sums'), 0)
        order by e.event_id limit :most),
      moved as (
        select n.*, not (p.doc ->> 'sandbox')::boolean as live, p.currency,
          p.doc ->> 'provider' as pg,
          coalesce(p.doc #>> '{approval,method}', p.doc ->> 'method') as method,
          coalesce(l.sold, 0) as sold, coalesce(l.refunded, 0) as refunded,
          coalesce(l.sold, 0) > 0 as is_sale,
          n.kind = 'canceled' as is_cancel,
          n.kind = 'declined' and coalesce(p.doc #>> '{decline,reason}', '') not in (%1$s)
            as is_decline
        from news n
        join payment p on p.merchant_id = n.merchant_id and p.imp_uid = n.imp_uid
        left join lateral (
          select sum(case when credit = 'sales' then amount when debit = 'sales' then -amount end)
              as sold,
            sum(case when debit = 'refunds' then amount end) as refunded
          from ledger
          where merchant_id = n.merchant_id and event_id = n.event_id) l on true),
      added as (
        select m.merchant_id, u.unit,
          date_trunc(u.unit, m.at at time zone 'Asia/Seoul') at time zone 'Asia/Seoul' as since,
          m.live, m.currency, m.pg, m.method,
          sum(m.sold)::bigint as sold, sum(m.refunded)::bigint as refunded,
          count(*) filter (where m.is_sale) as sales,
          count(*) filter (where m.is_cancel) as cancels,
          count(*) filter (where m.is_decline) as declines
        from moved m cross join (values ('day'), ('hour')) u(unit)
        where m.sold <> 0 or m.refunded <> 0 or m.is_cancel or m.is_decline
        group by 1, 2, 3, 4, 5, 6, 7)
      """
          .formatted(NO_DECLINE);

  private static final String ADD =
      "with "
          + NEWS
          + """
          insert into payment_sum as s (merchant_id, unit, since, live, currency, pg, method, sold,
            refunded, sales, cancels, declines)
          select * from added where unit = 'day' or since >= :hours
          on conflict (merchant_id, unit, since, live, currency, pg, method) do update set
            sold = s.sold + excluded.sold, refunded = s.refunded + excluded.refunded,
            sales = s.sales + excluded.sales, cancels = s.cancels + excluded.cancels,
            declines = s.declines + excluded.declines
          """;

  /** What is added up, and what happened since. */
  private static final String READ =
      "with "
          + NEWS
          + """
          select since, live, currency, pg, method, sum(sold)::bigint as sold,
            sum(refunded)::bigint as refunded, sum(sales)::bigint as sales,
            sum(cancels)::bigint as cancels, sum(declines)::bigint as declines
          from (
            select since, live, currency, pg, method, sold, refunded, sales, cancels, declines
            from payment_sum
            where merchant_id = :merchant and unit = :unit and since >= :from and since < :to
            union all
            select since, live, currency, pg, method, sold, refunded, sales, cancels, declines
            from added where unit = :unit and since >= :from and since < :to) x
          group by since, live, currency, pg, method
          order by since, live, currency, pg, method
          """;

  /** The newest events that are added when sums are read. */
  static final int TAIL = 5_000;

  private final Shards shards;

  SumStore(Shards shards) {
    this.shards = shards;
  }

  /** Sums of a day or an hour, of one currency, PG and method. */
  record Row(Instant since, boolean live, String currency, String pg, String method, Sales sales) {}

  /** Adds what happened after the mark; what is of an hour before is no hour's any more. */
  void add(long merchantId, long horizon, int most, Instant hours) {
    news(merchantId, ADD, horizon, most).param("hours", Timestamp.from(hours)).update();
  }

  /** Forgets the hours before one. */
  void forget(long merchantId, Instant before) {
    shards
        .of(merchantId)
        .sql(
            """
            delete from payment_sum
            where merchant_id = :merchant and unit = 'hour' and since < :before
            """)
        .param("merchant", merchantId)
        .param("before", Timestamp.from(before))
        .update();
  }

  /** Up to now: what is added up, and the newest events. */
  List<Row> read(long merchantId, String unit, Instant from, Instant to) {
    return news(merchantId, READ, Long.MAX_VALUE, TAIL)
        .param("unit", unit)
        .param("from", Timestamp.from(from))
        .param("to", Timestamp.from(to))
        .query(SumStore::row)
        .list();
  }

  /** Whether more has happened since the mark than is added when sums are read. */
  boolean isFarBehind(long merchantId) {
    return shards
        .of(merchantId)
        .sql(
            """
            select event_id from event
            where merchant_id = :merchant and event_id > coalesce((
              select event_id from payment_mark where merchant_id = :merchant and name = 'sums'), 0)
            order by event_id offset :tail limit 1
            """)
        .param("merchant", merchantId)
        .param("tail", TAIL)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  List<Long> merchants() {
    return shards
        .global()
        .sql("select merchant_id from merchant order by merchant_id")
        .query(Long.class)
        .list();
  }

  /** In which currencies the sums of days are not what the ledger says of the same events. */
  List<String> differing(long merchantId) {
    return shards
        .of(merchantId)
        .sql(
            """
            with books as (
              select currency,
                sum(case when credit = 'sales' then amount when debit = 'sales' then -amount
                  else 0 end) as sold,
                sum(case when debit = 'refunds' then amount else 0 end) as refunded
              from ledger
              where merchant_id = :merchant and event_id <= (
                select event_id from payment_mark where merchant_id = :merchant and name = 'sums')
              group by currency),
            sums as (
              select currency, sum(sold) as sold, sum(refunded) as refunded
              from payment_sum where merchant_id = :merchant and unit = 'day' group by currency)
            select currency from books b full join sums s using (currency)
            where coalesce(b.sold, 0) <> coalesce(s.sold, 0)
              or coalesce(b.refunded, 0) <> coalesce(s.refunded, 0)
            """)
        .param("merchant", merchantId)
        .query(String.class)
        .list();
  }

  /** From the first event on, everything is to be added again: in the caller's transaction. */
  void begin(long merchantId) {
    JdbcClient jdbc = shards.of(merchantId);
    // Whoever adds has the mark: first it, then the sums.
    jdbc.sql(
            """
            update payment_mark set event_id = 0 where merchant_id = :merchant and name = 'sums'
            """)
        .param("merchant", merchantId)
        .update();
    jdbc.sql("delete from payment_sum where merchant_id = :merchant")
        .param("merchant", merchantId)
        .update();
  }

  private JdbcClient.StatementSpec news(long merchantId, String sql, long horizon, int most) {
    return shards
        .of(merchantId)
        .sql(sql)
        .param("merchant", merchantId)
        .param("horizon", horizon)
        .param("most", most);
  }

  private static Row row(ResultSet row, int n) throws SQLException {
    return new Row(
        row.getTimestamp("since").toInstant(),
        row.getBoolean("live"),
        row.getString("currency"),
        row.getString("pg"),
        row.getString("method"),
        new Sales(
            row.getLong("sold"),
            row.getLong("refunded"),
            row.getLong("sales"),
            row.getLong("cancels"),
            row.getLong("declines")));
  }
}
