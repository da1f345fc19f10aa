package dev.naru.payment.store;

import dev.naru.kernel.work.Batcher;
import dev.naru.merchant.Shards.Shard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two statements that write payments, for any number of payments of one shard at once, whosever
 * they are. Each writes the payments, their attempts and cancels, the events, the ledger and the
 * webhooks to deliver, or nothing; what each payment brings travels as one JSON document.
 */
final class PaymentWriter {

  /** Which row a payment is. */
  record Key(long merchantId, String impUid) {}

  /**
   * A payment to write, as {@link PaymentDocuments} makes it.
   *
   * @param budgeted whether it changes what is left of a promotion's budget
   */
  record Write(Key key, String document, boolean budgeted) {}

  private static final String DOCUMENTS =
      """
      with x as materialized (
        select * from jsonb_to_recordset(:payments::jsonb) as x(merchant_id bigint, imp_uid text,
          version int, merchant_uid text, holds_order boolean, state text, amount bigint,
          currency text, canceled bigint, canceling bigint, channel_key text, customer_uid text,
          started_at timestamptz, at timestamptz, paid_at timestamptz, failed_at timestamptz,
          cancelled_at timestamptz, doc jsonb, buyer text, attempts jsonb, cancels jsonb,
          events jsonb, transfers jsonb, deliveries jsonb, received jsonb, budget jsonb))
      """;

  private static final String INSERT =
      DOCUMENTS
          + """
          , p as (
            insert into payment (merchant_id, imp_uid, merchant_uid, holds_order, state, amount,
              currency, canceled, canceling, channel_key, customer_uid, started_at, updated_at,
              paid_at, failed_at, cancelled_at, doc, buyer, version, events, proof)
            select x.merchant_id, x.imp_uid, x.merchant_uid, x.holds_order, x.state, x.amount,
              x.currency, x.canceled, x.canceling, x.channel_key, x.customer_uid, x.started_at,
              x.at, x.paid_at, x.failed_at, x.cancelled_at, x.doc, decode(x.buyer, 'base64'), 1,
              jsonb_array_length(x.events), %s
            from x
            on conflict (merchant_id, merchant_uid) where holds_order do nothing
            returning merchant_id, imp_uid)
          """
              .formatted(Proofs.payment("x"));

  private static final String UPDATE =
      DOCUMENTS
          + """
          , p as (
            update payment set holds_order = x.holds_order, state = x.state, amount = x.amount,
              canceled = x.canceled, canceling = x.canceling,
              updated_at =
                case when jsonb_array_length(x.events) > 0 then x.at else payment.updated_at end,
              paid_at = x.paid_at, failed_at = x.failed_at, cancelled_at = x.cancelled_at,
              channel_key = x.channel_key, doc = x.doc, version = x.version + 1,
              events = payment.events + jsonb_array_length(x.events), proof = %s
            from x
            where payment.merchant_id = x.merchant_id and payment.imp_uid = x.imp_uid
              and payment.version = x.version
            returning payment.merchant_id, payment.imp_uid)
          """
              .formatted(Proofs.payment("x"));

