package dev.naru.console.channel;

import dev.naru.connector.Pg;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A PG's name as short as a logo. */
final class Mark {

  private static final int SYLLABLES = 6;
  private static final int LETTERS = 3;

  private Mark() {}

  static String of(Pg<?> pg, boolean korean) {
    if (korean) {
      return first(pg.nameKo().replace(" ", ""), SYLLABLES);
    }
    String[] words = pg.nameEn().split(" ");
    return words.length == 1
        ? first(words[0], LETTERS)
        : first(
            Arrays.stream(words)
                .filter(word -> Character.isLetter(word.codePointAt(0)))
                .map(word -> first(word, 1))
                .collect(Collectors.joining()),
            LETTERS);
  }

  private static String first(String text, int many) {
    return text.substring(
        0, text.offsetByCodePoints(0, Math.min(many, text.codePointCount(0, text.length()))));
  }
}
