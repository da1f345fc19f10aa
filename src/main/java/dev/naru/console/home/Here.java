package dev.naru.console.home;

import dev.naru.console.part.Address;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at, and the addresses of what else could be.
 *
 * @param currency as it was asked for; null if it was not
 * @param test whether test payments are looked at where real ones are the rule
 */
record Here(Range range, @Nullable String currency, boolean test) {

  public String range(Range other) {
    return address(other, currency, test);
  }

  public String currency(String other) {
    return address(range, other, test);
  }

  /** Test payments in place of real ones, or the other way round. */
  public String other() {
    return address(range, currency, !test);
  }

  private static String address(Range range, @Nullable String currency, boolean test) {
    return Address.of("/console")
        .with("range", range == Range.WEEK ? null : range.word())
        .with("currency", currency)
        .with("test", test ? "true" : null)
        .toString();
  }
}
