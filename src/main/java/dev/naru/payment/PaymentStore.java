package dev.naru.payment;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The one door to stored payments: insert, and update. Each is a single statement, hence a single
 * commit, that writes the payment, its attempts and cancels, the events, the ledger and the
 * webhooks to deliver; or nothing. No lock is held between reading and writing: a version does the
 * same without one.
 */
@Repository
public class PaymentStore {

  private static final int ROUNDS = 50;

  static final String SELECT =
      """
      select p.*,
        (select jsonb_agg(to_jsonb(a)) from (
          select no, order_id, verb, state, tid, encode(intent, 'base64') as intent, started_at,
            decided_at, due_at, tries, absent, why
          from attempt where merchant_id = p.merchant_id and imp_uid = p.imp_uid order by no) a
        ) as attempts,
        (select jsonb_agg(to_jsonb(c)) from (
          select no, cancellation_id, amount, tax_free, vat, before_amount, reason, state, announce,
            tid, receipt_url, encode(refund, 'base64') as refund, requested_at, done_at, due_at,
            tries, absent, why
          from cancellation where merchant_id = p.merchant_id and imp_uid = p.imp_uid order by no) c
        ) as cancellations
      from payment p
      """;

  /** What follows the payment's own row in both statements; each part reads the row's CTE. */
  private static final String CHILDREN =
      """
      , a as (
        insert into attempt (merchant_id, imp_uid, no, order_id, verb, state, tid, intent,
          started_at, decided_at, due_at, tries, absent, why)
        select p.merchant_id, p.imp_uid, x.no, x.order_id, x.verb, x.state, x.tid,
          decode(x.intent, 'base64'), x.started_at, x.decided_at, x.due_at, x.tries, x.absent, x.why
        from p, jsonb_to_recordset(:attempts::jsonb) as x(no int, order_id text, verb text,
          state text, tid text, intent text, started_at timestamptz, decided_at timestamptz,
          due_at timestamptz, tries int, absent int, why text)
        on conflict (merchant_id, imp_uid, no) do update set state = excluded.state,
          tid = excluded.tid, intent = excluded.intent, decided_at = excluded.decided_at,
          due_at = excluded.due_at, tries = excluded.tries, absent = excluded.absent,
          why = excluded.why)
      , c as (
        insert into cancellation (merchant_id, imp_uid, no, cancellation_id, amount, tax_free, vat,
          before_amount, reason, state, announce, tid, receipt_url, refund, requested_at, done_at,
          due_at, tries, absent, why)
        select p.merchant_id, p.imp_uid, x.no, x.cancellation_id, x.amount, x.tax_free, x.vat,
          x.before_amount, x.reason, x.state, x.announce, x.tid, x.receipt_url,
          decode(x.refund, 'base64'), x.requested_at, x.done_at, x.due_at, x.tries, x.absent, x.why
        from p, jsonb_to_recordset(:cancels::jsonb) as x(no int, cancellation_id text,
          amount bigint, tax_free bigint, vat bigint, before_amount bigint, reason text, state text,
          announce boolean, tid text, receipt_url text, refund text, requested_at timestamptz,
          done_at timestamptz, due_at timestamptz, tries int, absent int, why text)
        on conflict (merchant_id, imp_uid, no) do update set state = excluded.state,
          announce = excluded.announce, tid = excluded.tid, receipt_url = excluded.receipt_url,
          refund = excluded.refund, done_at = excluded.done_at, due_at = excluded.due_at,
          tries = excluded.tries, absent = excluded.absent, why = excluded.why)
      , e as (
        insert into event (merchant_id, event_id, imp_uid, kind, status, at, data)
        select p.merchant_id, x.event_id, p.imp_uid, x.kind, x.status, :now::timestamptz, x.data
        from p, jsonb_to_recordset(:events::jsonb) as x(event_id bigint, kind text, status text,
          data jsonb))
      , l as (
        insert into ledger (merchant_id, event_id, line, imp_uid, debit, credit, amount, currency)
        select p.merchant_id, x.event_id, x.line, p.imp_uid, x.debit, x.credit, x.amount, x.currency
        from p, jsonb_to_recordset(:transfers::jsonb) as x(event_id bigint, line int, debit text,
          credit text, amount bigint, currency text))
      , d as (
        insert into delivery (merchant_id, event_id, no, imp_uid, url, state, tries, created_at,
          due_at)
        select p.merchant_id, x.event_id, x.no, p.imp_uid, x.url, 'waiting', 0, :now::timestamptz,
          :now::timestamptz
        from p, jsonb_to_recordset(:deliveries::jsonb) as x(event_id bigint, no int, url text))
      select count(*) from p
      """;

