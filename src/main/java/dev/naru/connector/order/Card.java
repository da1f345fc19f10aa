package dev.naru.connector.order;

import dev.naru.kernel.Secret;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A card as typed in: it lives for one request and is never stored.
 *
 * @param number 14 to 16 digits
 * @param birth YYMMDD, or the ten digits of a business number
 * @param pin the first two digits of the card's PIN
 */
public record Card(
    Secret number,
    YearMonth expiry,
    @Nullable Secret birth,
    @Nullable Secret pin,
    @Nullable Secret cvc) {

  /** The number as it may be kept and shown: digits 7 to 12 hidden. */
  public String masked() {
    String digits = number.reveal();
    return digits.substring(0, 6) + "******" + digits.substring(12);
  }
}
