package dev.naru.aftercare.escrow;

import dev.naru.connector.aftercare.Shipment;
import dev.naru.merchant.Shards;
import dev.naru.payment.Payment;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/** The SQL of escrow deliveries: each call to the PG is a row. */
@Repository
class EscrowDeliveryStore {

  private final Shards shards;

  EscrowDeliveryStore(Shards shards) {
    this.shards = shards;
  }

  /** What came of a call. */
  enum End {
    DONE,
    REFUSED,
    UNKNOWN
  }

  /** The newest that the PG took. */
  Optional<EscrowDelivery> of(Payment payment) {
    return shards
        .of(payment.merchantId())
        .sql(
            """
            select company, invoice, sent_at, applied_at from escrow_delivery
            where merchant_id = :merchant and imp_uid = :uid and state = 'done'
            order by no desc limit 1
            """)
        .param("merchant", payment.merchantId())
        .param("uid", payment.impUid().value())
        .query(
            (row, n) ->
                new EscrowDelivery(
                    row.getString("company"),
                    row.getString("invoice"),
                    row.getTimestamp("sent_at").toInstant(),
                    row.getTimestamp("applied_at").toInstant()))
        .optional();
  }

  /**
   * Commits that the PG is about to be told. A call whose lease is over is given up.
   *
   * @return its number; empty if another call is under way
   */
  OptionalInt call(Payment payment, Shipment delivery, Instant now, Instant until) {
    shards
        .of(payment.merchantId())
        .sql(
            """
            update escrow_delivery set state = 'unknown', why = 'its node died'
            where merchant_id = :merchant and imp_uid = :uid and state = 'calling'
              and busy_until <= :now
            """)
        .param("merchant", payment.merchantId())
        .param("uid", payment.impUid().value())
        .param("now", Timestamp.from(now))
        .update();
    try {
      return OptionalInt.of(
          shards
              .of(payment.merchantId())
              .sql(
                  """
                  insert into escrow_delivery (merchant_id, imp_uid, no, state, company, invoice,
                    sent_at, called_at, busy_until)
                  select :merchant, :uid, coalesce(max(no), 0) + 1, 'calling', :company, :invoice,
                    :sent, :now, :until
                  from escrow_delivery where merchant_id = :merchant and imp_uid = :uid
                  returning no
                  """)
              .param("merchant", payment.merchantId())
              .param("uid", payment.impUid().value())
              .param("company", delivery.company())
              .param("invoice", delivery.invoice())
              .param("sent", Timestamp.from(delivery.sentAt()))
              .param("now", Timestamp.from(now))
              .param("until", Timestamp.from(until))
              .query(Integer.class)
              .single());
    } catch (DuplicateKeyException running) {
      return OptionalInt.empty();
    }
  }

  /**
   * @param at when the PG took it, if it did
   */
  void end(Payment payment, int no, End end, @Nullable Instant at, @Nullable String why) {
    shards
        .of(payment.merchantId())
        .sql(
            """
            update escrow_delivery set state = :state, applied_at = :at, why = :why
            where merchant_id = :merchant and imp_uid = :uid and no = :no
              and state in ('calling', 'unknown')
            """)
        .param("merchant", payment.merchantId())
        .param("uid", payment.impUid().value())
        .param("no", no)
        .param("state", end.name().toLowerCase(java.util.Locale.ROOT))
        .param("at", at == null ? null : Timestamp.from(at), Types.TIMESTAMP)
        .param("why", why, Types.VARCHAR)
        .update();
  }
}
