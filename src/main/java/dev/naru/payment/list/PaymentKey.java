package dev.naru.payment.list;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A place in a list: what comes after it is the next page.
 *
 * @param at the time by which the list is sorted
 */
public record PaymentKey(Instant at, String impUid) {

  /** As an address carries it. */
  public String word() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + impUid;
  }

  /** Empty for what is none. */
  public static Optional<PaymentKey> of(String word) {
    int dash = word.indexOf('-', 1);
    String time = dash < 0 ? "" : word.substring(0, dash);
    String uid = word.substring(dash + 1);
    if (!time.matches("\\d{1,16}") || !uid.matches("[0-9A-Za-z_]{0,32}")) {
      return Optional.empty();
    }
    Instant at = Instant.EPOCH.plus(new BigInteger(time).longValueExact(), ChronoUnit.MICROS);
    return Optional.of(new PaymentKey(at, uid));
  }
}
