package dev.naru.console.part;

import dev.naru.kernel.Money;
import dev.naru.kernel.Wording;
import dev.naru.payment.story.Said;
import java.util.Currency;

/** Amounts as pages show them, and as a payment's story does. */
public final class Amounts {

  private Amounts() {}

  public static String of(Money money, boolean korean) {
    return Said.amount(money, Wording.of(korean));
  }

  /** Of minor units, which may be less than none. */
  public static String of(long minor, Currency currency, boolean korean) {
    return (minor < 0 ? "−" : "") + of(new Money(Math.abs(minor), currency), korean);
  }
}
