package dev.naru.payment;

import dev.naru.merchant.Shards;
import org.springframework.stereotype.Repository;

/** Reads the ledger of one payment. */
@Repository
public class BalanceStore {

  private final Shards shards;

  BalanceStore(Shards shards) {
    this.shards = shards;
  }

  /** What is left of a payment by its ledger. */
  public Balance of(Payment payment) {
    return Balance.of(
        payment,
        shards
            .of(payment.merchantId())
            .sql(
                """
                select e.at, e.data ->> 'cancellation_id' as cancellation_id,
                  case when l.debit = :account then l.amount else -l.amount end as moved
                from ledger l join event e
                  on e.merchant_id = l.merchant_id and e.event_id = l.event_id
                where l.merchant_id = :merchant and l.imp_uid = :uid
                  and :account in (l.debit, l.credit)
                order by l.event_id, l.line
                """)
            .param("merchant", payment.merchantId())
            .param("uid", payment.impUid().value())
            .param("account", payment.receivable())
            .query(
                (row, n) ->
                    new Balance.Line(
                        row.getTimestamp("at").toInstant(),
                        row.getLong("moved"),
                        row.getString("cancellation_id")))
            .list());
  }
}
