package dev.naru.connector.facts;

import dev.naru.connector.Decline.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Which codes and words of a PG say that it does not take our credentials, by its own table of
 * declines: for texts of which nothing but the words is left.
 */
public final class CredentialCodes {

  private static final Map<String, List<Pattern>> KNOWN = new ConcurrentHashMap<>();

  private CredentialCodes() {}

  /**
   * Whether a PG's text says so.
   *
   * @param table the name of its table: its code, or that of all emulated PGs
   */
  public static boolean isIn(String table, String text) {
    return KNOWN.computeIfAbsent(table, CredentialCodes::load).stream()
        .anyMatch(code -> code.matcher(text).find());
  }

  private static List<Pattern> load(String table) {
    return Tables.of("/pg/" + table + "-declines.tsv").stream()
        .filter(row -> row.size() > 1 && row.get(1).equals(Reason.BAD_CREDENTIALS.name()))
        .map(row -> pattern(row.get(0)))
        .toList();
  }

  /** A code is found whole; where a table has words, they may begin longer ones. */
  private static Pattern pattern(String told) {
    boolean word = told.chars().allMatch(c -> Character.isLetter(c) && !Character.isUpperCase(c));
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(told) + (word ? "" : "(?!\\w)"));
  }
}
