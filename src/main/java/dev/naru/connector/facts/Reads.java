package dev.naru.connector.facts;

import dev.naru.connector.Pg;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which optional parameters a PG reads, and for which pay_methods: what it does not read is as good
 * as not sent, so that nobody judges it. The table is {@code connector/reads.tsv}.
 */
public final class Reads {

  /** Where parameters come in; the same name may mean different things there. */
  public enum Door {
    /** {@code IMP.request_pay}. */
    WINDOW,
    /** {@code IMP.certification}. */
    IDENTITY,
    /** The REST API. */
    API,
    /** {@code POST /certifications/otp/request}. */
    OTP
  }

  private static final Map<Door, Map<String, List<Line>>> TABLE =
      Tables.rows("reads").stream()
          .map(Reads::line)
          .collect(
              Collectors.groupingBy(
                  Line::door,
                  Collectors.groupingBy(Line::name, LinkedHashMap::new, Collectors.toList())));

  private Reads() {}

  private record Line(Door door, String name, Words pgs, Words methods) {

    boolean isRead(@Nullable Pg<?> pg, String method) {
      return (pg == null || pgs.any(pg::answersTo)) && methods.any(method::equals);
    }
  }

  /** A column: some words, all but some, or all. */
  private record Words(Set<String> some, boolean others) {

    static Words of(String column) {
      boolean others = column.startsWith("!") || column.equals("*");
      String list = column.equals("*") || column.equals("-") ? "" : column.replace("!", "");
      return new Words(
          Arrays.stream(list.split(" ", -1))
              .filter(word -> !word.isEmpty())
              .collect(Collectors.toUnmodifiableSet()),
          others);
    }

    boolean any(Predicate<String> is) {
      return some.stream().anyMatch(is) != others;
    }
  }

  private static Line line(List<String> row) {
    return new Line(
        Door.valueOf(row.get(0).toUpperCase(Locale.ROOT)),
        row.get(1),
        Words.of(row.get(2)),
        Words.of(row.get(3)));
  }

  /** The parameters at a door that only some PGs or methods read; dots lead into objects. */
  public static Set<String> particular(Door door) {
    return TABLE.getOrDefault(door, Map.of()).keySet();
  }

  /**
   * Those of them that are not read.
   *
   * @param pg null while nobody knows which it will be: then any may read them
   * @param method V1's pay_method
   */
  public static List<String> unread(Door door, @Nullable Pg<?> pg, String method) {
    return TABLE.getOrDefault(door, Map.of()).entrySet().stream()
        .filter(entry -> entry.getValue().stream().noneMatch(line -> line.isRead(pg, method)))
        .map(Map.Entry::getKey)
        .toList();
  }
}
