package dev.naru.payment;

import dev.naru.connector.Buyer;
import dev.naru.connector.Tax;
import dev.naru.kernel.Money;
import dev.naru.promotion.Benefit;
import java.util.HashMap;
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
 * @param benefit the discount it was granted; null for none, and as long as nobody has asked
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
    Map<String, String> options,
    @Nullable Benefit benefit) {

  private static final String PROMOTION = "promotion_id";

  public Purchase {
    noticeUrls = List.copyOf(noticeUrls);
    options = Map.copyOf(options);
  }

  /** Without a discount. */
  public Purchase(
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
    this(
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
        confirmUrl,
        origin,
        customerUid,
        usage,
        options,
        null);
  }

  /** V1's promotion_id: the promotion it asks for a discount of, null for none. */
  public @Nullable String promotionId() {
    return options.get(PROMOTION);
  }

  /** The same, bought by somebody else. */
  public Purchase with(Buyer other) {
    return copy(other, noticeUrls, options, benefit);
  }

  /** The same, with its webhooks going elsewhere. */
  public Purchase with(List<String> otherUrls) {
    return copy(buyer, otherUrls, options, benefit);
  }

  /** The same with a discount. */
  public Purchase with(Benefit granted) {
    return copy(buyer, noticeUrls, options, granted);
  }

  /** The same, with what its billing key is for. */
  public Purchase with(Usage other) {
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
        confirmUrl,
        origin,
        customerUid,
        other,
        options,
        benefit);
  }

  /** The same at its full price. */
  Purchase withoutBenefit() {
    return copy(buyer, noticeUrls, options, null);
  }

  /** The same, asking for a promotion unless it asks for one itself. */
  public Purchase promotedBy(@Nullable String promotionId) {
    if (promotionId == null || promotionId() != null) {
      return this;
    }
    Map<String, String> more = new HashMap<>(options);
    more.put(PROMOTION, promotionId);
    return copy(buyer, noticeUrls, more, benefit);
  }

  /** The same with what more only some PGs read, by its V1 name. */
  public Purchase with(Map<String, String> moreOptions) {
    Map<String, String> all = new HashMap<>(options);
    all.putAll(moreOptions);
    return copy(buyer, noticeUrls, all, benefit);
  }

  /** The same by escrow. */
  public Purchase byEscrow() {
    return new Purchase(
        merchantUid,
        name,
        amount,
        tax,
        method,
        quota,
        true,
        buyer,
        customData,
        noticeUrls,
        confirmUrl,
        origin,
        customerUid,
        usage,
        options,
        benefit);
  }

  /** The same, of which something else is to be paid. */
  Purchase priced(Money newAmount) {
    return new Purchase(
        merchantUid,
        name,
        newAmount,
        tax,
        method,
        quota,
        escrow,
        buyer,
        customData,
        noticeUrls,
        confirmUrl,
        origin,
        customerUid,
        usage,
        options,
        benefit);
  }

  private Purchase copy(
      Buyer newBuyer,
      List<String> newUrls,
      Map<String, String> newOptions,
      @Nullable Benefit newBenefit) {
    return new Purchase(
        merchantUid,
        name,
        amount,
        tax,
        method,
        quota,
        escrow,
        newBuyer,
        customData,
        newUrls,
        confirmUrl,
        origin,
        customerUid,
        usage,
        newOptions,
        newBenefit);
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
