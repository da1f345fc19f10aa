package dev.naru.payment.store;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Vault;
import dev.naru.kernel.work.Pulse;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Shards.Shard;
import dev.naru.payment.Change;
import dev.naru.payment.HookUrls;
import dev.naru.payment.Nudges;
import dev.naru.payment.Payment;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/**
 * The one door to stored payments: insert, and update. Each writes the payment, its attempts and
 * cancels, the events, the ledger and the webhooks to deliver in one commit, which concurrent
 * writes share; or nothing. No lock is held between reading and writing: a version does the same
 * without one.
 */
@Repository
public class PaymentStore implements DisposableBean, Pulse {

  private static final int ROUNDS = 50;

  /** By how much a PG's clock may be behind ours. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  static final String SELECT =
      """
      select p.*,
        (select jsonb_agg(to_jsonb(a)) from (
          select no, order_id, verb, state, tid, encode(intent, 'base64') as intent, started_at,
            decided_at, due_at, tries, absent, why
          from attempt where merchant_id = p.merchant_id and imp_uid = p.imp_uid order by no) a
        ) as attempts,
        (select jsonb_agg(to_jsonb(c)) from (
          select no, cancellation_id, amount, money, retain, tax_free, vat, before_amount, reason,
            state, announce, tid, receipt_url, encode(refund, 'base64') as refund, requester,
            goods, requested_at, done_at, due_at, tries, absent, why
          from cancellation where merchant_id = p.merchant_id and imp_uid = p.imp_uid order by no) c
        ) as cancellations,
        case when 'true' in (p.doc #>> '{wishes,account,unlimited}',
            p.doc #>> '{options,fixed_unlimited_vbank}') then
          (select jsonb_agg(to_jsonb(v)) from (
            select no, tid, amount, encode(depositor, 'base64') as depositor, deposited_at
            from vbank_deposit where merchant_id = p.merchant_id and imp_uid = p.imp_uid
            order by no) v) end as received
      from payment p
      """;

  private final Shards shards;
  private final PaymentRows rows;
  private final PaymentDocuments documents;
  private final Nudges nudges;
  private final ConcurrentMap<Shard, PaymentWriter> writers = new ConcurrentHashMap<>();

  PaymentStore(Shards shards, HubClock clock, Ids ids, Vault vault, Nudges nudges, HookUrls hooks) {
    this.shards = shards;
    this.nudges = nudges;
    rows = new PaymentRows(vault);
    documents = new PaymentDocuments(rows, clock, ids, hooks);
  }

  @Override
  public void destroy() throws InterruptedException {
    for (PaymentWriter writer : writers.values()) {
      writer.lanes().stop();
    }
  }

  @Override
  public Optional<String> trouble() {
    return writers.values().stream()
        .flatMap(writer -> writer.lanes().trouble().stream())
        .findFirst();
  }

  /**
   * Writes a new payment; empty if another holds its merchant_uid.
   *
   * @throws Failed busy if it cannot be written now: nothing was
   * @throws BudgetGone if its promotion's budget does not hold its discount any more
   */
  public Optional<Payment> insert(Change change) {
    Payment payment = change.after();
    PaymentWriter writer = writer(payment.merchantId());
    boolean written =
        writer
            .lanes()
            .unlessBusy(payment.merchantId(), () -> insert(writer, documents.of(null, change)));
    if (!written) {
      return Optional.empty();
    }
    Journal.tell(null, change);
    nudges.after(change);
    return Optional.of(payment.written(1));
  }

  /**
   * Applies a transition to the payment as it is stored, and writes it. {@code transition} may be
   * called several times; a transition that changes nothing writes nothing.
   *
   * @throws OrderTaken if the payment would take a merchant_uid that another holds
   * @throws BudgetGone if it would take budget of a promotion that is not there
   * @throws Failed what the transition throws: then nothing was written
   */
  public Payment update(long merchantId, ImpUid impUid, Function<Payment, Change> transition) {
    return update(get(merchantId, impUid), transition);
  }

