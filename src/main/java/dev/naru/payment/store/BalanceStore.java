package dev.naru.payment.store;

import dev.naru.merchant.Shards;
import dev.naru.payment.Balance;
import dev.naru.payment.Payment;
import java.util.List;
import org.springframework.stereotype.Repository;

/** Reads the ledger of one payment. */
@Repository
public class BalanceStore {

  private final Shards shards;

  BalanceStore(Shards shards) {
    this.shards = shards;
  }

  /**
   * What is left of a payment by its ledger.
   *
   * @param charged of what the PG charged
   * @param discount of what a promotion paid
   */
  public record Balances(Balance charged, Balance discount) {

    /** What is left of the order. */
    public Balance all() {
      return charged.plus(discount);
    }
  }

  /** Reads the ledger. */
  public Balances of(Payment payment) {
    return new Balances(
        Balance.of(payment, lines(payment, payment.receivable())),
        payment.purchase().benefit() == null
            ? Balance.NONE
            : Balance.ofDiscount(payment, lines(payment, payment.bill().promotion())));
  }

  private List<Balance.Line> lines(Payment payment, String account) {
    return shards
        .of(payment.merchantId())
        .sql(
            """
            select e.event_id, e.at, e.data ->> 'cancellation_id' as cancellation_id,
              case when l.debit = :account then l.amount else -l.amount end as moved
            from ledger l join event e
              on e.merchant_id = l.merchant_id and e.event_id = l.event_id
            where l.merchant_id = :merchant and l.imp_uid = :uid
              and :account in (l.debit, l.credit)
            order by l.event_id, l.line
            """)
        .param("merchant", payment.merchantId())
        .param("uid", payment.impUid().value())
        .param("account", account)
        .query(
            (row, n) ->
                new Balance.Line(
                    row.getLong("event_id"),
                    row.getTimestamp("at").toInstant(),
                    row.getLong("moved"),
                    row.getString("cancellation_id")))
        .list();
  }
}
