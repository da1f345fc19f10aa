package dev.naru.payment;

import dev.naru.merchant.Shards;
import dev.naru.payment.PaymentLists.Page;
import dev.naru.payment.PaymentLists.Sorting;
import dev.naru.payment.PaymentLists.Span;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of lists of payments. */
@Repository
class PaymentListStore {

  private static final String OF_ORDER =
      """
      where p.merchant_id = :merchant and p.merchant_uid = :merchantUid
        and (:status::text is null or p.status = :status)
      """;

  private static final String OF_CUSTOMER =
      """
      where p.merchant_id = :merchant and p.customer_uid = :customerUid
      """;

  /**
   * The time that counts is that of the final status: when it was opened, paid, failed, cancelled.
   */
  private static final String IN_SPAN =
      """
      where p.merchant_id = :merchant and (:status::text is null or p.status = :status)
        and case p.status when 'paid' then p.paid_at when 'failed' then p.failed_at
          when 'cancelled' then p.cancelled_at else p.started_at end between :from and :to
      """;

  private final Shards shards;
  private final PaymentStore payments;

  PaymentListStore(Shards shards, PaymentStore payments) {
    this.shards = shards;
    this.payments = payments;
  }

  List<Payment> ofOrder(
      long merchantId, String merchantUid, @Nullable String status, Sorting sorting, Page page) {
    return page(
        order(merchantId, PaymentStore.SELECT + OF_ORDER + order(sorting), merchantUid, status),
        page);
  }

  long countOfOrder(long merchantId, String merchantUid, @Nullable String status) {
    return order(merchantId, "select count(*) from payment p " + OF_ORDER, merchantUid, status)
        .query(Long.class)
        .single();
  }

  List<Payment> inSpan(long merchantId, Span span, Sorting sorting, Page page) {
    return page(span(merchantId, PaymentStore.SELECT + IN_SPAN + order(sorting), span), page);
  }

  long countInSpan(long merchantId, Span span) {
    return span(merchantId, "select count(*) from payment p " + IN_SPAN, span)
        .query(Long.class)
        .single();
  }

  /** Newest first. */
  List<Payment> ofCustomer(long merchantId, String customerUid, Page page) {
    return page(
        customer(
            merchantId, PaymentStore.SELECT + OF_CUSTOMER + order(Sorting.NEWEST), customerUid),
        page);
  }

  long countOfCustomer(long merchantId, String customerUid) {
    return customer(merchantId, "select count(*) from payment p " + OF_CUSTOMER, customerUid)
        .query(Long.class)
        .single();
  }

  private JdbcClient.StatementSpec customer(long merchantId, String sql, String customerUid) {
    return shards
        .of(merchantId)
        .sql(sql)
        .param("merchant", merchantId)
        .param("customerUid", customerUid);
  }

  List<Payment> bulk(long merchantId, List<String> impUids, List<String> merchantUids) {
    return shards
        .of(merchantId)
        .sql(
            PaymentStore.SELECT
                + """
                where p.merchant_id = :merchant and (p.imp_uid = any(:impUids)
                  or p.imp_uid in (
                    select distinct on (merchant_uid) imp_uid from payment
                    where merchant_id = :merchant and merchant_uid = any(:merchantUids)
                    order by merchant_uid, started_at desc))
                order by p.started_at, p.imp_uid
                """)
        .param("merchant", merchantId)
        .param("impUids", impUids.toArray(String[]::new))
        .param("merchantUids", merchantUids.toArray(String[]::new))
        .query(payments.rows()::payment)
        .list();
  }

  Set<String> known(long merchantId, Collection<String> orderIds) {
    return new HashSet<>(
        shards
            .of(merchantId)
            .sql(
                """
                select order_id from attempt
                where merchant_id = :merchant and order_id = any(:orders)
                """)
            .param("merchant", merchantId)
            .param("orders", orderIds.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  private JdbcClient.StatementSpec order(
      long merchantId, String sql, String merchantUid, @Nullable String status) {
    return shards
        .of(merchantId)
        .sql(sql)
        .param("merchant", merchantId)
        .param("merchantUid", merchantUid)
        .param("status", status);
  }

  private JdbcClient.StatementSpec span(long merchantId, String sql, Span span) {
    return shards
        .of(merchantId)
        .sql(sql)
        .param("merchant", merchantId)
        .param("status", span.status())
        .param("from", Timestamp.from(span.from()))
        .param("to", Timestamp.from(span.to()));
  }

  private List<Payment> page(JdbcClient.StatementSpec sql, Page page) {
    return sql.param("limit", page.size())
        .param("offset", page.offset())
        .query(payments.rows()::payment)
        .list();
  }

  /** Only constants of our own make it into the statement. */
  private static String order(Sorting sorting) {
    String column =
        switch (sorting.by()) {
          case STARTED -> "p.started_at";
          case PAID -> "p.paid_at";
          case UPDATED -> "p.updated_at";
        };
    String direction = sorting.descending() ? " desc" : "";
    return "order by "
        + column
        + direction
        + " nulls last, p.imp_uid"
        + direction
        + " limit :limit offset :offset";
  }
}
