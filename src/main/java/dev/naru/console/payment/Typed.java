package dev.naru.console.payment;

import dev.naru.kernel.Cause;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** What people type. */
final class Typed {

  private Typed() {}

  /**
   * An amount in the major unit, with or without commas.
   *
   * @throws Failed invalid, for this cause
   */
  static Money money(@Nullable String typed, Currency currency, Cause wrong) {
    String bare = typed == null ? "" : typed.replaceAll("[,\\s]", "");
    if (!bare.matches("\\d{1,15}(\\.\\d{1,3})?")) {
      throw Failed.invalid(wrong);
    }
    try {
      return Money.ofMajor(new BigDecimal(bare), currency);
    } catch (IllegalArgumentException finer) {
      throw Failed.invalid(wrong);
    }
  }
}
