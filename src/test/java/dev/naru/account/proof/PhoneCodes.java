package dev.naru.account.proof;

import java.math.BigInteger;
import java.time.Instant;

/** An authenticator app. */
public final class PhoneCodes {

  private static final int KEY = 20;

  private PhoneCodes() {}

  /**
   * The code that it shows.
   *
   * @param key as the console shows it, to be typed in
   */
  public static String of(String key, Instant at) {
    return Totp.code(bytes(key.replace(" ", "")), Totp.step(at), 6);
  }

  static byte[] bytes(String base32) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < base32.length(); i++) {
      int digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i));
      number = number.shiftLeft(5).or(BigInteger.valueOf(digit));
    }
    byte[] all = number.toByteArray();
    // A sign, or leading zeros that are gone.
    byte[] key = new byte[KEY];
    int from = Math.max(0, all.length - KEY);
    System.arraycopy(all, from, key, KEY - (all.length - from), all.length - from);
    return key;
  }
}
