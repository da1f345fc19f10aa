package dev.naru.api;

import dev.naru.connector.Buyer;
import dev.naru.connector.Card;
import dev.naru.connector.Pg;
import dev.naru.connector.Reads.Door;
import dev.naru.connector.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Purchase;
import dev.naru.payment.Purchase.Origin;
import dev.naru.payment.Purchase.Usage;
import dev.naru.webhook.Webhooks;
import java.math.BigDecimal;
import java.net.URI;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a {@link Purchase} and a {@link Card} out of the parameters of an API payment. */
@Component
class Purchases {

  private static final Money LEAST_FOR_INSTALMENT = Money.krw(50_000);
  private static final int MOST_NOTICE_URLS = 10;
  private static final Pattern CARD_NUMBER = Pattern.compile("[0-9]{14,16}");
  private static final Pattern BIRTH = Pattern.compile("[0-9]{6}|[0-9]{10}");
  private static final Pattern LONG_BIRTH = Pattern.compile("(19|20)[0-9]{6}");
  private static final Pattern PIN = Pattern.compile("[0-9]{2}");
  private static final Pattern CVC = Pattern.compile("[0-9]{3,4}");
  private static final Pattern COMPACT = Pattern.compile("^([0-9]{4})([0-9]{2})$");

  private static final Set<String> PRODUCT_TYPES = Set.of("real", "digital");
  private static final Set<String> RECEIPT_TYPES = Set.of("person", "company", "anonymous");

  /** V1's {@code product_count}, beyond which nobody counts. */
  private static final int MOST_PRODUCTS = 1_000_000;

  private final Webhooks webhooks;

