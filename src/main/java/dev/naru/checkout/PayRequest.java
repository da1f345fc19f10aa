package dev.naru.checkout;

import dev.naru.checkout.sdk.NumberedScript;
import dev.naru.connector.Pg;
import dev.naru.connector.facts.Reads;
import dev.naru.connector.facts.Reads.Door;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.payment.Purchase;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a shop's page handed to {@code IMP.request_pay}, checked as far as it can be without knowing
 * the shop.
 *
 * @param purchase its noticeUrls are empty if the page names none, so that the shop's own count
 */
public record PayRequest(
    String userCode,
    @Nullable String tierCode,
    @Nullable String channelKey,
    @Nullable String pg,
    @Nullable String channelGroupId,
    Purchase purchase,
    Visitor visitor) {

  private static final int LONGEST_URL = 2_000;

  /** What the request says about itself in its headers. */
  public record Headers(
      @Nullable String origin, @Nullable String userAgent, @Nullable String acceptLanguage) {

    public static Headers of(HttpServletRequest request) {
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
  public record Meant(@Nullable Pg<?> pg, Currency currency) {}

  /**
   * @param meant asked with the envelope
   * @throws Failed invalid, with the first thing that is wrong
   */
  public static PayRequest of(JsonNode body, Headers headers, Function<Fields, Meant> meant) {
    Fields envelope = new Fields(body);
    Fields sent = envelope.object("params");
    if (!sent.node().isObject()) {
      throw Failed.invalid(Refusal.NO_PAYMENT);
    }
    Meant known = meant.apply(envelope);
    Fields loose = envelope.isTrue("every_field") ? NumberedScript.loosened(sent) : sent;
    Fields params = loose.without(Reads.unread(Door.WINDOW, known.pg(), methodOf(loose)));
    String userCode = envelope.text("user_code", 20);
    if (userCode == null) {
      throw Failed.invalid(Refusal.NO_USER_CODE);
    }
    PayRules.check(params);
    return new PayRequest(
        userCode,
        envelope.text("tier_code", 3),
        params.text("channelKey", 55),
        params.text("pg", 80),
        params.text("channelGroupId", 55),
        PagePurchase.of(envelope, params, headers.userAgent(), known.currency()),
        Visitor.of(envelope, params, headers));
  }

  /** The amount of a payment, not of a key. Throws {@link Failed} invalid. */
  public static Money amount(Fields params) {
    return PagePurchase.amount(params, PagePurchase.currency(params, Money.KRW), false);
  }

  /** The same of a request that was not checked yet. */
  private static String methodOf(Fields params) {
    String method = params.node().path("pay_method").asString("");
    return PayRules.METHODS.contains(method) ? method : "card";
  }

  static List<String> noticeUrls(Fields params) {
    List<String> urls = params.texts("notice_url", LONGEST_URL);
    if (urls.size() > 10 || !urls.stream().allMatch(PayRequest::isHttp)) {
      throw Failed.invalid(Refusal.NO_NOTICE_URL);
    }
    return urls;
  }

  public static @Nullable String url(Fields params, String name) {
    String url = params.text(name, LONGEST_URL);
    if (url != null && !isHttp(url)) {
      throw Failed.invalid(Refusal.NO_URL, name);
    }
    return url;
  }

  private static boolean isHttp(String url) {
    return url.matches(
        "(?i)https?://(?![^/?#]*@)[^\\s\"<>\\\\^`{|}/?#\\p{Cc}][^\\s\"<>\\\\^`{|}\\p{Cc}]*");
  }
}
