package dev.naru.billing.desk;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list: what comes after it is the next page.
 *
 * @param at the time by which the list is sorted
 * @param name what tells apart those of one time: a merchant_uid or a customer_uid
 */
public record ListPlace(Instant at, String name, long merchantId) {

  private static final Pattern WORD =
      Pattern.compile("(\\d{1,16})-(\\d{1,18})-([A-Za-z0-9_-]{0,700})");

  /** As an address carries it. */
  public String word() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at)
        + "-"
        + merchantId
        + "-"
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Empty for what is none. */
  public static Optional<ListPlace> of(String word) {
    Matcher read = WORD.matcher(word);
    if (!read.matches()) {
      return Optional.empty();
    }
    try {
      String name =
          new String(Base64.getUrlDecoder().decode(read.group(3)), StandardCharsets.UTF_8);
      if (name.indexOf('\0') >= 0) {
        return Optional.empty();
      }
      Instant at =
          Instant.EPOCH.plus(new BigInteger(read.group(1)).longValueExact(), ChronoUnit.MICROS);
      return Optional.of(new ListPlace(at, name, Long.parseLong(read.group(2))));
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }
}
