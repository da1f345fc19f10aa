package dev.naru.checkout;

import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.payment.Purchase;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the {@link Purchase} out of what a shop's page handed to {@code IMP.request_pay}. */
final class PagePurchase {

  /** In characters: it is kept with a window that anybody may open. */
  private static final int LARGEST_CUSTOM_DATA = 4_000;

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
          // Of the API alone: a page may not say what kind of account it pays into.
          "fixed_unlimited_vbank",
          "vbank_num",
          // Of V1's former budget handler, which is no more: taken and ignored.
          "isPromotion");

  private PagePurchase() {}

  static Purchase of(Fields envelope, Fields params, @Nullable String userAgent, Currency assumed) {
    // In the order in which the old script complained.
    String merchantUid = params.required("merchant_uid", 40);
    String customerUid = params.text("customer_uid", 80);
    Currency currency = currency(params, assumed);
    Money amount = amount(params, currency, customerUid != null);
    Purchase asked =
        new Purchase(
            merchantUid,
            name(params),
            amount,
            tax(params, amount),
            method(params),
            params
                .number("card.direct.quota")
                .map(BigDecimal::intValue)
                .filter(q -> q > 0)
                .orElse(0),
            params.isTrue("escrow"),
            new Buyer(
                params.cut("buyer_name", 16),
                params.loose("buyer_email", 64),
                params.cut("buyer_tel", 16),
                params.cut("buyer_addr", 128),
                params.cut("buyer_postcode", 8)),
            customData(params),
            PayRequest.noticeUrls(params),
            PayRequest.url(params, "confirm_url"),
            new Purchase.Origin(envelope.isTrue("mobile") ? "mobile" : "pc", cut(userAgent)),
            customerUid,
            customerUid == null ? null : Purchase.Usage.ISSUE,
            Wishes.none());
    V1Parameters flat = new V1Parameters(params.flat(NO_OPTIONS));
    return asked
        .with(flat.wishes())
        .boundTo(flat.customerId())
        .promotedBy(params.text("promotion_id", 55));
  }

  private static @Nullable String customData(Fields params) {
    JsonNode custom = params.object("custom_data").node();
    boolean given =
        !custom.isMissingNode() && !custom.isNull() && !(custom.isContainer() && custom.isEmpty());
    String text = given ? custom.toString() : null;
    if (text != null && text.length() > LARGEST_CUSTOM_DATA) {
      throw Failed.invalid(Refusal.CUSTOM_DATA_TOO_LONG, LARGEST_CUSTOM_DATA);
    }
    return text;
  }

  private static String name(Fields params) {
    String name = params.cut("name", 40);
    return name == null ? params.required("name", 40) : name;
  }

  static Currency currency(Fields params, Currency assumed) {
    String code = params.text("currency", 3);
    try {
      return code == null ? assumed : Currency.getInstance(code.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw Failed.invalid(Refusal.UNKNOWN_CURRENCY);
    }
  }

  static Money amount(Fields params, Currency currency, boolean forKey) {
    BigDecimal number =
        params.number("amount").orElseThrow(() -> Failed.invalid(Refusal.AMOUNT_REQUIRED));
    if (number.signum() < 0 || (number.signum() == 0 && !forKey)) {
      throw Failed.invalid(Refusal.AMOUNT_NOT_POSITIVE);
    }
    return money("amount", number, currency);
  }

  private static Money money(String name, BigDecimal number, Currency currency) {
    try {
      return Money.ofMajor(number, currency);
    } catch (IllegalArgumentException wrong) {
      throw Failed.invalid(Refusal.WRONG_VALUE_OF, name, currency);
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
      throw Failed.invalid(Refusal.TAX_OVER_AMOUNT);
    }
    return new Tax(free, vat);
  }

  private static String method(Fields params) {
    String method = params.text("pay_method", 20);
    return method == null ? "card" : method;
  }

  private static @Nullable String cut(@Nullable String userAgent) {
    return userAgent == null || userAgent.length() <= 256 ? userAgent : userAgent.substring(0, 256);
  }
}
