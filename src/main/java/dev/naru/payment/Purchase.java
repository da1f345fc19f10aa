package dev.naru.payment;

import dev.naru.connector.Buyer;
import dev.naru.connector.Tax;
import dev.naru.kernel.Money;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks to be paid for: everything it says about a payment, whichever way it comes in.
 *
 * @param method V1's pay_method
 * @param quota months of instalment, 0 for a lump sum
 * @param customData JSON text, given back unchanged
 * @param noticeUrls where webhooks of this payment go; empty means nowhere
 * @param origin where it came from
 * @param customerUid V1's customer_uid, if a billing key is used or made
 * @param usage V1's customer_uid_usage
 * @param options parameters that only some PGs read, by their V1 names
 */
public record Purchase(
    String merchantUid,
    String name,
    Money amount,
    Tax tax,
    String method,
    int quota,
    boolean escrow,
    Buyer buyer,
    @Nullable String customData,
    List<String> noticeUrls,
    @Nullable String confirmUrl,
    Origin origin,
    @Nullable String customerUid,
    @Nullable Usage usage,
    Map<String, String> options) {

  public Purchase {
    noticeUrls = List.copyOf(noticeUrls);
    options = Map.copyOf(options);
  }

  /** The same, bought by somebody else. */
  public Purchase with(Buyer other) {
    return new Purchase(
        merchantUid,
        name,
        amount,
        tax,
        method,
        quota,
        escrow,
        other,
        customData,
        noticeUrls,
        confirmUrl,
        origin,
        customerUid,
        usage,
        options);
  }

  /** The same, with its webhooks going elsewhere. */
  public Purchase with(List<String> otherUrls) {
    return new Purchase(
        merchantUid,
        name,
        amount,
        tax,
        method,
        quota,
        escrow,
        buyer,
        customData,
        otherUrls,
        confirmUrl,
        origin,
        customerUid,
        usage,
        options);
  }

  /** The same, with the shop asked at this URL before the money is taken. */
  public Purchase confirmedAt(@Nullable String url) {
    return new Purchase(
        merchantUid,
        name,
        amount,
        tax,
        method,
        quota,
        escrow,
        buyer,
        customData,
        noticeUrls,
        url,
        origin,
        customerUid,
        usage,
        options);
  }

  /**
   * Where a request came from.
   *
   * @param channel V1's channel: pc, mobile or api
   */
  public record Origin(String channel, @Nullable String userAgent) {}

  /** V1's customer_uid_usage, its wire names in lower case with a dot for the underscore. */
  public enum Usage {
    ISSUE,
    PAYMENT,
    PAYMENT_SCHEDULED
  }
}
