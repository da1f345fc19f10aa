package dev.naru.payment.store;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.payment.BudgetShare;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Change;
import dev.naru.payment.Event;
import dev.naru.payment.HookUrls;
import dev.naru.payment.Payment;
import dev.naru.payment.Statuses;
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
  private final WrittenRows written;
  private final HubClock clock;
  private final Ids ids;
  private final HookUrls hooks;

  PaymentDocuments(PaymentRows rows, HubClock clock, Ids ids, HookUrls hooks) {
    this.hooks = hooks;
    this.rows = rows;
    written = new WrittenRows(rows);
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * What is to be written.
   *
   * @param before what is stored; null for a new payment
   */
  PaymentWriter.Write of(@Nullable Payment before, Change change) {
    Payment after = change.after();
    List<StoredPayment.EventRow> events = new ArrayList<>();
    List<StoredPayment.TransferRow> transfers = new ArrayList<>();
    List<StoredPayment.DeliveryRow> deliveries = new ArrayList<>();
    for (Event event : change.events()) {
      long eventId = ids.row();
      events.add(row(after, event, eventId));
      transfers.addAll(transfers(event, eventId));
      deliveries.addAll(deliveries(after, event, eventId));
    }
    StoredPayment.BudgetRow budget = budget(before, after);
    StoredPayment document =
        new StoredPayment(
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
            written.doc(after),
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
  private static StoredPayment.@Nullable BudgetRow budget(@Nullable Payment before, Payment after) {
    BudgetShare now = BudgetShare.of(after);
    BudgetShare then = before == null ? null : BudgetShare.of(before);
    if (now == null || now.equals(then)) {
      return null;
    }
    return new StoredPayment.BudgetRow(
        now.promotionId(),
        now.reserved(),
        now.spent(),
        now.reserved() - (then == null ? 0 : then.reserved()),
        now.spent() - (then == null ? 0 : then.spent()));
  }

  private @Nullable String buyer(Payment payment) {
    byte @Nullable [] sealed = written.buyer(payment);
    return sealed == null ? null : Base64.getEncoder().encodeToString(sealed);
  }

  private List<StoredPayment.AttemptRow> changedAttempts(@Nullable Payment before, Payment after) {
    return after.attempts().stream()
        .filter(attempt -> before == null || !before.attempts().contains(attempt))
        .map(attempt -> written.row(after, attempt))
        .toList();
  }

  /** Those that are new; null if there are none, as there are of hardly any payment. */
  private @Nullable List<StoredPayment.DepositRow> received(
      @Nullable Payment before, Payment after) {
    int known = before == null ? 0 : before.received().size();
    return after.received().size() == known
        ? null
        : after.received().subList(known, after.received().size()).stream()
            .map(deposit -> written.row(after, deposit))
            .toList();
  }

  private List<CancelRows.Row> changedCancels(@Nullable Payment before, Payment after) {
    return after.cancellations().stream()
        .filter(cancel -> before == null || !before.cancellations().contains(cancel))
        .map(cancel -> CancelRows.row(after, cancel, rows))
        .toList();
  }

  private static StoredPayment.EventRow row(Payment after, Event event, long eventId) {
    Map<String, String> data = new HashMap<>(event.data());
    if (event.cancellationId() != null) {
      data.put("cancellation_id", event.cancellationId());
    }
    return new StoredPayment.EventRow(
        eventId, PaymentRows.lower(event.kind()), Statuses.of(after), data);
  }

  private static List<StoredPayment.TransferRow> transfers(Event event, long eventId) {
    List<StoredPayment.TransferRow> rows = new ArrayList<>();
    for (Event.Transfer transfer : event.transfers()) {
      Money amount = transfer.amount();
      rows.add(
          new StoredPayment.TransferRow(
              eventId,
              rows.size() + 1,
              transfer.debit(),
              transfer.credit(),
              amount.minor(),
              amount.currency().getCurrencyCode()));
    }
    return rows;
  }

  private List<StoredPayment.DeliveryRow> deliveries(Payment after, Event event, long eventId) {
    List<StoredPayment.DeliveryRow> all = new ArrayList<>();
    for (HookUrls.Target target : hooks.wanting(after, event)) {
      all.add(
          new StoredPayment.DeliveryRow(eventId, all.size() + 1, target.url(), target.endpoint()));
    }
    return all;
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
