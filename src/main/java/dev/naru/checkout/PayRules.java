package dev.naru.checkout;

import dev.naru.kernel.Failed;
import dev.naru.kernel.work.Due;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What V1 says about the optional parameters of {@code IMP.request_pay}. Whatever else a page sends
 * is passed on as it is: PGs have parameters of their own.
 */
public final class PayRules {

  static final Set<String> METHODS =
      Set.of(
          "alipay",
          "alipay_plus",
          "amazonpay",
          "applepay",
          "aupay",
          "booknlife",
          "card",
          "culturegift",
          "cultureland",
          "cvs",
          "dbarai",
          "econtext",
          "happymoney",
          "kakaopay",
          "kpay",
          "lpay",
          "merpay",
          "molpay",
          "moneytree",
          "naverpay",
          "naverpay_bridge",
          "naverpay_card",
          "naverpay_point",
          "payco",
          "paypal",
          "paypay",
          "paysbuy",
          "phone",
          "pinpay",
          "point",
          "rakutenpay",
          "samsung",
          "samsungpay",
          "skpay",
          "smartculture",
          "ssgpay",
          "ssgpay_bank",
          "tenpay",
          "toss_brandpay",
          "tosspay",
          "tosspay_card",
          "tosspay_money",
          "trans",
          "unionpay",
          "vbank",
          "wechat");

  public static final List<String> TRUTHS =
      List.of(
          "appCard",
          "card.useInstallment",
          "digital",
          "display.only_installment",
          "escrow",
          "kakaoOpenApp",
          "kakaopayMobileAsPC",
          "naverCultureBenefit",
          "naverPopupMode",
          "niceMobileV2",
          "popup",
          "useCardPoint",
          "useFreeInterestFromMall",
          "use_test_method");

  public static final List<String> OBJECTS =
      List.of(
          "alipay_plus",
          "bypass",
          "card",
          "card.direct",
          "cvs",
          "display",
          "naverInterface",
          "optional",
          "period",
          "phone",
          "prefill",
          "storeDetails");

  public static final List<String> LISTS =
      List.of(
          "card.detail",
          "escrowProducts",
          "kcpProducts",
          "kiccProducts",
          "naverProducts",
          "phone.detail",
          "products");

  private static final Set<String> CARRIERS = Set.of("SKT", "KTF", "LGT", "CJH", "KCT", "SKL", "*");

  /** KCP wants 60 or 80 added for a payment that takes card points, too. */
  private static final BigDecimal LONGEST_QUOTA = BigDecimal.valueOf(99);

  private PayRules() {}

  /**
   * @param params without what the PG or the method does not read
   * @throws Failed invalid, with the first thing that is wrong
   */
  static void check(Fields params) {
    TRUTHS.forEach(params::truth);
    OBJECTS.forEach(params::mayBeObject);
    LISTS.forEach(params::objects);
    String method = params.text("pay_method", 20);
    if (method != null && !METHODS.contains(method)) {
      throw Failed.invalid(Refusal.UNKNOWN_METHOD);
    }
    card(params);
    phone(params);
    String due = params.loose("vbank_due", 40);
    if (due != null && Due.read(due).isEmpty()) {
      throw Failed.invalid(Refusal.WRONG_FORM_WANTED, "vbank_due", Word.ANY_DATE);
    }
    for (String date : List.of("naverUseCfm", "naverPurchaserBirthday")) {
      matches(params, date, Pattern.compile("\\d{8}"), Word.DATE);
    }
    matches(params, "auth_mode", Pattern.compile("key-in"), "key-in");
    params.loose("period.from", 20);
    params.loose("period.to", 20);
    params.text("period.interval", 10);
    params.text("customer_id", 255);
    params.text("company", 100);
  }

  private static void card(Fields params) {
    quota(params, "card.direct.quota");
    params.number("card.interest_free");
    params.text("card.direct.code", 10);
    params.numbers("display.card_quota").forEach(each -> months("display.card_quota", each));
    for (Fields each : params.objects("card.detail")) {
      each.required("card_code", 10);
      each.truth("enabled");
      quota(each, "max_month");
    }
  }

  private static void quota(Fields params, String name) {
    params.number(name).ifPresent(months -> months(name, months));
  }

  private static void months(String name, BigDecimal months) {
    if (months.signum() < 0
        || months.compareTo(LONGEST_QUOTA) > 0
        || months.stripTrailingZeros().scale() > 0) {
      throw Failed.invalid(Refusal.NO_MONTHS, name);
    }
  }

  private static void phone(Fields params) {
    params.loose("prefill.phoneNumber", 16);
    carrier(params.text("phone.carrier", 10));
    for (Fields each : params.objects("phone.detail")) {
      carrier(each.required("carrier", 10));
      each.truth("enabled");
    }
  }

  private static void carrier(@Nullable String carrier) {
    if (carrier != null && !CARRIERS.contains(carrier)) {
      throw Failed.invalid(Refusal.UNKNOWN_CARRIER);
    }
  }

  private static void matches(Fields params, String name, Pattern form, Object wanted) {
    String text = params.loose(name, 20);
    if (text != null && !form.matcher(text).matches()) {
      throw Failed.invalid(Refusal.WRONG_FORM_WANTED, name, wanted);
    }
  }
}
