package dev.naru.connector.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a body what nobody may read later: the named fields, of JSON and of forms alike, and
 * whatever looks like a card number.
 */
final class Scrub {

  /** The digit comes before the look at what precedes it, because most characters are none. */
  private static final Pattern CARD_LIKE =
      Pattern.compile("[0-9](?<![0-9]{2})(?:[ -]?[0-9]){12,15}(?![0-9])");

  /** A card number of which a PG shows eight digits: six may stay. */
  private static final Pattern CARD_MASKED =
      Pattern.compile("(?<![0-9])([0-9]{6})[0-9]{2}(\\*{2,}[0-9]{2,4})");

  private static final int LONGEST = 16_384;

  /** A connector hides the same fields in every call. */
  private static final Map<Set<String>, Fields> KNOWN = new ConcurrentHashMap<>();

  private Scrub() {}

  static String body(String text, Set<String> hidden) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    String named = hidden.isEmpty() ? cut : KNOWN.computeIfAbsent(hidden, Fields::of).scrub(cut);
    String masked = CARD_MASKED.matcher(named).replaceAll("$1**$2");
    return CARD_LIKE
        .matcher(masked)
        .replaceAll(found -> Matcher.quoteReplacement(mask(found.group())));
  }

  /** A time stamp in milliseconds has 13 digits and starts with 1: it may stay. */
  private static String mask(String digits) {
    return digits.length() == 13 && digits.startsWith("1") ? digits : "***";
  }

  /** Finds the named fields; what was cut in the middle of a value is hidden to its end. */
  private record Fields(Pattern json, Pattern form) {

    static Fields of(Set<String> names) {
      String any = String.join("|", names.stream().map(Pattern::quote).toList());
      return new Fields(
          Pattern.compile(
              "(\"(?:" + any + ")\"\\s*+:\\s*+)(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|[^\\s,}\\]\"]++)"),
          Pattern.compile("(?<![^&?])((?:" + any + ")=)[^&]*+"));
    }

    String scrub(String text) {
      String stripped = text.stripLeading();
      String clean = json.matcher(text).replaceAll("$1\"***\"");
      return stripped.startsWith("{") || stripped.startsWith("[")
          ? clean
          : form.matcher(clean).replaceAll("$1***");
    }
  }
}
