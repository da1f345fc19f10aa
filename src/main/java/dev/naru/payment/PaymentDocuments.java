package dev.naru.payment;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.payment.PaymentRows.AttemptRow;
import dev.naru.payment.PaymentRows.DepositRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of a change the document that {@link PaymentWriter} writes. */
final class PaymentDocuments {

  private final PaymentRows rows;
  private final HubClock clock;
  private final Ids ids;

  PaymentDocuments(PaymentRows rows, HubClock clock, Ids ids) {
    this.rows = rows;
    this.clock = clock;
    this.ids = ids;
  }

  /** The columns of a payment, and its new and changed children. {@code at} is now. */
  private record Document(
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
      PaymentRows.Doc doc,
      @Nullable String buyer,
      List<AttemptRow> attempts,
      List<CancelRows.Row> cancels,
      List<EventRow> events,
      List<TransferRow> transfers,
      List<DeliveryRow> deliveries,
      @Nullable List<DepositRow> received,
      @Nullable BudgetRow budget) {}

  private record EventRow(long event_id, String kind, String status, Map<String, String> data) {}

  private record TransferRow(
      long event_id, int line, String debit, String credit, long amount, String currency) {}

  private record DeliveryRow(long event_id, int no, String url) {}

  /** What a payment has of a promotion's budget, and by how much that is more than before. */
  private record BudgetRow(
      String promotion_id, long reserved, long spent, long more_reserved, long more_spent) {}

  /**
   * What is to be written.
   *
   * @param before what is stored; null for a new payment
   */
  PaymentWriter.Write of(@Nullable Payment before, Change change) {
    Payment after = change.after();
    List<EventRow> events = new ArrayList<>();
    List<TransferRow> transfers = new ArrayList<>();
    List<DeliveryRow> deliveries = new ArrayList<>();
    for (Event event : change.events()) {
      long eventId = ids.row();
      events.add(row(after, event, eventId));
      transfers.addAll(transfers(event, eventId));
      deliveries.addAll(deliveries(after, event, eventId));
    }
    BudgetRow budget = budget(before, after);
    Document document =
        new Document(
            after.merchantId(),
            after.impUid().value(),
            after.version(),
            after.purchase().merchantUid(),
            after.holdsOrder(),
            state(after),
            after.amount().minor(),
            after.amount().currency().getCurrencyCode(),
            after.canceled().minor(),
            after.canceling().minor(),
            after.via().channelKey(),
            after.purchase().customerUid(),
            after.startedAt(),
            clock.instant(),
            paidAt(after),
            failedAt(after),
            cancelledAt(after),
            rows.doc(after),
            before == null ? buyer(after) : null,
            changedAttempts(before, after),
            changedCancels(before, after),
            events,
            transfers,
            deliveries,
            received(before, after),
            budget);
    PaymentWriter.Key key = new PaymentWriter.Key(after.merchantId(), after.impUid().value());
    return new PaymentWriter.Write(key, rows.json(document), budget != null);
  }

  /** Null if nothing changes in any budget. */
  private static @Nullable BudgetRow budget(@Nullable Payment before, Payment after) {
    BudgetShare now = BudgetShare.of(after);
    BudgetShare then = before == null ? null : BudgetShare.of(before);
    if (now == null || now.equals(then)) {
      return null;
    }
    return new BudgetRow(
        now.promotionId(),
        now.reserved(),
        now.spent(),
        now.reserved() - (then == null ? 0 : then.reserved()),
        now.spent() - (then == null ? 0 : then.spent()));
  }

  private @Nullable String buyer(Payment payment) {
    byte @Nullable [] sealed = rows.buyer(payment);
    return sealed == null ? null : Base64.getEncoder().encodeToString(sealed);
  }

  private List<AttemptRow> changedAttempts(@Nullable Payment before, Payment after) {
    return after.attempts().stream()
        .filter(attempt -> before == null || !before.attempts().contains(attempt))
        .map(attempt -> rows.row(after, attempt))
        .toList();
  }

  /** Those that are new; null if there are none, as there are of hardly any payment. */
  private @Nullable List<DepositRow> received(@Nullable Payment before, Payment after) {
    int known = before == null ? 0 : before.received().size();
    return after.received().size() == known
        ? null
        : after.received().subList(known, after.received().size()).stream()
            .map(deposit -> rows.row(after, deposit))
            .toList();
  }

  private List<CancelRows.Row> changedCancels(@Nullable Payment before, Payment after) {
    return after.cancellations().stream()
        .filter(cancel -> before == null || !before.cancellations().contains(cancel))
        .map(cancel -> CancelRows.row(after, cancel, rows))
        .toList();
  }

  private static EventRow row(Payment after, Event event, long eventId) {
    Map<String, String> data = new HashMap<>(event.data());
    if (event.cancellationId() != null) {
      data.put("cancellation_id", event.cancellationId());
    }
    return new EventRow(eventId, PaymentRows.lower(event.kind()), Statuses.of(after), data);
  }

  private static List<TransferRow> transfers(Event event, long eventId) {
    List<TransferRow> rows = new ArrayList<>();
    for (Event.Transfer transfer : event.transfers()) {
      Money amount = transfer.amount();
      rows.add(
          new TransferRow(
              eventId,
              rows.size() + 1,
              transfer.debit(),
              transfer.credit(),
              amount.minor(),
              amount.currency().getCurrencyCode()));
    }
    return rows;
  }

  private static List<DeliveryRow> deliveries(Payment after, Event event, long eventId) {
    List<DeliveryRow> rows = new ArrayList<>();
    if (event.announce()) {
      for (String url : after.purchase().noticeUrls()) {
        rows.add(new DeliveryRow(eventId, rows.size() + 1, url));
      }
    }
    return rows;
  }

  private static String state(Payment payment) {
    return switch (payment.state()) {
      case Payment.State.Ready ready -> "ready";
      case Payment.State.Waiting waiting -> "waiting";
      case Payment.State.Paid paid -> "paid";
      case Payment.State.Failed failed -> "failed";
    };
  }

  private static @Nullable Instant paidAt(Payment payment) {
    return payment.state() instanceof Payment.State.Paid(var approval, Instant at) ? at : null;
  }

  private static @Nullable Instant failedAt(Payment payment) {
    return payment.state() instanceof Payment.State.Failed(var decline, Instant at) ? at : null;
  }

  private static @Nullable Instant cancelledAt(Payment payment) {
    Instant last = null;
    for (Cancellation cancel : payment.cancellations()) {
      last = cancel.doneAt() == null ? last : cancel.doneAt();
    }
    return last;
  }
}
