package dev.naru.aftercare;

import dev.naru.aftercare.CashReceipt.Sale;
import dev.naru.aftercare.CashReceipt.Terms;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import dev.naru.payment.Payment;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of cash receipts. */
@Repository
class CashReceiptStore {

  private final Shards shards;
  private final CashReceiptRows rows;

  CashReceiptStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    rows = new CashReceiptRows(vault, json);
  }

  /** What came of an insert. */
  enum Inserted {
    DONE,
    /** The sale has a live receipt. */
    TAKEN,
    /** The payment was changed since it was read: the amount may be wrong. */
    CHANGED
  }

  /**
   * Writes a receipt that is about to be asked for.
   *
   * @param payment the payment it is for, as it was read; null for a sale outside
   */
  Inserted insert(CashReceipt fresh, @Nullable Payment payment, Instant due) {
    Terms terms = fresh.terms();
    try {
      int written =
          rows.bound(
                  shards
                      .of(fresh.merchantId())
                      .sql(
                          """
                          insert into cash_receipt (merchant_id, receipt_id, imp_uid, merchant_uid,
                            channel_key, name, amount, tax_free, vat, purpose, requested_at, state,
                            who, tid, apply_num, url, applied_at, revoked_at, due_at, tries,
                            revokes, why)
                          select :merchant, :id, :uid, :order, :channel, :name, :amount, :free,
                            :vat, :purpose, :requested, :state, :who, :tid, :applyNum, :url,
                            :applied::timestamptz, :revoked::timestamptz, :due, :tries, :revokes,
                            :why
                          where :version = 0 or exists (
                            select 1 from payment where merchant_id = :merchant
                              and imp_uid = :uid and version = :version)
                          """),
                  fresh,
                  due)
              .param("uid", fresh.sale().impUid(), Types.VARCHAR)
              .param("order", fresh.sale().merchantUid(), Types.VARCHAR)
              .param("channel", fresh.channelKey())
              .param("name", terms.name())
              .param("amount", terms.amount().minor())
              .param("free", terms.tax().free())
              .param("vat", terms.tax().vat(), Types.BIGINT)
              .param("purpose", terms.use().name().toLowerCase(Locale.ROOT))
              .param("requested", Timestamp.from(terms.requestedAt()))
              .param("version", payment == null ? 0 : payment.version())
              .update();
      return written == 1 ? Inserted.DONE : Inserted.CHANGED;
    } catch (DuplicateKeyException live) {
      return Inserted.TAKEN;
    }
  }

  /**
   * Writes what became of a receipt.
   *
   * @param due when it is looked at next, null if it need not
   * @return false if somebody else wrote it meanwhile
   */
  boolean update(CashReceipt before, CashReceipt after, @Nullable Instant due) {
    return rows.bound(
                shards
                    .of(after.merchantId())
                    .sql(
                        """
                        update cash_receipt set state = :state, who = :who, tid = :tid,
                          apply_num = :applyNum, url = :url, applied_at = :applied,
                          revoked_at = :revoked, due_at = :due, tries = :tries,
                          revokes = :revokes, why = :why
                        where merchant_id = :merchant and receipt_id = :id and tries = :before
                        """),
                after,
                due)
            .param("before", before.tries())
            .update()
        == 1;
  }

  /** The newest that was not refused. */
  Optional<CashReceipt> of(long merchantId, Sale sale) {
    return shards
        .of(merchantId)
        .sql(
            """
            select * from cash_receipt
            where merchant_id = :merchant and (imp_uid = :uid or merchant_uid = :order)
              and state <> 'refused'
            order by requested_at desc, receipt_id desc limit 1
            """)
        .param("merchant", merchantId)
        .param("uid", sale.impUid(), Types.VARCHAR)
        .param("order", sale.merchantUid(), Types.VARCHAR)
        .query(rows::receipt)
        .optional();
  }

  /** Which of these payments have a receipt that is valid now. */
  Set<String> issued(long merchantId, Collection<String> impUids) {
    return new HashSet<>(
        shards
            .of(merchantId)
            .sql(
                """
                select imp_uid from cash_receipt
                where merchant_id = :merchant and imp_uid in (:uids)
                  and state in ('issued', 'revoking')
                """)
            .param("merchant", merchantId)
            .param("uids", impUids)
            .query(String.class)
            .list());
  }
}
