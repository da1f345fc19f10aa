package dev.naru.billing;

import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of schedules: stored and read. */
@Repository
class ScheduleStore {

  private static final String SELECT =
      """
      select s.*, p.status, p.doc ->> 'provider' as provider, p.doc ->> 'mid' as mid,
        p.doc -> 'decline' as decline
      from schedule s
      left join payment p on p.merchant_id = s.merchant_id and p.imp_uid = s.imp_uid
      """;

  private static final String MATCHING =
      """
      where s.merchant_id = :merchant and s.schedule_at >= :from and s.schedule_at < :to
        and (:customer::text is null or s.customer_uid = :customer)
        and (:state::text is null or s.state = :state)
      """;

  private final Shards shards;
  private final ScheduleRows rows;

  ScheduleStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    rows = new ScheduleRows(vault, json);
  }

  /**
   * Stores all of one merchant, or none: false if one of the merchant_uids is another schedule's,
   * or one of a payment that runs or was paid.
   */
  boolean insert(List<Schedule> schedules, Instant now) {
    long merchantId = schedules.getFirst().merchantId();
    try {
      return shards
              .of(merchantId)
              .sql(
                  """
                  insert into schedule (merchant_id, merchant_uid, customer_uid, channel_key, name,
                    amount, currency, purchase, state, schedule_at, due_at, created_at, pg)
                  select :merchant, x.merchant_uid, x.customer_uid, x.channel_key, x.name, x.amount,
                    x.currency, decode(x.purchase, 'base64'), 'scheduled', x.schedule_at,
                    x.schedule_at, :now, (
                      select pg_provider from channel
                      where merchant_id = :merchant and channel_key = x.channel_key)
                  from jsonb_to_recordset(:rows::jsonb) as x(merchant_uid text, customer_uid text,
                    channel_key text, name text, amount bigint, currency text, purchase text,
                    schedule_at timestamptz)
                  where not exists (
                    select 1 from payment where merchant_id = :merchant and holds_order
                      and merchant_uid = any(:uids))
                  """)
              .param("merchant", merchantId)
              .param("rows", rows.json(schedules))
              .param("uids", uids(schedules))
              .param("now", Timestamp.from(now))
              .update()
          == schedules.size();
    } catch (DuplicateKeyException taken) {
      return false;
    }
  }

  /** Which of the merchant_uids are taken: by a schedule, or a payment that runs or was paid. */
  List<String> taken(long merchantId, List<String> merchantUids) {
    return shards
        .of(merchantId)
        .sql(
            """
            select merchant_uid from schedule
            where merchant_id = :merchant and merchant_uid = any(:uids)
            union
            select merchant_uid from payment
            where merchant_id = :merchant and merchant_uid = any(:uids) and holds_order
            """)
        .param("merchant", merchantId)
        .param("uids", merchantUids.toArray(String[]::new))
        .query(String.class)
        .list();
  }

  Optional<Schedule> find(long merchantId, String merchantUid) {
    return shards
        .of(merchantId)
        .sql(SELECT + "where s.merchant_id = :merchant and s.merchant_uid = :merchantUid")
        .param("merchant", merchantId)
        .param("merchantUid", merchantUid)
        .query(rows::schedule)
        .optional();
  }

  List<Schedule> find(long merchantId, List<String> merchantUids) {
    return shards
        .of(merchantId)
        .sql(
            SELECT
                + """
                where s.merchant_id = :merchant and s.merchant_uid = any(:uids)
                order by s.schedule_at, s.merchant_uid
                """)
        .param("merchant", merchantId)
        .param("uids", merchantUids.toArray(String[]::new))
        .query(rows::schedule)
        .list();
  }

  long count(long merchantId, Schedules.Wanted wanted) {
    return matching(merchantId, "select count(*) from schedule s " + MATCHING, wanted)
        .query(Long.class)
        .single();
  }

  List<Schedule> list(long merchantId, Schedules.Wanted wanted, int size, long offset) {
    String direction = wanted.oldestFirst() ? "" : " desc";
    return matching(
            merchantId,
            SELECT
                + MATCHING
                + "order by s.schedule_at"
                + direction
                + ", s.merchant_uid"
                + direction
                + " limit :limit offset :offset",
            wanted)
        .param("limit", size)
        .param("offset", offset)
        .query(rows::schedule)
        .list();
  }

  private JdbcClient.StatementSpec matching(long merchantId, String sql, Schedules.Wanted wanted) {
    Schedule.State state = wanted.state();
    return shards
        .of(merchantId)
        .sql(sql)
        .param("merchant", merchantId)
        .param("from", Timestamp.from(wanted.from()))
        .param("to", Timestamp.from(wanted.to()))
        .param("customer", wanted.customerUid())
        .param("state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
  }

  private static String[] uids(List<Schedule> schedules) {
    return schedules.stream().map(Schedule::merchantUid).toArray(String[]::new);
  }
}
