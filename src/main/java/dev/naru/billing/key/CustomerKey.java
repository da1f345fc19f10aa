package dev.naru.billing.key;

import dev.naru.connector.order.Buyer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shop charges when it names a customer_uid: a key on one channel, or on several. */
public sealed interface CustomerKey permits BillingKey, SuperKey {

  long merchantId();

  /** V1's customer_uid: one per card, chosen by the shop. */
  String customerUid();

  /** V1's customer_*: who owns the card, as the shop says. */
  Buyer customer();

  /** When the customer_uid got its first key. */
  Instant insertedAt();

  /** At least one, each on another channel. */
  List<BillingKey> keys();

  /** V1's customer_id: whom the PGs bound it to. */
  default @Nullable String customerId() {
    return keys().getFirst().key().owner();
  }
}
