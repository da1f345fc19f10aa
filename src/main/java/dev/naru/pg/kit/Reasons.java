package dev.naru.pg.kit;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A PG's table of declines: its code, or words of its texts, and Naru's reason. {@code UNKNOWN} in
 * place of a reason says that the PG itself is not sure.
 */
public record Reasons(CodeTable table) {

  /** In a table: neither a yes nor a no. */
  private static final String UNSURE = "UNKNOWN";

  /** The table {@code {name}-declines}. */
  public static Reasons load(String name) {
    return new Reasons(CodeTable.load(name + "-declines"));
  }

  /** By the code alone; a no that is in no table is {@link Reason#UNLISTED}. */
  public Decline ofCode(String code, String text) {
    return no(table.get(code, Reason.UNLISTED.name()), code, text);
  }

  /** By the first words of the table that the text has, at PGs whose codes are not public. */
  public Decline ofWords(String code, String text) {
    String name = table.first(text::contains);
    return no(name == null ? Reason.UNLISTED.name() : name, code, text);
  }

  /** By the code, else by the first Korean words of the table that the text has. */
  public Decline ofCodeOrWords(String code, String text) {
    String name = table.get(code);
    String told =
        name == null
            ? table.first(words -> words.matches("[가-힣 ]+") && text.contains(words))
            : name;
    return no(told == null ? Reason.UNLISTED.name() : told, code, text);
  }

  /**
   * A no, unless it says that the PG is in trouble itself: then nobody knows. {@link #ofCode} and
   * {@link #ofCodeOrWords} say so by {@link Reason#PG_ERROR}.
   */
  public static <T> Outcome<T> unlessUnsure(Decline no) {
    return no.reason() == Reason.PG_ERROR
        ? new Outcome.Unknown<>("answered " + no.message())
        : new Outcome.Declined<>(no);
  }

  /**
   * The first of these names that stands in the table; null if none does, or if it says that the PG
   * is not sure: then the answer proves nothing.
   */
  public @Nullable Reason certain(String... names) {
    for (String name : names) {
      String told = table.get(name);
      if (told != null) {
        return told.equals(UNSURE) ? null : Reason.valueOf(told);
      }
    }
    return null;
  }

  /** Whether the table has this code, be it as one that says that the PG is not sure. */
  public boolean knows(String code) {
    return table.get(code) != null;
  }

  private static Decline no(String name, String code, String text) {
    return new Decline(name.equals(UNSURE) ? Reason.PG_ERROR : Reason.valueOf(name), code, text);
  }
}