  /** The same, beginning with a payment that is likely to be current: saves reading it. */
  public Payment update(Payment known, Function<Payment, Change> transition) {
    Payment current = known;
    for (int round = 0; round < ROUNDS; round++) {
      Change change = transition.apply(current);
      if (change.after().equals(current)) {
        if (round > 0) {
          return current;
        }
        // What was known may be old: that there is nothing to do must be true of what is stored.
      } else if (write(current, change)) {
        Journal.tell(current, change);
        nudges.after(change);
        return change.after().written(current.version() + 1);
      }
      current = get(known.merchantId(), known.impUid());
    }
    throw new IllegalStateException(
        "payment " + known.impUid() + " changes too fast to be written");
  }

  /**
   * The same for the intent to call a PG, which had better not be called if it is not certain that
   * what comes of it can be written.
   *
   * @throws Failed busy if it cannot be written now: nothing was
   */
  public Payment intend(Payment known, Function<Payment, Change> transition) {
    return writer(known.merchantId())
        .lanes()
        .unlessBusy(known.merchantId(), () -> update(known, transition));
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
  public Payment get(long merchantId, ImpUid impUid) {
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

  /**
   * The payment by whose account money came in then: of those whose account takes any number of
   * deposits, the newest that was there.
   *
   * @param number digits
   */
  public Optional<Payment> byAccount(
      long merchantId, String channelKey, String number, Instant at) {
    return shards
        .of(merchantId)
        .sql(
            SELECT
                + """
                where p.merchant_id = :merchant and p.channel_key = :channel and p.started_at <= :at
                  and (p.doc #>> '{wishes,account,unlimited}' = 'true' and p.doc ->> 'accountKey' = :key
                    or p.doc #>> '{options,fixed_unlimited_vbank}' = 'true'
                      and (p.doc ->> 'accountKey' = :key or regexp_replace(
                        p.doc #>> '{approval,account,number}', '[^0-9]', '', 'g') = :number))
                order by p.started_at desc limit 1
                """)
        .param("merchant", merchantId)
        .param("channel", channelKey)
        .param("number", number)
        .param("key", rows.accountKey(number))
        .param("at", Timestamp.from(at.plus(CLOCKS_DIFFER)))
        .query(rows::payment)
        .optional();
  }

  /** The payment that has a deposit of this transaction of the PG. */
  public Optional<Payment> byDeposit(long merchantId, String channelKey, String tid) {
    return shards
        .of(merchantId)
        .sql(
            SELECT
                + """
                where p.merchant_id = :merchant and p.channel_key = :channel and p.imp_uid in (
                  select imp_uid from vbank_deposit
                  where merchant_id = :merchant and tid = :tid)
                limit 1
                """)
        .param("merchant", merchantId)
        .param("channel", channelKey)
        .param("tid", tid)
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
  public static final class OrderTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    OrderTaken(Throwable cause) {
      super("merchant_uid is taken", cause);
    }
  }

  /** A promotion's budget does not hold the discount of a payment. */
  public static final class BudgetGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    BudgetGone(Throwable cause) {
      super("the budget is gone", cause);
    }
  }

  private static boolean insert(PaymentWriter writer, PaymentWriter.Write payment) {
    try {
      return writer.insert(payment);
    } catch (DataIntegrityViolationException violation) {
      throw known(violation);
    }
  }

  private static RuntimeException known(DataIntegrityViolationException violation) {
    return String.valueOf(violation.getMessage()).contains("promotion_never_overspent")
        ? new BudgetGone(violation)
        : violation;
  }

  private boolean write(Payment before, Change change) {
    try {
      return writer(before.merchantId()).update(documents.of(before, change));
    } catch (DuplicateKeyException duplicate) {
      if (String.valueOf(duplicate.getMessage()).contains("payment_order")) {
        throw new OrderTaken(duplicate);
      }
      // Someone else inserted the same attempt, cancel or event number: our version is old.
      return false;
    } catch (DataIntegrityViolationException violation) {
      throw known(violation);
    }
  }

  private PaymentWriter writer(long merchantId) {
    return writers.computeIfAbsent(shards.shard(merchantId), PaymentWriter::new);
  }
}
