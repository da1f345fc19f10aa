package dev.naru.connector;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The merchant ids that PGs publish for tests: {@code connector/test-mids.tsv}. */
public final class TestMids {

  private static final Map<String, Set<String>> TABLE =
      Tables.rows("test-mids").stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  row -> row.get(0), row -> Set.of(row.get(1).split(" ", -1))));

  private TestMids() {}

  /** Those of a PG, none if it publishes none. */
  public static Set<String> of(Pg<?> pg) {
    return TABLE.getOrDefault(pg.code(), Set.of());
  }
}
