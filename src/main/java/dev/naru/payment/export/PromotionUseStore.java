package dev.naru.payment.export;

import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Shards;
import java.util.List;
import org.springframework.stereotype.Repository;

/** The SQL of which payments have taken of a promotion's budget. */
@Repository
class PromotionUseStore {

  private final Shards shards;

  PromotionUseStore(Shards shards) {
    this.shards = shards;
  }

  /** What a payment has taken, in won: held while it is under way, or spent. */
  record Use(ImpUid impUid, long taken) {}

  /** Those after an imp_uid, in the order of theirs; an empty text is before all. */
  List<Use> after(long merchantId, String promotionId, String impUid, int most) {
    return shards
        .of(merchantId)
        .sql(
            """
            select imp_uid, reserved + spent as taken from promotion_use
            where merchant_id = :merchant and promotion_id = :promotion and imp_uid > :after
            order by imp_uid limit :most
            """)
        .param("merchant", merchantId)
        .param("promotion", promotionId)
        .param("after", impUid)
        .param("most", most)
        .query((row, n) -> new Use(new ImpUid(row.getString("imp_uid")), row.getLong("taken")))
        .list();
  }
}
