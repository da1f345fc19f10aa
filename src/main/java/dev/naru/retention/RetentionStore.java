package dev.naru.retention;

import dev.naru.kernel.Ids;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * The SQL of forgetting. Every statement takes no more than a batch, leaves what others have
 * locked, and names what it must leave whatever its age.
 */
@Repository
class RetentionStore {

  /** How many rows one statement takes. */
  static final int BATCH = 500;

  /** Attempt {@code a} may still be asked about at its PG, or money of it be on its way. */
  private static final String RUNS =
      """
      (a.state not in ('approved', 'declined', 'reversed') or a.due_at is not null or exists (
        select 1 from cancellation c
        where c.merchant_id = a.merchant_id and c.imp_uid = a.imp_uid and c.due_at is not null))
      """;

  private static final String WIRE_LOG =
      """
      delete from wire_log where merchant_id = :merchant and wire_id = any(array(
        select w.wire_id from wire_log w
        where w.merchant_id = :merchant and w.wire_id < :first and not exists (
          select 1 from attempt a
          where a.merchant_id = w.merchant_id and a.order_id = w.order_id and %s)
        order by w.wire_id limit :most
        for update skip locked))
      """
          .formatted(RUNS);

  private static final String DELIVERIES =
      """
      with old as (
        select event_id, no from delivery
        where merchant_id = :merchant and event_id < :first and due_at is null
        order by event_id, no limit :most
        for update skip locked),
      tries as (
        delete from delivery_try t using old
        where t.merchant_id = :merchant and t.event_id = old.event_id and t.no = old.no)
      delete from delivery d using old
      where d.merchant_id = :merchant and d.event_id = old.event_id and d.no = old.no
      """;

  /**
   * Payments that nobody ever began to pay: a window was opened, and nothing has happened since.
   * All there is of them goes at once.
   */
  private static final String ABANDONED =
      """
      with old as (
        select p.imp_uid from payment p
        where p.merchant_id = :merchant and p.status = 'ready' and p.state = 'ready'
          and p.status_at < :before and p.updated_at < :before
          and not exists (
            select 1 from attempt a
            where a.merchant_id = :merchant and a.imp_uid = p.imp_uid
              and (a.state <> 'open' or a.due_at is not null))
          and not exists (
            select 1 from event e
            where e.merchant_id = :merchant and e.imp_uid = p.imp_uid
              and e.kind not in ('opened', 'budget_released'))
          and not exists (
            select 1 from delivery d
            where d.merchant_id = :merchant and d.imp_uid = p.imp_uid)
          and not exists (
            select 1 from promotion_use u
            where u.merchant_id = :merchant and u.imp_uid = p.imp_uid)
        order by p.status_at limit :most
        for update skip locked),
      windows as (
        delete from checkout using old
        where checkout.merchant_id = :merchant and checkout.imp_uid = old.imp_uid),
      events as (
        delete from event using old
        where event.merchant_id = :merchant and event.imp_uid = old.imp_uid),
      attempts as (
        delete from attempt using old
        where attempt.merchant_id = :merchant and attempt.imp_uid = old.imp_uid)
      delete from payment using old
      where payment.merchant_id = :merchant and payment.imp_uid = old.imp_uid
      """;

  private static final String WINDOWS =
      """
      delete from checkout where merchant_id is not null and ctid = any(array(
        select w.ctid from checkout w
        where w.merchant_id is not null and w.opened_at < :before
          and (w.busy_until is null or w.busy_until < :now)
          and not exists (
            select 1 from attempt a
            where a.merchant_id = w.merchant_id and a.imp_uid = w.imp_uid and %s)
          and not exists (
            select 1 from certification c
            where c.merchant_id = w.merchant_id and c.imp_uid = w.certification_uid
              and c.decided_at is null)
        order by w.opened_at limit :most
        for update skip locked))
      """
          .formatted(RUNS);

  private static final String LINKS =
      """
      delete from pay_link where merchant_id is not null and ctid = any(array(
        select ctid from pay_link
        where merchant_id is not null and least(expires_at, disabled_at) < :before
        order by least(expires_at, disabled_at) limit :most
        for update skip locked))
      """;