  /** What follows the payments' own rows in both statements: only for those that were written. */
  private static final String CHILDREN =
      """
      , w as (
        select x.* from p join x on x.merchant_id = p.merchant_id and x.imp_uid = p.imp_uid)
      , a as (
        insert into attempt (merchant_id, imp_uid, no, order_id, verb, state, tid, intent,
          started_at, decided_at, due_at, tries, absent, why, pg, proof)
        select w.merchant_id, w.imp_uid, t.no, t.order_id, t.verb, t.state, t.tid,
          decode(t.intent, 'base64'), t.started_at, t.decided_at, t.due_at, t.tries, t.absent, t.why,
          w.doc ->> 'provider', %1$s
        from w, jsonb_to_recordset(w.attempts) as t(no int, order_id text, verb text,
          state text, tid text, intent text, started_at timestamptz, decided_at timestamptz,
          due_at timestamptz, tries int, absent int, why text)
        on conflict (merchant_id, imp_uid, no) do update set state = excluded.state,
          tid = excluded.tid, intent = excluded.intent, decided_at = excluded.decided_at,
          due_at = excluded.due_at, tries = excluded.tries, absent = excluded.absent,
          why = excluded.why, pg = excluded.pg, proof = excluded.proof)
      , c as (
        insert into cancellation (merchant_id, imp_uid, no, cancellation_id, amount, money, retain,
          tax_free, vat, before_amount, reason, state, announce, tid, receipt_url, refund, requester,
          goods, requested_at, done_at, due_at, tries, absent, why, pg, proof)
        select w.merchant_id, w.imp_uid, t.no, t.cancellation_id, t.amount, t.money, t.retain,
          t.tax_free, t.vat, t.before_amount, t.reason, t.state, t.announce, t.tid, t.receipt_url,
          decode(t.refund, 'base64'), t.requester, t.goods, t.requested_at, t.done_at, t.due_at,
          t.tries, t.absent, t.why, w.doc ->> 'provider', %2$s
        from w, jsonb_to_recordset(w.cancels) as t(no int, cancellation_id text,
          amount bigint, money bigint, retain boolean, tax_free bigint, vat bigint,
          before_amount bigint, reason text, state text, announce boolean, tid text,
          receipt_url text, refund text, requester text, goods jsonb,
          requested_at timestamptz, done_at timestamptz, due_at timestamptz, tries int, absent int, why text)
        on conflict (merchant_id, imp_uid, no) do update set state = excluded.state,
          before_amount = excluded.before_amount, announce = excluded.announce, tid = excluded.tid, receipt_url = excluded.receipt_url,
          refund = excluded.refund, done_at = excluded.done_at, due_at = excluded.due_at,
          tries = excluded.tries, absent = excluded.absent, why = excluded.why,
          proof = excluded.proof)
      , e as (
        insert into event (merchant_id, event_id, imp_uid, kind, status, at, data, proof)
        select w.merchant_id, t.event_id, w.imp_uid, t.kind, t.status, w.at, t.data,
          %3$s
        from w, jsonb_to_recordset(w.events) as t(event_id bigint, kind text, status text,
          data jsonb))
      , l as (
        insert into ledger (merchant_id, event_id, line, imp_uid, debit, credit, amount, currency)
        select w.merchant_id, t.event_id, t.line, w.imp_uid, t.debit, t.credit, t.amount, t.currency
        from w, jsonb_to_recordset(w.transfers) as t(event_id bigint, line int, debit text,
          credit text, amount bigint, currency text))
      , d as (
        insert into delivery (merchant_id, event_id, no, imp_uid, url, state, tries, created_at,
          due_at, endpoint_id)
        select w.merchant_id, t.event_id, t.no, w.imp_uid, t.url, 'waiting', 0, w.at, w.at,
          t.endpoint_id
        from w, jsonb_to_recordset(w.deliveries) as t(event_id bigint, no int, url text,
          endpoint_id bigint))
      , v as (
        insert into vbank_deposit (merchant_id, imp_uid, no, tid, amount, depositor, deposited_at)
        select w.merchant_id, w.imp_uid, t.no, t.tid, t.amount, decode(t.depositor, 'base64'),
          t.deposited_at
        from w, jsonb_to_recordset(w.received) as t(no int, tid text, amount bigint,
          depositor text, deposited_at timestamptz))
      """
          .formatted(Proofs.attempt("t"), Proofs.cancellation("t"), Proofs.newEvent());

  /**
   * Added only if one of the payments changes a budget. A promotion's row is written once, however
   * many of its payments there are, after all rows of payments: so that nobody who has a
   * promotion's row waits for a payment's.
   */
  private static final String BUDGETS =
      """
      , b as (
        select w.merchant_id, w.imp_uid, t.*
        from w, jsonb_to_record(w.budget) as t(promotion_id text, reserved bigint, spent bigint,
          more_reserved bigint, more_spent bigint)
        where w.budget is not null)
      , u as (
        insert into promotion_use (merchant_id, promotion_id, imp_uid, reserved, spent)
        select b.merchant_id, b.promotion_id, b.imp_uid, b.reserved, b.spent from b
        on conflict (merchant_id, promotion_id, imp_uid) do update set
          reserved = excluded.reserved, spent = excluded.spent)
      , g as (
        select merchant_id, promotion_id, sum(more_reserved)::bigint as reserved,
          sum(more_spent)::bigint as spent
        from b group by merchant_id, promotion_id)
      , o as (
        update promotion set reserved = promotion.reserved + g.reserved,
          spent = promotion.spent + g.spent
        from g
        where promotion.merchant_id = g.merchant_id
          and promotion.promotion_id = g.promotion_id)
      """;

