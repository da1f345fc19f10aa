package dev.naru.connector.aftercare;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a shop has come with handing over what was bought, in V1's words for Paymentwall.
 *
 * @param physical goods that are sent; otherwise they are digital
 * @param parcel the carrier and its number of the parcel, null for digital goods
 * @param refundable whether the buyer may still send it back
 * @param address the parts of V1's {@code shipping_address_…} that the shop gave, by their names
 *     without that prefix
 */
public record DeliveryReport(
    String merchantUid,
    boolean physical,
    String status,
    @Nullable Parcel parcel,
    Instant deliveryExpectedAt,
    Instant updateExpectedAt,
    boolean refundable,
    @Nullable String reason,
    @Nullable String details,
    Map<String, String> address) {

  public DeliveryReport {
    address = Map.copyOf(address);
  }

  /** What a carrier knows a parcel by. */
  public record Parcel(String carrier, String trackingId) {}

  /**
   * What the PG made of it.
   *
   * @param refusal why it was not taken, null if it was
   * @param notices what the PG remarks
   */
  public record Verdict(@Nullable Refusal refusal, List<String> notices) {

    public Verdict {
      notices = List.copyOf(notices);
    }
  }

  /** The PG's own code and text. */
  public record Refusal(int code, String text) {}
}
