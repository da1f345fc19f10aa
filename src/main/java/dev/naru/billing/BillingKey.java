package dev.naru.billing;

import dev.naru.connector.Buyer;
import dev.naru.connector.PgKey;
import java.time.Instant;
import java.util.List;

/** A shop's name for a card it may charge, and the key of it on one channel. */
public record BillingKey(
    long merchantId,
    String customerUid,
    String channelKey,
    PgKey key,
    Buyer customer,
    Instant insertedAt,
    Instant updatedAt)
    implements CustomerKey {

  @Override
  public List<BillingKey> keys() {
    return List.of(this);
  }

  BillingKey since(Instant inserted) {
    return new BillingKey(merchantId, customerUid, channelKey, key, customer, inserted, updatedAt);
  }
}
