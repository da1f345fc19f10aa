package dev.naru.payment.store;

import dev.naru.connector.order.CancelOrder.Goods;
import dev.naru.connector.order.CancelOrder.RefundAccount;
import dev.naru.connector.order.Requester;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Money;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Between {@link Cancellation} and its row. The account that is refunded to is sealed. */
final class CancelRows {

  private CancelRows() {}

  /** A row of cancellation, as JSON carries it. */
  record Row(
      int no,
      String cancellation_id,
      long amount,
      long money,
      boolean retain,
      long tax_free,
      @Nullable Long vat,
      long before_amount,
      String reason,
      String state,
      boolean announce,
      @Nullable String tid,
      @Nullable String receipt_url,
      @Nullable String refund,
      @Nullable String requester,
      @Nullable Goods goods,
      Instant requested_at,
      @Nullable Instant done_at,
      @Nullable Instant due_at,
      int tries,
      int absent,
      @Nullable String why) {}

  static Row row(Payment payment, Cancellation cancel, PaymentRows rows) {
    String place = PaymentRows.place("cancellation.refund", payment.merchantId(), payment.impUid());
    return new Row(
        cancel.no(),
        cancel.id(),
        cancel.amount().minor(),
        cancel.money().minor(),
        cancel.retain(),
        cancel.tax().free(),
        cancel.tax().vat(),
        cancel.before().minor(),
        cancel.reason(),
        PaymentRows.lower(cancel.state()),
        cancel.announce(),
        cancel.tid(),
        cancel.receiptUrl(),
        cancel.refund() == null ? null : rows.sealed(cancel.refund(), place),
        cancel.requester() == null ? null : PaymentRows.lower(cancel.requester()),
        cancel.goods(),
        cancel.requestedAt(),
        cancel.doneAt(),
        cancel.dueAt(),
        cancel.tries(),
        cancel.absent(),
        cancel.why());
  }

  /**
   * @param amount of the payment
   * @param place where what is sealed belongs
   */
  static Cancellation cancellation(Row row, Money amount, String place, PaymentRows rows) {
    return new Cancellation(
        row.no(),
        row.cancellation_id(),
        new Money(row.amount(), amount.currency()),
        new Money(row.money(), amount.currency()),
        row.retain(),
        new Tax(row.tax_free(), row.vat()),
        new Money(row.before_amount(), amount.currency()),
        row.reason(),
        row.refund() == null ? null : rows.opened(row.refund(), place, RefundAccount.class),
        row.requester() == null ? null : Requester.valueOf(PaymentRows.upper(row.requester())),
        row.goods(),
        row.announce(),
        Cancellation.State.valueOf(PaymentRows.upper(row.state())),
        row.tid(),
        row.receipt_url(),
        row.requested_at(),
        row.done_at(),
        row.due_at(),
        row.tries(),
        row.absent(),
        row.why());
  }
}
