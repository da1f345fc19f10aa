package dev.naru.pg.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of codes, kept as a resource: one pair per line with a tab between, # for remarks. Keeps
 * the order of its lines.
 */
public record CodeTable(Map<String, String> rows) {

  /** The table of this name in the folder of all PGs' tables. */
  public static CodeTable load(String name) {
    try (InputStream in = CodeTable.class.getResourceAsStream("/pg/" + name + ".tsv")) {
      if (in == null) {
        throw new IllegalStateException("no table " + name);
      }
      return new CodeTable(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> line.split("\t", 2))
              .collect(
                  Collectors.toMap(
                      pair -> pair[0], pair -> pair[1], (a, b) -> a, LinkedHashMap::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of both; where a code stands in both, this one's counts. */
  public CodeTable and(CodeTable other) {
    Map<String, String> both = new LinkedHashMap<>(rows);
    other.rows.forEach(both::putIfAbsent);
    return new CodeTable(both);
  }

  public @Nullable String get(@Nullable String code) {
    return code == null ? null : rows.get(code);
  }

  public String get(@Nullable String code, String otherwise) {
    return code == null ? otherwise : rows.getOrDefault(code, otherwise);
  }

  /** The other way: the first code that stands for this value, null if none does. */
  public @Nullable String codeOf(@Nullable String value) {
    return rows.entrySet().stream()
        .filter(row -> row.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** The value of the first row whose code is such a one, null if none is. */
  public @Nullable String first(Predicate<String> such) {
    return rows.entrySet().stream()
        .filter(row -> such.test(row.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