  private static final String WRITTEN = "select merchant_id, imp_uid from p";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Shard shard;
  private final PaymentLanes lanes;

  PaymentWriter(Shard shard) {
    this.shard = shard;
    lanes =
        new PaymentLanes(
            new Statement(shard.writes(), INSERT + CHILDREN, false),
            new Statement(shard.writes(), UPDATE + CHILDREN, true));
  }

  PaymentLanes lanes() {
    return lanes;
  }

  /**
   * Whether it was written: not, if another payment holds its merchant_uid. A caller who has a
   * transaction open, because the payment belongs with something else, gets it in there; batches
   * have one of their own. A budget that is gone leaves the caller's transaction as it was.
   *
   * @throws org.springframework.dao.DataIntegrityViolationException if a budget does not hold it
   */
  boolean insert(Write payment) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      return lanes.insert(payment);
    }
    Statement within = new Statement(shard.jdbc(), INSERT + CHILDREN, false);
    return payment.budgeted()
        ? Boolean.TRUE.equals(nested().execute(status -> within.run(List.of(payment)).getFirst()))
        : within.run(List.of(payment)).getFirst();
  }

  private TransactionTemplate nested() {
    TransactionTemplate nested =
        new TransactionTemplate(
            Objects.requireNonNull(shard.transaction().getTransactionManager()));
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    return nested;
  }

  /**
   * Whether it was written: not, if the version it is based on is not the stored one.
   *
   * @throws org.springframework.dao.DuplicateKeyException if another payment holds its
   *     merchant_uid, or has written the same child row
   * @throws org.springframework.dao.DataIntegrityViolationException if a budget does not hold it
   */
  boolean update(Write payment) {
    return lanes.update(payment);
  }

  /**
   * @param changes whether it changes rows that are there
   */
  private record Statement(JdbcClient jdbc, String sql, boolean changes)
      implements Batcher.Work<Write, Boolean> {

    @Override
    public List<Boolean> run(List<Write> batch) {
      String documents = String.join(",", batch.stream().map(Write::document).toList());
      Set<Key> written =
          new HashSet<>(
              jdbc.sql(
                      batch.stream().anyMatch(Write::budgeted)
                          ? sql + BUDGETS + WRITTEN
                          : sql + WRITTEN)
                  .param("payments", "[" + documents + "]")
                  .query(Statement::key)
                  .list());
      return batch.stream().map(payment -> written.contains(payment.key())).toList();
    }

    /** One statement changes a row once. */
    @Override
    public boolean fits(Write one, List<Write> others) {
      return others.stream().noneMatch(other -> other.key().equals(one.key()));
    }

    @Override
    public Object about(Write one) {
      return one.key();
    }

    private static Key key(ResultSet row, int n) throws SQLException {
      return new Key(row.getLong("merchant_id"), row.getString("imp_uid"));
    }

    /** A connection that is lost may have taken the answer to a commit with it. */
    @Override
    public boolean isUndone(RuntimeException failure) {
      return failure instanceof DataIntegrityViolationException
          || failure instanceof ConcurrencyFailureException;
    }

    @Override
    public boolean isBlocked(RuntimeException failure) {
      return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause
          && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
    }

    @Override
    public List<Write> blocked(List<Write> batch) {
      if (!changes) {
        return List.of();
      }
      Set<Key> free =
          new HashSet<>(
              jdbc.sql(
                      """
                      select p.merchant_id, p.imp_uid
                      from unnest(:merchants::bigint[], :payments::text[]) as x(merchant_id, imp_uid)
                      join payment p on p.merchant_id = x.merchant_id and p.imp_uid = x.imp_uid
                      for update of p skip locked
                      """)
                  .param(
                      "merchants",
                      batch.stream().map(one -> one.key().merchantId()).toArray(Long[]::new))
                  .param(
                      "payments",
                      batch.stream().map(one -> one.key().impUid()).toArray(String[]::new))
                  .query(Statement::key)
                  .list());
      return batch.stream().filter(write -> !free.contains(write.key())).toList();
    }
  }
}
