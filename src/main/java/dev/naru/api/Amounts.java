package dev.naru.api;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Amounts as V1 writes them: in the major unit, never negative, no finer than the currency. */
final class Amounts {

  private Amounts() {}

  /** Throws {@link Failed} invalid, naming the parameter. */
  static Money of(String name, BigDecimal major, Currency currency) {
    if (major.signum() < 0) {
      throw Failed.invalid("금액은 0 이상이어야 합니다. (" + name + ")");
    }
    try {
      return Money.ofMajor(major, currency);
    } catch (IllegalArgumentException unfit) {
      throw Failed.invalid(
          "금액이 " + currency.getCurrencyCode() + " 통화의 단위 또는 범위에 맞지 않습니다. (" + name + ")");
    }
  }

  static @Nullable Money orNull(String name, @Nullable BigDecimal major, Currency currency) {
    return major == null ? null : of(name, major, currency);
  }

  /** A currency code, {@code KRW} if absent. */
  static Currency currency(Params params) {
    Currency named = currencyOrNull(params);
    return named == null ? Money.KRW : named;
  }

  static @Nullable Currency currencyOrNull(Params params) {
    String code = params.text("currency", 3);
    if (code == null) {
      return null;
    }
    try {
      Currency currency = Currency.getInstance(code.toUpperCase(java.util.Locale.ROOT));
      // Gold and the like have codes too, and no minor unit.
      if (currency.getDefaultFractionDigits() >= 0) {
        return currency;
      }
    } catch (IllegalArgumentException unknown) {
      // falls through to the refusal
    }
    throw Failed.invalid("지원하지 않는 통화입니다. (currency)");
  }

  /** An amount to be paid: at least the smallest unit. */
  static Money payable(Params params, Currency currency) {
    Money amount = of("amount", params.requiredNumber("amount"), currency);
    if (amount.isZero()) {
      throw Failed.invalid("결제 금액은 0보다 커야 합니다. (amount)");
    }
    return amount;
  }

  /** Won that may be left out, which is none; what is there and no amount is refused. */
  static long won(Params params, String name, long most) {
    Money amount = orNull(name, params.number(name), Money.KRW);
    if (amount == null) {
      return 0;
    }
    if (amount.minor() > most) {
      throw Failed.invalid("파라미터 값은 0 이상 " + most + " 이하여야 합니다. (" + name + ")");
    }
    return amount.minor();
  }
}
