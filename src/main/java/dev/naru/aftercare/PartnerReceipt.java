package dev.naru.aftercare;

import dev.naru.connector.aftercare.PartnerOrder.Share;
import dev.naru.kernel.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receipts for those who share a payment, asked for by one request. Immutable.
 *
 * @param no counts the requests about a payment
 * @param id what the PG knows the request by
 * @param url where they can be read, null unless issued
 * @param busyUntil until when a call about it may be running
 */
record PartnerReceipt(
    long merchantId,
    String impUid,
    int no,
    String id,
    String channelKey,
    List<Share> shares,
    State state,
    @Nullable String url,
    Instant busyUntil) {

  /** Where it stands. */
  enum State {
    /** The PG is being asked. */
    CALLING,
    /** Nobody knows whether it was issued. */
    UNKNOWN,
    ISSUED,
    REFUSED
  }

  PartnerReceipt {
    shares = List.copyOf(shares);
  }

  /** It may have been issued, and nobody has said so yet. */
  boolean isOpen() {
    return state == State.CALLING || state == State.UNKNOWN;
  }

  /** Of all shares. */
  Money amount() {
    return shares.stream().map(Share::amount).reduce(Money.zero(Money.KRW), Money::plus);
  }
}
