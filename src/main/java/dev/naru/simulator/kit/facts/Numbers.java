package dev.naru.simulator.kit.facts;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers and tokens, as the fakes make and read them. */
public final class Numbers {

  private static final String ALPHABET =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /** Somewhere else after each start, since a start may be within the second of what was before. */
  private static final AtomicLong SERIAL =
      new AtomicLong(ThreadLocalRandom.current().nextLong(1L << 48));

  private Numbers() {}

  /** Letters and digits. */
  public static String token(int length) {
    return random(ALPHABET, length);
  }

  /** Random digits. */
  public static String digits(int length) {
    return random("0123456789", length);
  }

  /**
   * Digits that come again only after all others of this length: for what nothing else tells apart
   * within a second. At hundreds of charges in a second, six random ones meet soon.
   */
  public static String serial(int length) {
    int counted = Math.min(length, 18);
    long number = Math.floorMod(SERIAL.getAndIncrement(), (long) Math.pow(10, counted));
    return digits(length - counted) + ("%0" + counted + "d").formatted(number);
  }

  private static String random(String alphabet, int length) {
    StringBuilder token = new StringBuilder(length);
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < length; i++) {
      token.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return token.toString();
  }

  /** Reads an amount of up to twelve digits; -1 when it is none. */
  public static long amount(String text) {
    return text.matches("\\d{1,12}") ? Long.parseLong(text) : -1;
  }
}
