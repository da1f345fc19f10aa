package dev.naru.billing.key;

import dev.naru.connector.order.Buyer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * V1's super billing key (슈퍼빌링키): a card with a key on each channel of a group that gave one. What
 * it is charged by is drawn anew each time.
 *
 * @param groupId V1's channel_group_id
 * @param refused the channels that gave none
 */
public record SuperKey(String groupId, List<BillingKey> keys, List<Refused> refused)
    implements CustomerKey {

  public SuperKey {
    keys = keys.stream().sorted(Comparator.comparing(BillingKey::channelKey)).toList();
    refused = List.copyOf(refused);
  }

  /** Why a channel gave no key: V1's type. */
  public enum Cause {
    /** The channel cannot issue keys, or not with what was sent. */
    INVALID_REQUEST,
    /** The PG refused, or did not answer. */
    PG_PROVIDER
  }

  /** A channel that gave no key. */
  public record Refused(Cause cause, String message, String provider, String mid) {}

  @Override
  public long merchantId() {
    return keys.getFirst().merchantId();
  }

  @Override
  public String customerUid() {
    return keys.getFirst().customerUid();
  }

  @Override
  public Buyer customer() {
    return keys.getFirst().customer();
  }

  @Override
  public Instant insertedAt() {
    return keys.getFirst().insertedAt();
  }
}
