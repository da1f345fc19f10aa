package dev.naru.simulator.kit.facts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * With whom a PG has a contract, and by what keys: the test merchants that it published, and those
 * that the channels of a sandbox are described with. Whom it published keeps the published keys.
 *
 * <p>What is told is not written down: a hub tells it again whenever it reads its channels.
 */
public final class Contracts {

  private final String id;
  private final List<String> parts;
  private final Map<String, Map<String, String>> published;
  private final Map<String, Map<String, String>> told = new ConcurrentHashMap<>();

  /**
   * @param file the published ones; its first row names the columns, the first of them the id
   * @param parts how the names of fields begin that describe a second merchant of the same shop
   */
  public Contracts(String file, String... parts) {
    List<String[]> rows = Cards.rows(file).toList();
    String[] names = rows.getFirst();
    this.id = names[0];
    this.parts = List.of(parts);
    published =
        rows.stream()
            .skip(1)
            .collect(Collectors.toUnmodifiableMap(row -> row[0], row -> fields(names, row)));
  }

  private static Map<String, String> fields(String[] names, String[] row) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      fields.put(names[i], row[i]);
    }
    return Map.copyOf(fields);
  }

  /** What a merchant's contract says, empty if there is none. */
  public Map<String, String> of(@Nullable String merchant) {
    String known = merchant == null ? "" : merchant;
    return published.getOrDefault(known, told.getOrDefault(known, Map.of()));
  }

  /** A channel is described with these fields. */
  public void tell(Map<String, String> fields) {
    put(fields);
    for (String part : parts) {
      Map<String, String> second = new HashMap<>(fields);
      fields.forEach(
          (name, value) -> {
            if (name.startsWith(part) && !value.isBlank()) {
              second.put(first(name.substring(part.length())), value);
            }
          });
      put(second);
    }
  }

  private void put(Map<String, String> fields) {
    String merchant = fields.getOrDefault(id, "");
    if (!merchant.isBlank()) {
      told.put(merchant, Map.copyOf(fields));
    }
  }

  /** {@code Mid} as {@code mid}. */
  private static String first(String name) {
    return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