  private static final String INSERT =
      """
      with p as (
        insert into payment (merchant_id, imp_uid, merchant_uid, holds_order, state, amount,
          currency, canceled, canceling, channel_key, customer_uid, started_at, updated_at, paid_at,
          failed_at, cancelled_at, doc, buyer, version)
        values (:merchant, :impUid, :merchantUid, :holdsOrder, :state, :amount, :currency,
          :canceled, :canceling, :channelKey, :customerUid, :startedAt, :now::timestamptz, :paidAt,
          :failedAt, :cancelledAt, :doc::jsonb, :buyer, 1)
        on conflict (merchant_id, merchant_uid) where holds_order do nothing
        returning merchant_id, imp_uid)
      """
          + CHILDREN;

  private static final String UPDATE =
      """
      with p as (
        update payment set holds_order = :holdsOrder, state = :state, canceled = :canceled,
          canceling = :canceling, updated_at = :now::timestamptz, paid_at = :paidAt,
          failed_at = :failedAt, cancelled_at = :cancelledAt, doc = :doc::jsonb,
          version = version + 1
        where merchant_id = :merchant and imp_uid = :impUid and version = :version
        returning merchant_id, imp_uid)
      """
          + CHILDREN;

  private final Shards shards;
  private final HubClock clock;
  private final Ids ids;
  private final PaymentRows rows;
  private final Nudges nudges;

  PaymentStore(Shards shards, HubClock clock, Ids ids, Vault vault, Nudges nudges) {
    this.shards = shards;
    this.clock = clock;
    this.ids = ids;
    this.nudges = nudges;
    rows = new PaymentRows(vault);
  }

  /** Writes a new payment; empty if another holds its merchant_uid. */
  Optional<Payment> insert(Change change) {
    Payment payment = change.after();
    Long written =
        bind(shards.of(payment.merchantId()).sql(INSERT), null, change)
            .param("merchantUid", payment.purchase().merchantUid())
            .param("amount", payment.amount().minor())
            .param("currency", payment.amount().currency().getCurrencyCode())
            .param("channelKey", payment.via().channelKey())
            .param("customerUid", payment.purchase().customerUid())
            .param("startedAt", Timestamp.from(payment.startedAt()))
            .param("buyer", rows.buyer(payment))
            .query(Long.class)
            .single();
    if (written == 0) {
      return Optional.empty();
    }
    nudges.after(change);
    return Optional.of(payment.written(1));
  }

  /**
   * Applies a transition to the payment as it is stored, and writes it. {@code transition} may be
   * called several times; a transition that changes nothing writes nothing.
   *
   * @throws OrderTaken if the payment would take a merchant_uid that another holds
   * @throws Failed what the transition throws: then nothing was written
   */
  Payment update(long merchantId, ImpUid impUid, Function<Payment, Change> transition) {
    return update(get(merchantId, impUid), transition);
  }

  /** The same, beginning with a payment that is likely to be current: saves reading it. */
  Payment update(Payment known, Function<Payment, Change> transition) {
    Payment current = known;
    for (int round = 0; round < ROUNDS; round++) {
      Change change = transition.apply(current);
      if (change.after().equals(current)) {
        if (round > 0) {
          return current;
        }
        // What was known may be old: that there is nothing to do must be true of what is stored.
      } else if (write(current, change)) {
        nudges.after(change);
        return change.after().written(current.version() + 1);
      }
      current = get(known.merchantId(), known.impUid());
    }
    throw new IllegalStateException(
        "payment " + known.impUid() + " changes too fast to be written");
  }

  public Optional<Payment> find(long merchantId, ImpUid impUid) {
    return shards
        .of(merchantId)
        .sql(SELECT + "where p.merchant_id = :merchant and p.imp_uid = :impUid")
        .param("merchant", merchantId)
        .param("impUid", impUid.value())
        .query(rows::payment)
        .optional();
  }

  /** For what must exist. */
  Payment get(long merchantId, ImpUid impUid) {
    return find(merchantId, impUid)
        .orElseThrow(() -> new IllegalStateException("no payment " + impUid));
  }

  /** The payment one of whose attempts a PG knows by this order id. */
  public Optional<Payment> byOrderId(long merchantId, String orderId) {
    return shards
        .of(merchantId)
        .sql(
            SELECT
                + """
                where p.merchant_id = :merchant and p.imp_uid = (
                  select imp_uid from attempt
                  where merchant_id = :merchant and order_id = :orderId)
                """)
        .param("merchant", merchantId)
        .param("orderId", orderId)
        .query(rows::payment)
        .optional();
  }

