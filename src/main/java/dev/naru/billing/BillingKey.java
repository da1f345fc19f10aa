package dev.naru.billing;

import dev.naru.connector.Buyer;
import dev.naru.connector.PgKey;
import java.time.Instant;

/**
 * A shop's name for a card it may charge, and the key of it at the PG.
 *
 * @param customerUid V1's customer_uid: one per card, chosen by the shop
 * @param customer V1's customer_*: who owns the card, as the shop says
 */
public record BillingKey(
    long merchantId,
    String customerUid,
    String channelKey,
    PgKey key,
    Buyer customer,
    Instant insertedAt,
    Instant updatedAt) {

  BillingKey since(Instant inserted) {
    return new BillingKey(merchantId, customerUid, channelKey, key, customer, inserted, updatedAt);
  }
}
