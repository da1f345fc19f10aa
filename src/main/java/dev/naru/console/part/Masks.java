package dev.naru.console.part;

import org.jspecify.annotations.Nullable;

/** Persons of whom no more is shown than tells one from another. */
public final class Masks {

  private static final char DOT = '•';

  private Masks() {}

  /** The first letter, and the last of a longer name. */
  public static @Nullable String name(@Nullable String name) {
    if (name == null || name.codePointCount(0, name.length()) < 2) {
      return name;
    }
    int[] all = name.codePoints().toArray();
    for (int i = 1; i < Math.max(2, all.length - 1); i++) {
      all[i] = DOT;
    }
    return new String(all, 0, all.length);
  }

  /** The last four digits, and the first three of what is long enough. */
  public static @Nullable String phone(@Nullable String phone) {
    if (phone == null) {
      return null;
    }
    String digits = phone.replaceAll("\\D", "");
    if (digits.length() < 8) {
      return dots(digits.length());
    }
    return digits.substring(0, 3)
        + "-"
        + dots(digits.length() - 7)
        + "-"
        + digits.substring(digits.length() - 4);
  }

  public static String dots(int length) {
    return Character.toString(DOT).repeat(length);
  }
}