  Purchases(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** What differs between the operations. */
  record Kind(
      String method,
      @Nullable String defaultName,
      @Nullable String customerUid,
      @Nullable Usage usage,
      @Nullable String userAgent) {}

  /** Throws {@link Failed} invalid for the first parameter that does not fit. */
  Purchase read(Merchant merchant, Params params, Kind kind) {
    return read(merchant, params, kind, buyer(params));
  }

  /**
   * The parameters without what the PG does not read.
   *
   * @param channel asked only if there is anything that matters; empty while none is known
   */
  static Params readBy(Params params, String method, Supplier<Optional<Channel>> channel) {
    if (!params.hasParticular(Door.API)) {
      return params;
    }
    Pg<?> pg = channel.get().map(Channel::pg).orElse(null);
    return params.readBy(Door.API, pg, method);
  }

  /** The same for an operation whose buyer has other limits. */
  Purchase read(Merchant merchant, Params params, Kind kind, Buyer buyer) {
    return read(merchant, params, kind, buyer, Amounts.payable(params, Amounts.currency(params)));
  }

  /** The same for an amount that is known. */
  Purchase read(Merchant merchant, Params params, Kind kind, Buyer buyer, Money amount) {
    String merchantUid = params.required("merchant_uid", 40);
    String name = params.text("name", 40);
    return new Purchase(
        merchantUid,
        name != null ? name : defaultName(kind, merchantUid),
        amount,
        tax(params, amount),
        kind.method(),
        quota(params, amount),
        false,
        buyer,
        params.anything("custom_data"),
        noticeUrls(merchant, params, kind),
        null,
        new Origin("api", shortened(kind.userAgent())),
        kind.customerUid(),
        kind.usage(),
        options(params));
  }

  Buyer buyer(Params params) {
    return new Buyer(
        params.text("buyer_name", 16),
        params.text("buyer_email", 64),
        params.text("buyer_tel", 16),
        params.text("buyer_addr", 128),
        params.text("buyer_postcode", 8));
  }

  /** Whether a request has card data at all. */
  static boolean hasCard(Params params) {
    return params.has("card_number");
  }

  /** The card data of a request. It is held for this request only. */
  Card card(Params params) {
    String number = params.required("card_number", 40).replaceAll("[ -]", "");
    if (!CARD_NUMBER.matcher(number).matches()) {
      throw Failed.invalid("카드번호 형식이 올바르지 않습니다. (card_number: dddd-dddd-dddd-dddd)");
    }
    return new Card(
        new Secret(number),
        expiry(params.required("expiry", 7)),
        secret(params, "birth", BIRTH, "생년월일 6자리 또는 사업자등록번호 10자리"),
        secret(params, "pwd_2digit", PIN, "카드 비밀번호 앞 2자리"),
        secret(params, "cvc", CVC, "카드 인증번호 3~4자리"));
  }

  /** Whether the month has passed is for the PG to say. */
  private static YearMonth expiry(String text) {
    try {
      return YearMonth.parse(COMPACT.matcher(text.strip()).replaceFirst("$1-$2"));
    } catch (DateTimeParseException malformed) {
      throw Failed.invalid("카드 유효기간 형식이 올바르지 않습니다. (expiry: YYYY-MM)");
    }
  }

  private static @Nullable Secret secret(Params params, String name, Pattern form, String meaning) {
    String text = params.text(name, 40);
    if (text == null) {
      return null;
    }
    String digits = text.replace("-", "");
    if (form == BIRTH && LONG_BIRTH.matcher(digits).matches()) {
      digits = digits.substring(2);
    }
    if (!form.matcher(digits).matches()) {
      throw Failed.invalid("파라미터 형식이 올바르지 않습니다. (" + name + ": " + meaning + ")");
    }
    return new Secret(digits);
  }

  private static Tax tax(Params params, Money amount) {
    BigDecimal free = params.number("tax_free");
    BigDecimal vat = params.number("vat_amount");
    Tax tax =
        new Tax(
            free == null ? 0 : Amounts.of("tax_free", free, amount.currency()).minor(),
            vat == null ? null : Amounts.of("vat_amount", vat, amount.currency()).minor());
    if (tax.free() > amount.minor()) {
      throw Failed.invalid("면세 금액(tax_free)은 결제 금액을 초과할 수 없습니다.");
    }
    if (tax.vat() != null && tax.vat() + tax.free() > amount.minor()) {
      throw Failed.invalid("부가세(vat_amount)는 과세 금액을 초과할 수 없습니다.");
    }
    return tax;
  }

  private static int quota(Params params, Money amount) {
    int quota = params.whole("card_quota", 0, 0, 60);
    if (quota == 1) {
      throw Failed.invalid("할부 개월 수는 0(일시불) 또는 2 이상이어야 합니다. (card_quota)");
    }
    boolean tooSmall =
        quota >= 2 && amount.currency().equals(Money.KRW) && LEAST_FOR_INSTALMENT.exceeds(amount);
    if (tooSmall) {
      throw Failed.invalid("할부는 50,000원 이상 결제부터 가능합니다. (card_quota)");
    }
    return quota;
  }

  /** For a schedule, the merchant's own URL is that of the day on which it is executed. */
  private List<String> noticeUrls(Merchant merchant, Params params, Kind kind) {
    List<String> given = params.texts("notice_url", 2_000, MOST_NOTICE_URLS);
    given.forEach(url -> checkUrl("notice_url", url));
    return given.isEmpty() && kind.usage() != Usage.PAYMENT_SCHEDULED
        ? webhooks.defaultUrl(merchant.id()).map(List::of).orElse(List.of())
        : given;
  }

  /** Where the shop is asked before the money is taken, null if it does not want to be. */
  static @Nullable String confirmUrl(Params params) {
    String url = params.text("confirm_url", 2_000);
    if (url != null) {
      checkUrl("confirm_url", url);
    }
    return url;
  }

  private static void checkUrl(String name, String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return;
      }
    } catch (IllegalArgumentException malformed) {
      // falls through to the refusal
    }
    throw Failed.invalid("웹훅 URL 형식이 올바르지 않습니다. (" + name + ")");
  }

  /** What only some PGs read, by its V1 name. */
  private static Map<String, String> options(Params params) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String flag : List.of("interest_free_by_merchant", "use_card_point")) {
      if (params.has(flag)) {
        options.put(flag, String.valueOf(params.flag(flag)));
      }
    }
    put(options, "product_type", params.oneOf("product_type", PRODUCT_TYPES));
    put(options, "cash_receipt_type", params.oneOf("cash_receipt_type", RECEIPT_TYPES));
    if (params.has("product_count")) {
      int count = params.whole("product_count", 1, 1, MOST_PRODUCTS);
      options.put("product_count", String.valueOf(count));
    }
    put(options, "browser_ip", params.text("browser_ip", 45));
    put(options, "customer_id", params.text("customer_id", 300));
    put(options, "bypass", params.anything("bypass"));
    put(options, "promotion_id", promotion(params));
    unread(params);
    return options;
  }

  private static void put(Map<String, String> options, String name, @Nullable String value) {
    if (value != null) {
      options.put(name, value);
    }
  }

  /** V1's, and of no meaning to any PG here: they are checked all the same. */
  private static void unread(Params params) {
    params.number("vat");
    params.text("secure_3d_charge_id", 300);
    params.text("secure_3d_token", 300);
  }

  /** V1's example of onetime writes it in camel case, all else does not: both are read. */
  static @Nullable String promotion(Params params) {
    return params.text("promotion_id", "promotionId", 55);
  }

  private static String defaultName(Kind kind, String merchantUid) {
    return kind.defaultName() == null ? merchantUid : kind.defaultName();
  }

  private static @Nullable String shortened(@Nullable String userAgent) {
    return userAgent == null || userAgent.length() <= 256 ? userAgent : userAgent.substring(0, 256);
  }
}
