package dev.naru.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount of one currency, counted in its minor units (KRW has none, so 1 is one won; USD counts
 * cents). Never negative.
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {

  /** The won, V1's default currency. */
  public static final Currency KRW = Currency.getInstance("KRW");

  /** The largest amount the V1 wire can carry without loss as a JSON number. */
  private static final long LARGEST = 9_007_199_254_740_991L;

  public Money {
    if (minor < 0 || minor > LARGEST) {
      throw new IllegalArgumentException("amount out of range: " + minor);
    }
  }

  public static Money krw(long won) {
    return new Money(won, KRW);
  }

  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /**
   * From the major unit the V1 wire uses (14.2 USD is 14 dollars 20 cents).
   *
   * @throws IllegalArgumentException if negative, too large, or finer than the currency's minor
   *     unit
   */
  public static Money ofMajor(BigDecimal major, Currency currency) {
    // As longs: the scale of 1e2147483647 would overflow the subtraction.
    if ((long) major.precision() - major.scale() > 16 || Math.abs((long) major.scale()) > 20) {
      throw new IllegalArgumentException("amount out of range");
    }
    try {
      return new Money(
          major
              .setScale(currency.getDefaultFractionDigits(), RoundingMode.UNNECESSARY)
              .unscaledValue()
              .longValueExact(),
          currency);
    } catch (ArithmeticException finer) {
      throw new IllegalArgumentException("finer than the currency's minor unit", finer);
    }
  }

  /** In the major unit, without trailing zeros: the number V1 sends. */
  public BigDecimal major() {
    BigDecimal plain = BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
    return plain.signum() == 0 ? BigDecimal.ZERO : stripped(plain);
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(minor, same(other).minor), currency);
  }

  /** Throws {@link IllegalArgumentException} if the result would be negative. */
  public Money minus(Money other) {
    return new Money(minor - same(other).minor, currency);
  }

  public boolean isZero() {
    return minor == 0;
  }

  public boolean exceeds(Money other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(minor, same(other).minor);
  }

  @Override
  public String toString() {
    return major().toPlainString() + " " + currency;
  }

  private Money same(Money other) {
    if (!other.currency.equals(currency)) {
      throw new IllegalArgumentException("mixed currencies: " + currency + ", " + other.currency);
    }
    return other;
  }

  private static BigDecimal stripped(BigDecimal plain) {
    BigDecimal stripped = plain.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
