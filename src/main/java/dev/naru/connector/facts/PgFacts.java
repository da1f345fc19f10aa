package dev.naru.connector.facts;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What V1's pages and operations do differently from PG to PG, PGs included that this hub does not
 * know. The table is {@code connector/pg-facts.tsv}, which says what each column means and where it
 * is from; no other place names PGs for such a purpose.
 *
 * @param code V1's pg_provider; {@code *} of a PG that is not in the table
 * @param asked in their order: the first that fits counts
 * @param whole a page is told all of a payment; else the ids, and on failure why
 * @param uis what {@code IMP.loadUI} draws
 * @param balance whether V1 tells what is left of a payment by instrument
 * @param nameless V1's refusal of card data that are to be charged without a name; null where a
 *     name is made
 * @param mids the merchant ids that it publishes for tests
 * @param sample JSON of what its window wants beside the usual parameters, with {@code {name}},
 *     {@code {amount}}, {@code {shop}} and {@code {page}} in it; null if nothing
 */
public record PgFacts(
    String code,
    Shown shown,
    List<Asked> asked,
    boolean whole,
    List<Ui> uis,
    boolean balance,
    @Nullable String nameless,
    Set<String> mids,
    @Nullable String sample) {

  /** How a window is shown, by device. */
  public record Shown(Presentation desktop, Presentation mobile) {

    static Shown of(String desktop, String mobile) {
      return new Shown(Presentation.of(desktop), Presentation.of(mobile));
    }

    public Presentation on(boolean isMobile) {
      return isMobile ? mobile : desktop;
    }
  }

  /**
   * A parameter with which a page has it otherwise.
   *
   * @param value {@code *} for any
   */
  public record Asked(String name, String value, Shown shown) {

    private static Asked of(String word) {
      List<String> parts = List.of(word.split("[=:/]", -1));
      return new Asked(parts.get(0), parts.get(1), Shown.of(parts.get(2), parts.get(3)));
    }

    private boolean fits(@Nullable String sent) {
      return sent != null && (value.equals("*") || value.equals(sent));
    }
  }

  /**
   * A button in the shop's page.
   *
   * @param type V1's name for it
   * @param forKey it issues a billing key
   * @param text on the button; empty where the shop's page has one of its own
   */
  public record Ui(String type, boolean forKey, String text) {

    private static Ui of(String word) {
      List<String> parts = List.of(word.split(":", -1));
      return new Ui(parts.get(0), parts.get(1).equals("key"), parts.get(2));
    }
  }

  private static final String NONE = "-";
  private static final String OTHERS = "*";
  private static final Map<String, PgFacts> TABLE = table();
  private static final PgFacts USUAL = Objects.requireNonNull(TABLE.get(OTHERS));

  public PgFacts {
    asked = List.copyOf(asked);
    uis = List.copyOf(uis);
    mids = Set.copyOf(mids);
  }

  /** Of a PG by V1's pg_provider. */
  public static PgFacts of(String provider) {
    return TABLE.getOrDefault(provider, USUAL);
  }

  /** Of all PGs of V1, in the order of the table. */
  public static List<PgFacts> all() {
    return TABLE.values().stream().filter(facts -> !facts.code.equals(OTHERS)).toList();
  }

  /** The button of this type; none if V1 has no such. */
  public Optional<Ui> ui(String type) {
    return uis.stream().filter(ui -> ui.type().equals(type)).findFirst();
  }

  /**
   * How its window is shown.
   *
   * @param sent what the page sent of a parameter
   */
  public Presentation presentation(boolean isMobile, Function<String, @Nullable String> sent) {
    return asked.stream()
        .filter(each -> each.fits(sent.apply(each.name())))
        .map(Asked::shown)
        .findFirst()
        .orElse(shown)
        .on(isMobile);
  }

  private static Map<String, PgFacts> table() {
    Map<String, PgFacts> table = new LinkedHashMap<>();
    Tables.rows("pg-facts").forEach(row -> table.put(row.getFirst(), facts(row)));
    return table;
  }

  private static PgFacts facts(List<String> row) {
    return new PgFacts(
        row.get(0),
        Shown.of(row.get(1), row.get(2)),
        words(row.get(3)).map(Asked::of).toList(),
        row.get(4).equals("whole"),
        words(row.get(5)).map(Ui::of).toList(),
        row.get(6).equals("yes"),
        row.get(7).equals(NONE) ? null : row.get(7),
        words(row.get(8)).collect(Collectors.toUnmodifiableSet()),
        row.get(9).equals(NONE) ? null : row.get(9));
  }

  private static Stream<String> words(String column) {
    return column.equals(NONE) ? Stream.empty() : Arrays.stream(column.split(" ", -1));
  }
}
