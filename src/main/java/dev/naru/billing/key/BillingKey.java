package dev.naru.billing.key;

import dev.naru.connector.PgKey;
import dev.naru.connector.order.Buyer;
import dev.naru.kernel.ImpUid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shop's name for a card it may charge, and the key of it on one channel.
 *
 * @param issuedBy the payment whose window it came out of, null without a window
 */
public record BillingKey(
    long merchantId,
    String customerUid,
    String channelKey,
    PgKey key,
    Buyer customer,
    Instant insertedAt,
    Instant updatedAt,
    @Nullable ImpUid issuedBy)
    implements CustomerKey {

  /** The same, out of the window of a payment. */
  public BillingKey issuedBy(ImpUid window) {
    return new BillingKey(
        merchantId, customerUid, channelKey, key, customer, insertedAt, updatedAt, window);
  }

  @Override
  public List<BillingKey> keys() {
    return List.of(this);
  }

  /** The same, of a customer_uid that got its first key then. */
  public BillingKey since(Instant inserted) {
    return new BillingKey(
        merchantId, customerUid, channelKey, key, customer, inserted, updatedAt, issuedBy);
  }
}
