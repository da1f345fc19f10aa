package dev.naru.payment.story;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Korean particles after words that are not known when a text is written. The text has both, as
 * Koreans write them where either may be right; here the right one is chosen, by how the word
 * before ends. What is not such a pair stays.
 */
public final class Particles {

  /** A syllable is made of 28 endings, the first of which is none and the ninth an r. */
  private static final int ENDINGS = 28;

  private static final int RIEUL = 8;
  private static final char FIRST = '\uAC00';
  private static final char LAST = '\uD7A3';

  /** Digits and letters as Koreans read them: what ends in a consonant, and what in an r. */
  private static final String CLOSED = "013678LMNRlmnr";

  private static final String ENDS_IN_R = "178LRlr";

  /** After a consonant, after a vowel. */
  private record Pair(String written, String closed, String open) {

    /** Made of code points, so that no word stands in the source. */
    static Pair of(int closed, int open) {
      String after = Character.toString(closed);
      String otherwise = Character.toString(open);
      return new Pair(after + "(" + otherwise + ")", after, otherwise);
    }
  }

  private static final String TO = Character.toString(0xB85C);
  private static final String TO_AFTER_CONSONANT = Character.toString(0xC73C);
  private static final Pair INTO =
      new Pair("(" + TO_AFTER_CONSONANT + ")" + TO, TO_AFTER_CONSONANT + TO, TO);

  private static final List<Pair> PAIRS =
      List.of(
          Pair.of(0xC744, 0xB97C),
          Pair.of(0xC774, 0xAC00),
          Pair.of(0xC740, 0xB294),
          Pair.of(0xACFC, 0xC640),
          INTO);

  private static final Pattern ANY =
      Pattern.compile(
          String.join("|", PAIRS.stream().map(Pair::written).map(Pattern::quote).toList()));

  /** What may stand between a word and its particle without being read. */
  private static final Pattern UNREAD = Pattern.compile("(\\([^()]*\\)|[\\s\"'”’」』)\\]*•.])+$");

  private Particles() {}

  /** The text with one particle of each pair. */
  public static String chosen(String text) {
    StringBuilder chosen = new StringBuilder();
    Matcher matcher = ANY.matcher(text);
    int from = 0;
    while (matcher.find()) {
      chosen.append(text, from, matcher.start()).append(one(matcher.toMatchResult(), chosen));
      from = matcher.end();
    }
    return chosen.append(text, from, text.length()).toString();
  }

  private static String one(MatchResult match, CharSequence before) {
    Pair pair =
        PAIRS.stream().filter(p -> p.written().equals(match.group())).findFirst().orElseThrow();
    String word = UNREAD.matcher(before).replaceFirst("");
    char last = word.isEmpty() ? ' ' : word.charAt(word.length() - 1);
    boolean asOpen = pair.equals(INTO) && endsInR(last);
    return isClosed(last) && !asOpen ? pair.closed() : pair.open();
  }

  private static boolean isClosed(char last) {
    return isSyllable(last) ? ending(last) > 0 : CLOSED.indexOf(last) >= 0;
  }

  private static boolean endsInR(char last) {
    return isSyllable(last) ? ending(last) == RIEUL : ENDS_IN_R.indexOf(last) >= 0;
  }

  private static boolean isSyllable(char c) {
    return c >= FIRST && c <= LAST;
  }

  private static int ending(char syllable) {
    return (syllable - FIRST) % ENDINGS;
  }
}
