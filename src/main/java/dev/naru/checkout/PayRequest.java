package dev.naru.checkout;

import dev.naru.connector.Buyer;
import dev.naru.connector.Pg;
import dev.naru.connector.Reads;
import dev.naru.connector.Reads.Door;
import dev.naru.connector.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.payment.Purchase;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a shop's page handed to {@code IMP.request_pay}, checked as far as it can be without knowing
 * the shop.
 *
 * @param noticeUrls empty if the page names none, so that the shop's own counts
 */
record PayRequest(
    String userCode,
    @Nullable String tierCode,
    @Nullable String channelKey,
    @Nullable String pg,
    @Nullable String channelGroupId,
    Purchase purchase,
    List<String> noticeUrls,
    Visitor visitor) {

  /** Named elsewhere in {@link Purchase} and {@link Visitor}, or of no meaning to a PG. */
  private static final List<String> NO_OPTIONS =
      List.of(
          "channelKey",
          "pg",
          "channelGroupId",
          "pay_method",
          "merchant_uid",
          "name",
          "amount",
          "currency",
          "tax_free",
          "vat_amount",
          "vat",
          "buyer_name",
          "buyer_tel",
          "buyer_email",
          "buyer_addr",
          "buyer_postcode",
          "customer_uid",
          "custom_data",
          "notice_url",
          "confirm_url",
          "m_redirect_url",
          "language",
          "app_scheme",
          "promotion_id",
          // Of V1's former budget handler, which is no more: taken and ignored.
          "isPromotion");

  private static final int LONGEST_URL = 2_000;

  /** In characters: it is kept with a window that anybody may open. */
  private static final int LARGEST_CUSTOM_DATA = 4_000;

  /** What the request says about itself in its headers. */
  record Headers(
      @Nullable String origin, @Nullable String userAgent, @Nullable String acceptLanguage) {

    static Headers of(HttpServletRequest request) {
      return new Headers(
          request.getHeader("Origin"),
          request.getHeader("User-Agent"),
          request.getHeader("Accept-Language"));
    }
  }

  /**
   * What can be told of a request before it is checked.
   *
   * @param pg which it is for; null if that is not known, or there is none
   * @param currency what it means if it names none
   */
  record Meant(@Nullable Pg<?> pg, Currency currency) {}

  /**
   * @param meant asked with the envelope
   * @throws Failed invalid, with the first thing that is wrong
   */
  static PayRequest of(JsonNode body, Headers headers, Function<Fields, Meant> meant) {
    Fields envelope = new Fields(body);
    Fields sent = envelope.object("params");
    if (!sent.node().isObject()) {
      throw Failed.invalid("결제 요청 정보(params)가 없습니다.");
    }
    Meant known = meant.apply(envelope);
    Fields loose = envelope.isTrue("every_field") ? NumberedScript.loosened(sent) : sent;
    Fields params = loose.without(Reads.unread(Door.WINDOW, known.pg(), methodOf(loose)));
    String userCode = envelope.text("user_code", 20);
    if (userCode == null) {
      throw Failed.invalid("가맹점 식별코드가 없습니다. IMP.init을 먼저 호출해 주세요.");
    }
    PayRules.check(params);
    return new PayRequest(
        userCode,
        envelope.text("tier_code", 3),
        params.text("channelKey", 55),
        params.text("pg", 80),
        params.text("channelGroupId", 55),
        purchase(envelope, params, headers.userAgent(), known.currency()),
        noticeUrls(params),
        Visitor.of(envelope, params, headers));
  }

  private static Purchase purchase(
      Fields envelope, Fields params, @Nullable String userAgent, Currency assumed) {
    // In the order in which the old script complained.
    String merchantUid = params.required("merchant_uid", 40);
    String customerUid = params.text("customer_uid", 80);
    Currency currency = currency(params, assumed);
    Money amount = amount(params, currency, customerUid != null);
    return new Purchase(
        merchantUid,
        name(params),
        amount,
        tax(params, amount),
        method(params),
        params.number("card.direct.quota").map(BigDecimal::intValue).filter(q -> q > 0).orElse(0),
        params.isTrue("escrow"),
        new Buyer(
            params.cut("buyer_name", 16),
            params.loose("buyer_email", 64),
            params.cut("buyer_tel", 16),
            params.cut("buyer_addr", 128),
            params.cut("buyer_postcode", 8)),
        customData(params),
        List.of(),
        url(params, "confirm_url"),
        new Purchase.Origin(envelope.isTrue("mobile") ? "mobile" : "pc", cut(userAgent)),
        customerUid,
        customerUid == null ? null : Purchase.Usage.ISSUE,
        options(params));
  }

  private static @Nullable String customData(Fields params) {
    JsonNode custom = params.object("custom_data").node();
    boolean given =
        !custom.isMissingNode() && !custom.isNull() && !(custom.isContainer() && custom.isEmpty());
    String text = given ? custom.toString() : null;
    if (text != null && text.length() > LARGEST_CUSTOM_DATA) {
      throw Failed.invalid("custom_data는 " + LARGEST_CUSTOM_DATA + "자를 초과할 수 없습니다.");
    }
    return text;
  }

  private static String name(Fields params) {
    String name = params.cut("name", 40);
    return name == null ? params.required("name", 40) : name;
  }

  private static Currency currency(Fields params, Currency assumed) {
    String code = params.text("currency", 3);
    try {
      return code == null ? assumed : Currency.getInstance(code.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw Failed.invalid("지원하지 않는 통화(currency)입니다.");
    }
  }

  private static Money amount(Fields params, Currency currency, boolean forKey) {
    BigDecimal number =
        params.number("amount").orElseThrow(() -> Failed.invalid("결제금액(amount)은 필수 입력값입니다."));
    if (number.signum() < 0 || (number.signum() == 0 && !forKey)) {
      throw Failed.invalid("결제금액(amount)은 0보다 커야 합니다.");
    }
    return money("amount", number, currency);
  }

  /** The amount of a payment, not of a key. Throws {@link Failed} invalid. */
  static Money amount(Fields params) {
    return amount(params, currency(params, Money.KRW), false);
  }

  private static Money money(String name, BigDecimal number, Currency currency) {
    try {
      return Money.ofMajor(number, currency);
    } catch (IllegalArgumentException wrong) {
      throw Failed.invalid(name + "의 값이 올바르지 않습니다. (" + currency + ")");
    }
  }

  private static Tax tax(Fields params, Money amount) {
    Currency currency = amount.currency();
    long free =
        params.number("tax_free").map(n -> money("tax_free", n, currency).minor()).orElse(0L);
    Long vat =
        params
            .number("vat_amount")
            .or(() -> params.number("vat"))
            .map(n -> money("vat_amount", n, currency).minor())
            .orElse(null);
    if (free > amount.minor() || (vat != null && vat > amount.minor() - free)) {
      throw Failed.invalid("면세 금액(tax_free)과 부가세(vat_amount)는 결제금액을 초과할 수 없습니다.");
    }
    return new Tax(free, vat);
  }

  private static String method(Fields params) {
    String method = params.text("pay_method", 20);
    return method == null ? "card" : method;
  }

  /** The same of a request that was not checked yet. */
  private static String methodOf(Fields params) {
    String method = params.node().path("pay_method").asString("");
    return PayRules.METHODS.contains(method) ? method : "card";
  }

  private static List<String> noticeUrls(Fields params) {
    List<String> urls = params.texts("notice_url", LONGEST_URL);
    if (urls.size() > 10 || !urls.stream().allMatch(PayRequest::isHttp)) {
      throw Failed.invalid("notice_url은 http 또는 https로 시작하는 URL이어야 합니다.");
    }
    return urls;
  }

  static @Nullable String url(Fields params, String name) {
    String url = params.text(name, LONGEST_URL);
    if (url != null && !isHttp(url)) {
      throw Failed.invalid(name + "은(는) http 또는 https로 시작하는 URL이어야 합니다.");
    }
    return url;
  }

  private static boolean isHttp(String url) {
    return url.matches(
        "(?i)https?://(?![^/?#]*@)[^\\s\"<>\\\\^`{|}/?#\\p{Cc}][^\\s\"<>\\\\^`{|}\\p{Cc}]*");
  }

  private static Map<String, String> options(Fields params) {
    Map<String, String> options = new HashMap<>(params.flat(NO_OPTIONS));
    // The SDK's page and its typings call it differently.
    Optional.ofNullable(options.remove("products"))
        .ifPresent(products -> options.putIfAbsent("escrowProducts", products));
    String promotion = params.text("promotion_id", 55);
    if (promotion != null) {
      options.put("promotion_id", promotion);
    }
    return options;
  }

  /** The purchase with the webhooks that the shop has set for payments that name none. */
  Purchase purchase(Optional<String> shopUrl) {
    List<String> urls = noticeUrls.isEmpty() ? shopUrl.map(List::of).orElse(List.of()) : noticeUrls;
    return new Purchase(
        purchase.merchantUid(),
        purchase.name(),
        purchase.amount(),
        purchase.tax(),
        purchase.method(),
        purchase.quota(),
        purchase.escrow(),
        purchase.buyer(),
        purchase.customData(),
        urls,
        purchase.confirmUrl(),
        purchase.origin(),
        purchase.customerUid(),
        purchase.usage(),
        purchase.options());
  }

  private static @Nullable String cut(@Nullable String userAgent) {
    return userAgent == null || userAgent.length() <= 256 ? userAgent : userAgent.substring(0, 256);
  }
}
