package dev.naru.retention;

import dev.naru.kernel.Ids;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The SQL of forgetting what is a merchant's own; see {@link RetentionStore}. */
@Repository
class MerchantRetentionStore {

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
          .formatted(RetentionStore.RUNS);

  private static final String NOTICES =
      """
      delete from notice_log where merchant_id = :merchant and notice_id = any(array(
        select n.notice_id from notice_log n
        where n.merchant_id = :merchant and n.notice_id < :first and not exists (
          select 1 from attempt a
          where a.merchant_id = n.merchant_id and a.order_id = n.order_id and %s)
        order by n.notice_id limit :most
        for update skip locked))
      """
          .formatted(RetentionStore.RUNS);

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

  private final Shards shards;

  MerchantRetentionStore(Shards shards) {
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

  int notices(long merchantId, Instant before) {
    return ofMerchant(NOTICES, merchantId).param("first", Ids.firstRowAt(before)).update();
  }

  int deliveries(long merchantId, Instant before) {
    return ofMerchant(DELIVERIES, merchantId).param("first", Ids.firstRowAt(before)).update();
  }

  int abandoned(long merchantId, Instant before) {
    return ofMerchant(ABANDONED, merchantId).param("before", Timestamp.from(before)).update();
  }

  private StatementSpec ofMerchant(String sql, long merchantId) {
    return shards
        .of(merchantId)
        .sql(sql)
        .param("merchant", merchantId)
        .param("most", RetentionStore.BATCH);
  }
}