  /** Their windows go with them. */
  private static final String CERTIFICATIONS =
      """
      delete from certification where merchant_id is not null and ctid = any(array(
        select ctid from certification
        where merchant_id is not null and decided_at < :before
        order by decided_at limit :most
        for update skip locked))
      """;

  /** Nobody can take back a charge to come of a sub-shop that is no more. */
  private static final String CLOSED_SCHEDULES =
      """
      update schedule set state = 'revoked', due_at = null, revoked_at = :now
      where merchant_id is not null and ctid = any(array(
        select s.ctid from schedule s join merchant m on m.merchant_id = s.merchant_id
        where m.closed_at is not null and s.due_at is not null and s.state = 'scheduled'
        limit :most
        for update of s skip locked))
      """;

  private static final String REVOKED_SCHEDULES =
      """
      delete from schedule where merchant_id is not null and ctid = any(array(
        select s.ctid from schedule s join merchant m on m.merchant_id = s.merchant_id
        where m.closed_at is not null and s.revoked_at < :before
        limit :most
        for update of s skip locked))
      """;

  private static final String TOKENS =
      """
      delete from api_token where ctid = any(array(
        select ctid from api_token where expires_at < :before
        order by expires_at limit :most
        for update skip locked))
      """;

  /** Endpoints to which nothing is to be sent any more; those that were parked are told. */
  private static final String ENDPOINTS =
      """
      delete from endpoint where merchant_id is not null and ctid = any(array(
        select e.ctid from endpoint e
        where e.probe_at < :before and not exists (
          select 1 from delivery d
          where d.merchant_id = e.merchant_id and d.lane = e.lane and d.due_at is not null)
        limit :most
        for update skip locked))
      returning merchant_id, origin
      """;

  private final Shards shards;

  RetentionStore(Shards shards) {
    this.shards = shards;
  }

  List<Long> merchants() {
    return shards
        .global()
        .sql("select merchant_id from merchant order by merchant_id")
        .query(Long.class)
        .list();
  }

  int wireLog(long merchantId, Instant before) {
    return ofMerchant(WIRE_LOG, merchantId).param("first", Ids.firstRowAt(before)).update();
  }

  int deliveries(long merchantId, Instant before) {
    return ofMerchant(DELIVERIES, merchantId).param("first", Ids.firstRowAt(before)).update();
  }

  int abandoned(long merchantId, Instant before) {
    return ofMerchant(ABANDONED, merchantId).param("before", Timestamp.from(before)).update();
  }

  private StatementSpec ofMerchant(String sql, long merchantId) {
    return shards.of(merchantId).sql(sql).param("merchant", merchantId).param("most", BATCH);
  }

  int windows(Instant before, Instant now) {
    return everywhere(WINDOWS, before, now);
  }

  int links(Instant before) {
    return everywhere(LINKS, before, before);
  }

  int certifications(Instant before) {
    return everywhere(CERTIFICATIONS, before, before);
  }

  /** Takes back what was to be charged; {@code now} is when that is. */
  int closedSchedules(Instant now) {
    return everywhere(CLOSED_SCHEDULES, now, now);
  }

  int revokedSchedules(Instant before) {
    return everywhere(REVOKED_SCHEDULES, before, before);
  }

  private int everywhere(String sql, Instant before, Instant now) {
    return shards.all().stream()
        .mapToInt(
            shard ->
                shard
                    .jdbc()
                    .sql(sql)
                    .param("before", Timestamp.from(before))
                    .param("now", Timestamp.from(now))
                    .param("most", BATCH)
                    .update())
        .sum();
  }

  int tokens(Instant before) {
    return shards
        .global()
        .sql(TOKENS)
        .param("before", Timestamp.from(before))
        .param("most", BATCH)
        .update();
  }

  /** A merchant's endpoint, by scheme, host and port. */
  record Endpoint(long merchantId, String origin) {}

  List<Endpoint> endpoints(Instant before) {
    return shards.all().stream()
        .flatMap(
            shard ->
                shard
                    .jdbc()
                    .sql(ENDPOINTS)
                    .param("before", Timestamp.from(before))
                    .param("most", BATCH)
                    .query(
                        (row, n) ->
                            new Endpoint(row.getLong("merchant_id"), row.getString("origin")))
                    .list()
                    .stream())
        .toList();
  }
}
