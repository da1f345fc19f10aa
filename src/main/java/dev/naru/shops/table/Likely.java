package dev.naru.shops.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody meant who mistyped a word. */
final class Likely {

  private static final int LONGEST = 100;

  private Likely() {}

  /** {@code (did you mean "webhook"?)}, nothing if nothing is near. */
  static String hint(String typed, Collection<String> known) {
    if (typed.length() > LONGEST) {
      return "";
    }
    String lower = typed.toLowerCase(Locale.ROOT);
    int near = Math.max(1, typed.length() / 3);
    return known.stream()
        .filter(word -> distance(lower, word) <= near)
        .min(Comparator.comparingInt(word -> distance(lower, word)))
        .map(word -> " (did you mean \"" + word + "\"?)")
        .orElse("");
  }

  /** How many letters must be put in, taken away, changed, or swapped with the next. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
