package dev.naru.payment.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a payment, and its new and changed children. {@code at} is now. */
record StoredPayment(
    long merchant_id,
    String imp_uid,
    int version,
    String merchant_uid,
    boolean holds_order,
    String state,
    long amount,
    String currency,
    long canceled,
    long canceling,
    String channel_key,
    @Nullable String customer_uid,
    Instant started_at,
    Instant at,
    @Nullable Instant paid_at,
    @Nullable Instant failed_at,
    @Nullable Instant cancelled_at,
    PaymentDoc doc,
    @Nullable String buyer,
    List<AttemptRow> attempts,
    List<CancelRows.Row> cancels,
    List<EventRow> events,
    List<TransferRow> transfers,
    List<DeliveryRow> deliveries,
    @Nullable List<DepositRow> received,
    @Nullable BudgetRow budget) {

  /** A row of attempt, as JSON carries it. */
  record AttemptRow(
      int no,
      String order_id,
      String verb,
      String state,
      @Nullable String tid,
      @Nullable String intent,
      Instant started_at,
      @Nullable Instant decided_at,
      @Nullable Instant due_at,
      int tries,
      int absent,
      @Nullable String why) {}

  /** A row of vbank_deposit, as JSON carries it. */
  record DepositRow(
      int no, String tid, long amount, @Nullable String depositor, Instant deposited_at) {}

  record EventRow(long event_id, String kind, String status, Map<String, String> data) {}

  record TransferRow(
      long event_id, int line, String debit, String credit, long amount, String currency) {}

  record DeliveryRow(long event_id, int no, String url, @Nullable Long endpoint_id) {}

  /** What a payment has of a promotion's budget, and by how much that is more than before. */
  record BudgetRow(
      String promotion_id, long reserved, long spent, long more_reserved, long more_spent) {}
}
