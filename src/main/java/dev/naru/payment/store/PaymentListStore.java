package dev.naru.payment.store;

import dev.naru.merchant.Shards;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists.By;
import dev.naru.payment.flow.PaymentLists.Page;
import dev.naru.payment.flow.PaymentLists.Sorting;
import dev.naru.payment.flow.PaymentLists.Span;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of lists of payments. */
@Repository
public class PaymentListStore {

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
      where p.merchant_id = :merchant and p.status_at between :from and :to
      """;

  /**
   * Nothing gets its status before it is begun, but for what clocks of nodes differ: so that a walk
   * from the newest begins at the span.
   */
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

  private static final String BEGUN = " and p.started_at <= :begun\n";

  private static final String OF_STATUS = " and p.status = :status\n";

  private final Shards shards;
  private final PaymentStore payments;

  PaymentListStore(Shards shards, PaymentStore payments) {
    this.shards = shards;
    this.payments = payments;
  }

  public List<Payment> ofOrder(
      long merchantId, String merchantUid, @Nullable String status, Sorting sorting, Page page) {
    return page(
        order(merchantId, PaymentStore.SELECT + OF_ORDER + order(sorting), merchantUid, status),
        page);
  }

  public long countOfOrder(long merchantId, String merchantUid, @Nullable String status) {
    return order(merchantId, "select count(*) from payment p " + OF_ORDER, merchantUid, status)
        .query(Long.class)
        .single();
  }

  public List<Payment> inSpan(long merchantId, Span span, Sorting sorting, Page page) {
    String sql =
        PaymentStore.SELECT
            + "where p.merchant_id = :merchant and p.imp_uid = any(array("
            + chosen(span, sorting)
            + "))\n"
            + sorted(sorting);
    return page(
        span(merchantId, sql, span).param("begun", Timestamp.from(span.to().plus(CLOCKS_DIFFER))),
        page);
  }

  /** Chooses a page in an index, so that only what is on it is read. */
  public static String chosen(Span span, Sorting sorting) {
    return "select p.imp_uid from payment p " + IN_SPAN + ofStatus(span) + BEGUN + order(sorting);
  }

  public long countInSpan(long merchantId, Span span) {
    return span(merchantId, "select count(*) from payment p " + IN_SPAN + ofStatus(span), span)
        .query(Long.class)
        .single();
  }

  /** Two statements rather than one that asks for either: each has an index of its own. */
  private static String ofStatus(Span span) {
    return span.status() == null ? "" : OF_STATUS;
  }

  /** Newest first. */
  public List<Payment> ofCustomer(long merchantId, String customerUid, Page page) {
    return page(
        customer(
            merchantId, PaymentStore.SELECT + OF_CUSTOMER + order(Sorting.NEWEST), customerUid),
        page);
  }

  public long countOfCustomer(long merchantId, String customerUid) {
    return customer(merchantId, "select count(*) from payment p " + OF_CUSTOMER, customerUid)
        .query(Long.class)
        .single();
  }

  private JdbcClient.StatementSpec customer(long merchantId, String sql, String customerUid) {
    return of(merchantId, sql).param("customerUid", customerUid);
  }

  public List<Payment> bulk(long merchantId, List<String> impUids, List<String> merchantUids) {
    return shards
        .of(merchantId)
        .sql(
            PaymentStore.SELECT
                + """
                where p.merchant_id = :merchant and p.imp_uid = any(array(
                  select unnest(:impUids::text[])
                  union
                  (select distinct on (merchant_uid) imp_uid from payment
                    where merchant_id = :merchant and merchant_uid = any(:merchantUids)
                    order by merchant_uid, started_at desc)))
                order by p.started_at, p.imp_uid
                """)
        .param("merchant", merchantId)
        .param("impUids", impUids.toArray(String[]::new))
        .param("merchantUids", merchantUids.toArray(String[]::new))
        .query(payments.rows()::payment)
        .list();
  }

  public Set<String> known(long merchantId, Collection<String> orderIds) {
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
    return of(merchantId, sql).param("merchantUid", merchantUid).param("status", status);
  }

  private JdbcClient.StatementSpec span(long merchantId, String sql, Span span) {
    return of(merchantId, sql)
        .param("status", span.status())
        .param("from", Timestamp.from(span.from()))
        .param("to", Timestamp.from(span.to()));
  }

  private JdbcClient.StatementSpec of(long merchantId, String sql) {
    return shards.of(merchantId).sql(sql).param("merchant", merchantId);
  }

  private List<Payment> page(JdbcClient.StatementSpec sql, Page page) {
    return sql.param("limit", page.size())
        .param("offset", page.offset())
        .query(payments.rows()::payment)
        .list();
  }

  private static String order(Sorting sorting) {
    return sorted(sorting) + " limit :limit offset :offset";
  }

  /** Only constants of our own make it into the statement. Of the three one may be missing. */
  private static String sorted(Sorting sorting) {
    String column =
        switch (sorting.by()) {
          case STARTED -> "p.started_at";
          case PAID -> "p.paid_at";
          case UPDATED -> "p.updated_at";
        };
    String direction = sorting.descending() ? " desc" : "";
    String last = sorting.by() == By.PAID ? " nulls last" : "";
    return "order by " + column + direction + last + ", p.imp_uid" + direction;
  }
}
