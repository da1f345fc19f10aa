package dev.naru.api.wire;

import dev.naru.api.Refusal;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Amounts as V1 writes them: in the major unit, never negative, no finer than the currency. */
public final class Amounts {

  private Amounts() {}

  /** Throws {@link Failed} invalid, naming the parameter. */
  public static Money of(String name, BigDecimal major, Currency currency) {
    if (major.signum() < 0) {
      throw Failed.invalid(Refusal.NEGATIVE_AMOUNT, name);
    }
    try {
      return Money.ofMajor(major, currency);
    } catch (IllegalArgumentException unfit) {
      throw Failed.invalid(Refusal.AMOUNT_OF_CURRENCY, name, currency.getCurrencyCode());
    }
  }

  public static @Nullable Money orNull(String name, @Nullable BigDecimal major, Currency currency) {
    return major == null ? null : of(name, major, currency);
  }

  /** A currency code, {@code KRW} if absent. */
  public static Currency currency(Params params) {
    Currency named = currencyOrNull(params);
    return named == null ? Money.KRW : named;
  }

  public static @Nullable Currency currencyOrNull(Params params) {
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
    throw Failed.invalid(Refusal.UNKNOWN_CURRENCY);
  }

  /** An amount to be paid: at least the smallest unit. */
  public static Money payable(Params params, Currency currency) {
    Money amount = of("amount", params.requiredNumber("amount"), currency);
    if (amount.isZero()) {
      throw Failed.invalid(Refusal.NOTHING_TO_PAY);
    }
    return amount;
  }

  /** Won that may be left out, which is none; what is there and no amount is refused. */
  public static long won(Params params, String name, long most) {
    Money amount = orNull(name, params.number(name), Money.KRW);
    if (amount == null) {
      return 0;
    }
    if (amount.minor() > most) {
      throw Failed.invalid(Refusal.NOT_BETWEEN, name, 0, most);
    }
    return amount.minor();
  }
}
