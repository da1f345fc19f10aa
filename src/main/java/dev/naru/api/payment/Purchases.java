package dev.naru.api.payment;

import static dev.naru.payment.Refusal.VAT_OVER_TAXED;

import dev.naru.api.Refusal;
import dev.naru.api.Word;
import dev.naru.api.wire.Amounts;
import dev.naru.api.wire.Params;
import dev.naru.connector.Pg;
import dev.naru.connector.facts.Reads.Door;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Merchant;
import dev.naru.payment.HookUrls;
import dev.naru.payment.Purchase;
import dev.naru.payment.Purchase.Origin;
import dev.naru.payment.Purchase.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a {@link Purchase} and a {@link Card} out of the parameters of an API payment. */
@Component
public class Purchases {

  private static final Money LEAST_FOR_INSTALMENT = Money.krw(50_000);
  private static final int MOST_NOTICE_URLS = 10;

  private static final Set<String> PRODUCT_TYPES = Set.of("real", "digital");
  private static final Set<String> RECEIPT_TYPES =
      Set.of("person", "company", V1Parameters.NO_RECEIPT);

  /** V1's {@code product_count}, beyond which nobody counts. */
  private static final int MOST_PRODUCTS = 1_000_000;

  private final HookUrls hooks;

  Purchases(HookUrls hooks) {
    this.hooks = hooks;
  }

  /** Throws {@link Failed} invalid for the first parameter that does not fit. */
  public Purchase read(Merchant merchant, Params params, PurchaseKind kind) {
    return read(merchant, params, kind, buyer(params));
  }

  /**
   * The parameters without what the PG does not read.
   *
   * @param channel asked only if there is anything that matters; empty while none is known
   */
  public static Params readBy(Params params, String method, Supplier<Optional<Channel>> channel) {
    if (!params.hasParticular(Door.API)) {
      return params;
    }
    Pg<?> pg = channel.get().map(Channel::pg).orElse(null);
    return params.readBy(Door.API, pg, method);
  }

  /** The same for an operation whose buyer has other limits. */
  public Purchase read(Merchant merchant, Params params, PurchaseKind kind, Buyer buyer) {
    return read(merchant, params, kind, buyer, Amounts.payable(params, Amounts.currency(params)));
  }

  /** The same for an amount that is known. */
  public Purchase read(
      Merchant merchant, Params params, PurchaseKind kind, Buyer buyer, Money amount) {
    String merchantUid = params.required("merchant_uid", 40);
    String name = params.text("name", 40);
    Purchase read =
        new Purchase(
            merchantUid,
            name != null ? name : defaultName(kind, merchantUid),
            amount,
            tax(params, amount),
            kind.method(),
            quota(params, amount),
            false,
            buyer,
            params.anything("custom_data"),
            noticeUrls(params),
            null,
            new Origin("api", shortened(kind.userAgent())),
            kind.customerUid(),
            kind.usage(),
            wishes(params));
    unread(params);
    return read.boundTo(params.text("customer_id", 300))
        .promotedBy(promotion(params))
        .announcedBy(shopsOwn(merchant, kind));
  }

  Buyer buyer(Params params) {
    return new Buyer(
        params.text("buyer_name", 16),
        params.text("buyer_email", 64),
        params.text("buyer_tel", 16),
        params.text("buyer_addr", 128),
        params.text("buyer_postcode", 8));
  }

  private static Tax tax(Params params, Money amount) {
    BigDecimal free = params.number("tax_free");
    BigDecimal vat = params.number("vat_amount");
    Tax tax =
        new Tax(
            free == null ? 0 : Amounts.of("tax_free", free, amount.currency()).minor(),
            vat == null ? null : Amounts.of("vat_amount", vat, amount.currency()).minor());
    if (tax.free() > amount.minor()) {
      throw Failed.invalid(Refusal.TAX_FREE_OVER_PAYMENT);
    }
    if (tax.vat() != null && tax.vat() + tax.free() > amount.minor()) {
      throw Failed.invalid(VAT_OVER_TAXED);
    }
    return tax;
  }

  private static int quota(Params params, Money amount) {
    int quota = params.whole("card_quota", 0, 0, 60);
    if (quota == 1) {
      throw Failed.invalid(Refusal.QUOTA_OF_ONE);
    }
    boolean tooSmall =
        quota >= 2 && amount.currency().equals(Money.KRW) && LEAST_FOR_INSTALMENT.exceeds(amount);
    if (tooSmall) {
      throw Failed.invalid(Refusal.QUOTA_TOO_SMALL);
    }
    return quota;
  }

  /** For a schedule, the merchant's own URL is that of the day on which it is executed. */
  private List<HookUrls.Target> shopsOwn(Merchant merchant, PurchaseKind kind) {
    return kind.usage() == Usage.PAYMENT_SCHEDULED ? List.of() : hooks.defaults(merchant.id());
  }

  private static List<String> noticeUrls(Params params) {
    List<String> given = params.texts("notice_url", 2_000, MOST_NOTICE_URLS);
    given.forEach(url -> UrlParams.checkUrl("notice_url", url));
    return given;
  }

  private static Wishes wishes(Params params) {
    Wishes none = Wishes.none();
    Wishes wishes =
        none.with(none.cards().with(params.flag("interest_free_by_merchant")))
            .passing(V1Parameters.handedOn(params.flat("bypass"), params.flat("extra")));
    boolean receipt =
        !V1Parameters.NO_RECEIPT.equals(params.oneOf("cash_receipt_type", RECEIPT_TYPES));
    return receipt ? wishes : wishes.withoutReceipt();
  }

  /** V1's, and of no meaning to any PG here: they are checked all the same. */
  private static void unread(Params params) {
    params.flag("use_card_point");
    params.oneOf("product_type", PRODUCT_TYPES);
    params.whole("product_count", 1, 1, MOST_PRODUCTS);
    params.text("browser_ip", 45);
    params.number("vat");
    params.text("secure_3d_charge_id", 300);
    params.text("secure_3d_token", 300);
  }

  /** V1's example of onetime writes it in camel case, all else does not: both are read. */
  public static @Nullable String promotion(Params params) {
    return params.text("promotion_id", "promotionId", 55);
  }

  private static String defaultName(PurchaseKind kind, String merchantUid) {
    Word name = kind.defaultName();
    return name == null ? merchantUid : Wording.KOREAN.of(name);
  }

  private static @Nullable String shortened(@Nullable String userAgent) {
    return userAgent == null || userAgent.length() <= 256 ? userAgent : userAgent.substring(0, 256);
  }
}
