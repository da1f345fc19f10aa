package dev.naru.pg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of codes, kept as a resource: one pair per line with a tab between, # for remarks. Keeps
 * the order of its lines.
 */
record CodeTable(Map<String, String> rows) {

  /** V1's card companies: code and name. */
  static final CodeTable CARDS = load("cards");

  /** Banks by their standard three digits. */
  static final CodeTable BANKS = load("banks");

  static CodeTable load(String name) {
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

  @Nullable String get(@Nullable String code) {
    return code == null ? null : rows.get(code);
  }

  String get(@Nullable String code, String otherwise) {
    return code == null ? otherwise : rows.getOrDefault(code, otherwise);
  }
}
