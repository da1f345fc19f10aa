package dev.naru.aftercare.story;

import dev.naru.merchant.Shards;
import dev.naru.payment.Payment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The SQL of what followed one sale, of every kind. */
@Repository
class AftercareStoryStore {

  private final Shards shards;

  AftercareStoryStore(Shards shards) {
    this.shards = shards;
  }

  /**
   * Something that was asked for after a sale.
   *
   * @param kind receipt, delivery, partner, or what {@link SaleCallStore} calls it
   * @param about its number at the tax office or courier, or what was told
   */
  record Followed(
      String kind,
      Instant at,
      String state,
      @Nullable String about,
      @Nullable String url,
      @Nullable String why) {}

  List<Followed> of(Payment payment) {
    return shards
        .of(payment.merchantId())
        .sql(
            """
            select 'receipt' as kind, requested_at as at, state, apply_num as about, url, why
            from cash_receipt where merchant_id = :merchant and imp_uid = :uid
            union all
            select 'receipt_end', revoked_at, state, apply_num, url, why
            from cash_receipt
            where merchant_id = :merchant and imp_uid = :uid and revoked_at is not null
            union all
            select 'delivery', called_at, state, company || ' ' || invoice, null, why
            from escrow_delivery where merchant_id = :merchant and imp_uid = :uid
            union all
            select 'partner', called_at, state, tid, url, why
            from partner_receipt where merchant_id = :merchant and imp_uid = :uid
            union all
            select 'call', called_at, state, kind || ' ' || detail, null, why
            from sale_call where merchant_id = :merchant and imp_uid = :uid
            order by at, kind, about
            """)
        .param("merchant", payment.merchantId())
        .param("uid", payment.impUid().value())
        .query(
            (row, n) ->
                new Followed(
                    row.getString("kind"),
                    row.getTimestamp("at").toInstant(),
                    row.getString("state"),
                    row.getString("about"),
                    row.getString("url"),
                    row.getString("why")))
        .list();
  }
}
