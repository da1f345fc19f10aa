package dev.naru.account.proof;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes of RFC 6238 as every authenticator app makes them: HMAC-SHA-1, 30 seconds, 6 digits. */
final class Totp {

  private static final Duration STEP = Duration.ofSeconds(30);
  private static final int DIGITS = 6;
  private static final int POWER = 1_000_000;

  /** A phone's clock may differ by so many steps. */
  private static final int DRIFT = 1;

  private Totp() {}

  static long step(Instant at) {
    return at.getEpochSecond() / STEP.toSeconds();
  }

  /** The step for which this is the code, at most {@value #DRIFT} away from the time. */
  static OptionalLong stepOf(byte[] key, String code, Instant at) {
    long now = step(at);
    OptionalLong found = OptionalLong.empty();
    for (long step = now - DRIFT; step <= now + DRIFT; step++) {
      if (code(key, step, DIGITS).equals(code)) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  static String code(byte[] key, long step, int digits) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
      long power = digits == DIGITS ? POWER : (long) Math.pow(10, digits);
      return String.format(Locale.ROOT, "%0" + digits + "d", number % power);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-1 is missing", e);
    }
  }
}