  /** The payment that holds a merchant_uid: it runs, or was paid once. */
  public Optional<Payment> holderOf(long merchantId, String merchantUid) {
    return shards
        .of(merchantId)
        .sql(
            SELECT
                + """
                where p.merchant_id = :merchant and p.merchant_uid = :merchantUid
                  and p.holds_order
                """)
        .param("merchant", merchantId)
        .param("merchantUid", merchantUid)
        .query(rows::payment)
        .optional();
  }

  /** Maps rows of {@link #SELECT}, for the stores that list. */
  PaymentRows rows() {
    return rows;
  }

  /** A payment would take a merchant_uid that another payment holds. */
  static final class OrderTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    OrderTaken(Throwable cause) {
      super("merchant_uid is taken", cause);
    }
  }

  private boolean write(Payment before, Change change) {
    try {
      return bind(shards.of(before.merchantId()).sql(UPDATE), before, change)
              .param("version", before.version())
              .query(Long.class)
              .single()
          == 1;
    } catch (DuplicateKeyException duplicate) {
      if (String.valueOf(duplicate.getMessage()).contains("payment_order")) {
        throw new OrderTaken(duplicate);
      }
      // Someone else inserted the same attempt, cancel or event number: our version is old.
      return false;
    }
  }

  private JdbcClient.StatementSpec bind(
      JdbcClient.StatementSpec sql, @Nullable Payment before, Change change) {
    Payment after = change.after();
    Instant now = clock.instant();
    Children children = children(change);
    return sql.param("merchant", after.merchantId())
        .param("impUid", after.impUid().value())
        .param("holdsOrder", after.holdsOrder())
        .param("state", state(after))
        .param("canceled", after.canceled().minor())
        .param("canceling", after.canceling().minor())
        .param("now", Timestamp.from(now))
        .param("paidAt", timestamp(paidAt(after)))
        .param("failedAt", timestamp(failedAt(after)))
        .param("cancelledAt", timestamp(cancelledAt(after)))
        .param("doc", rows.doc(after))
        .param("attempts", rows.json(changedAttempts(before, after)))
        .param("cancels", rows.json(changedCancels(before, after)))
        .param("events", rows.json(children.events))
        .param("transfers", rows.json(children.transfers))
        .param("deliveries", rows.json(children.deliveries));
  }

  private List<PaymentRows.AttemptRow> changedAttempts(@Nullable Payment before, Payment after) {
    return after.attempts().stream()
        .filter(attempt -> before == null || !before.attempts().contains(attempt))
        .map(attempt -> rows.row(after, attempt))
        .toList();
  }

  private List<PaymentRows.CancelRow> changedCancels(@Nullable Payment before, Payment after) {
    return after.cancellations().stream()
        .filter(cancel -> before == null || !before.cancellations().contains(cancel))
        .map(cancel -> rows.row(after, cancel))
        .toList();
  }

  private record Children(
      List<Map<String, Object>> events,
      List<Map<String, Object>> transfers,
      List<Map<String, Object>> deliveries) {}

  private Children children(Change change) {
    Children children = new Children(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Event event : change.events()) {
      long eventId = ids.row();
      children.events.add(eventRow(change.after(), event, eventId));
      int line = 0;
      for (Event.Transfer transfer : event.transfers()) {
        children.transfers.add(transferRow(eventId, ++line, transfer));
      }
      int no = 0;
      for (String url :
          event.announce() ? change.after().purchase().noticeUrls() : List.<String>of()) {
        children.deliveries.add(Map.of("event_id", eventId, "no", ++no, "url", url));
      }
    }
    return children;
  }

  private static Map<String, Object> eventRow(Payment after, Event event, long eventId) {
    Map<String, String> data = new HashMap<>(event.data());
    if (event.cancellationId() != null) {
      data.put("cancellation_id", event.cancellationId());
    }
    return Map.of(
        "event_id",
        eventId,
        "kind",
        PaymentRows.lower(event.kind()),
        "status",
        Statuses.of(after),
        "data",
        data);
  }

  private static Map<String, Object> transferRow(long eventId, int line, Event.Transfer transfer) {
    Money amount = transfer.amount();
    return Map.of(
        "event_id",
        eventId,
        "line",
        line,
        "debit",
        transfer.debit(),
        "credit",
        transfer.credit(),
        "amount",
        amount.minor(),
        "currency",
        amount.currency().getCurrencyCode());
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

  private static @Nullable Timestamp timestamp(@Nullable Instant at) {
    return at == null ? null : Timestamp.from(at);
  }
}
