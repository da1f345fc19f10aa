package dev.naru.payment;

import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Money;
import dev.naru.promotion.Benefit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks to be paid for: everything it says about a payment, whichever way it comes in.
 *
 * @param method V1's pay_method
 * @param quota months of instalment, 0 for a lump sum
 * @param customData JSON text, given back unchanged
 * @param noticeUrls where webhooks of this payment go; empty means nowhere
 * @param endpoints the numbers of the shop's endpoints of which those URLs are, in the same order;
 *     empty if the payment named them
 * @param origin where it came from
 * @param customerUid V1's customer_uid, if a billing key is used or made
 * @param usage V1's customer_uid_usage
 * @param customerId V1's customer_id: whom the PG binds a key to, null for the customer_uid
 * @param wishes what only some PGs read
 * @param promotionId V1's promotion_id: the promotion it asks for a discount of, null for none
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
    List<Long> endpoints,
    @Nullable String confirmUrl,
    Origin origin,
    @Nullable String customerUid,
    @Nullable Usage usage,
    @Nullable String customerId,
    Wishes wishes,
    @Nullable String promotionId,
    @Nullable Benefit benefit) {

  public Purchase {
    noticeUrls = List.copyOf(noticeUrls);
    endpoints = List.copyOf(endpoints);
    if (!endpoints.isEmpty() && endpoints.size() != noticeUrls.size()) {
      throw new IllegalArgumentException("not an endpoint for each URL");
    }
  }

  /** Without a discount, nor anybody else whom a key is bound to. */
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
      Wishes wishes) {
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
        List.of(),
        confirmUrl,
        origin,
        customerUid,
        usage,
        null,
        wishes,
        null,
        null);
  }

  /** The same, bought by somebody else. */
  public Purchase with(Buyer other) {
    return changed(draft -> draft.buyer = other);
  }

  /** The same, with its webhooks going to endpoints of the shop, unless it names its own URLs. */
  public Purchase announcedBy(List<HookUrls.Target> shops) {
    if (!noticeUrls.isEmpty() || shops.isEmpty()) {
      return this;
    }
    return changed(
        draft -> {
          draft.noticeUrls = shops.stream().map(HookUrls.Target::url).toList();
          draft.endpoints = shops.stream().map(HookUrls.Target::endpoint).toList();
        });
  }

  /** Where its webhooks go. */
  public List<HookUrls.Target> targets() {
    return IntStream.range(0, noticeUrls.size())
        .mapToObj(
            n ->
                new HookUrls.Target(
                    noticeUrls.get(n), endpoints.isEmpty() ? null : endpoints.get(n)))
        .toList();
  }

  /** The same with a discount. */
  public Purchase with(Benefit granted) {
    return changed(draft -> draft.benefit = granted);
  }

  /** The same, with what its billing key is for. */
  public Purchase with(Usage other) {
    return changed(draft -> draft.usage = other);
  }

  /** The same with other wishes. */
  public Purchase with(Wishes other) {
    return changed(draft -> draft.wishes = other);
  }

  /** The same at its full price. */
  Purchase withoutBenefit() {
    return changed(draft -> draft.benefit = null);
  }

  /** The same, asking for a promotion unless it asks for one itself. */
  public Purchase promotedBy(@Nullable String promotion) {
    return promotion == null || promotionId != null
        ? this
        : changed(draft -> draft.promotionId = promotion);
  }

  /** The same, with its key bound to this person, by V1's customer_id. */
  public Purchase boundTo(@Nullable String person) {
    return changed(draft -> draft.customerId = person);
  }

  /** The same by escrow. */
  public Purchase byEscrow() {
    return changed(draft -> draft.escrow = true);
  }

  /** The same, of which something else is to be paid. */
  Purchase priced(Money newAmount) {
    return changed(draft -> draft.amount = newAmount);
  }

  /** The same, with the shop asked at this URL before the money is taken. */
  public Purchase confirmedAt(@Nullable String url) {
    return changed(draft -> draft.confirmUrl = url);
  }

  private Purchase changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.purchase();
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
