package dev.naru.kernel;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * V1's id of a payment: {@code imp_} for windows and virtual accounts, {@code imps_} for payments
 * made by API, then digits only. Naru's digits are the time in milliseconds, the merchant's slot
 * (four digits, so that a read needs no other look-up) and a tail that makes it unique.
 */
public record ImpUid(String value) {

  private static final Pattern FORM = Pattern.compile("imps?_[0-9]{12,27}");
  private static final int MILLIS = 13;
  private static final int SLOT = 4;

  public ImpUid {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an imp_uid");
    }
  }

  /** What a caller sent as an imp_uid, empty if it cannot be one. */
  public static Optional<ImpUid> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new ImpUid(text)) : Optional.empty();
  }

  static ImpUid of(boolean byApi, long millis, int slot, int tail) {
    return new ImpUid((byApi ? "imps_" : "imp_") + "%013d%04d%06d".formatted(millis, slot, tail));
  }

  /** The slot of the merchant this payment belongs to, -1 if Naru did not make this id. */
  public int slot() {
    String digits = value.substring(value.indexOf('_') + 1);
    return digits.length() < MILLIS + SLOT
        ? -1
        : Integer.parseInt(digits.substring(MILLIS, MILLIS + SLOT));
  }

  @Override
  public String toString() {
    return value;
  }
}
