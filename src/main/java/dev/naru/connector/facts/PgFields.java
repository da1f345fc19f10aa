package dev.naru.connector.facts;

import dev.naru.kernel.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the fields of PGs' contracts: {@code pg-fields.tsv}. */
public final class PgFields {

  /** In place of a PG: of any that says nothing else of a field of this name. */
  private static final String ANY = "*";

  private static final Map<String, Facts> FACTS = load();

  private PgFields() {}

  /**
   * Of one field.
   *
   * @param published whether the PG publishes a value to test with, which its {@code Pg.demo()} has
   * @param lines entered in several lines
   * @param pattern null for any
   */
  public record Facts(
      boolean required,
      boolean published,
      boolean lines,
      int longest,
      @Nullable String pattern,
      Name label,
      Name help) {}

  /** Throws {@link IllegalStateException} for one of which nothing is known. */
  public static Facts of(String pg, String field) {
    Facts own = FACTS.get(pg + " " + field);
    Facts facts = own == null ? FACTS.get(ANY + " " + field) : own;
    if (facts == null) {
      throw new IllegalStateException("nothing is known of the field " + field + " of " + pg);
    }
    return facts;
  }

  private static Map<String, Facts> load() {
    Map<String, Facts> facts = new HashMap<>();
    for (List<String> row : Tables.rows("pg-fields")) {
      String what = row.get(2);
      Facts one =
          new Facts(
              what.contains("required"),
              what.contains("published"),
              what.contains("lines"),
              Integer.parseInt(row.get(3)),
              row.get(4).equals("-") ? null : row.get(4),
              new Name(row.get(5), row.get(6)),
              new Name(row.get(7), row.get(8)));
      if (facts.put(row.get(0) + " " + row.get(1), one) != null) {
        throw new IllegalStateException("twice in pg-fields: " + row);
      }
    }
    return Map.copyOf(facts);
  }
}
