package dev.naru.connector;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a body what nobody may read later: the named fields, of JSON and of forms alike, and
 * whatever looks like a card number.
 */
final class Scrub {

  private static final Pattern CARD_LIKE =
      Pattern.compile("(?<![0-9])(?:[0-9][ -]?){13,16}(?![0-9])");
  private static final int LONGEST = 16_384;

  private Scrub() {}

  static String body(String text, Set<String> hidden) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    String named = hidden.isEmpty() ? cut : fields(hidden, cut);
    return CARD_LIKE
        .matcher(named)
        .replaceAll(found -> Matcher.quoteReplacement(mask(found.group())));
  }

  /** A time stamp in milliseconds has 13 digits and starts with 1: it may stay. */
  private static String mask(String digits) {
    return digits.length() == 13 && digits.startsWith("1") ? digits : "***";
  }

  /** A JSON text ends at its own quote: names and messages have commas and braces in them. */
  private static String fields(Set<String> names, String text) {
    String any = "(?:" + String.join("|", names.stream().map(Pattern::quote).toList()) + ")";
    String inJson =
        Pattern.compile(
                "(\""
                    + any
                    + "\"\\s*:\\s*)(?:\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"?|[^\",}\\]\\s]++)",
                Pattern.DOTALL)
            .matcher(text)
            .replaceAll("$1\"***\"");
    return Pattern.compile("((?:^|(?<=&))" + any + "=)[^&]*+").matcher(inJson).replaceAll("$1***");
  }
}
