package dev.naru.billing;

import dev.naru.connector.Decline;
import dev.naru.kernel.ImpUid;
import dev.naru.payment.Purchase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A charge of a billing key at a time to come. Its merchant_uid is taken for good: whatever becomes
 * of it, no other schedule may have it.
 *
 * @param purchase what is charged; its customer_uid names the key
 * @param channelKey a channel the key had when it was scheduled
 * @param pinned the channel of a super key that must be charged, null for whichever is drawn
 * @param customerId whom the PG bound the key to then
 * @param at V1's schedule_at
 * @param execution the last one, null if it was never executed or waits again
 */
public record Schedule(
    long merchantId,
    Purchase purchase,
    String channelKey,
    @Nullable String pinned,
    @Nullable String customerId,
    State state,
    Instant at,
    @Nullable Instant revokedAt,
    @Nullable Execution execution) {

  /** V1's schedule_status, in lower case. */
  public enum State {
    SCHEDULED,
    EXECUTED,
    REVOKED
  }

  /**
   * What became of it: always as its payment stands now.
   *
   * @param status V1's status of the payment; {@code ready} while its outcome is not known
   */
  public record Execution(
      ImpUid impUid,
      Instant at,
      String status,
      String provider,
      String mid,
      @Nullable Decline decline) {}

  public String merchantUid() {
    return purchase.merchantUid();
  }

  public String customerUid() {
    return String.valueOf(purchase.customerUid());
  }
}
