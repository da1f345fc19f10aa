package dev.naru.console.part;

import dev.naru.console.frame.Viewer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a page is, with its filters in the query: printed, it is a link. */
public record Address(String path, Map<String, String> query) {

  public static Address of(String path) {
    return new Address(path, Map.of());
  }

  /** Of a list: where its address chose a shop, the pages it leads to are about the same. */
  public static Address of(String path, Viewer viewer) {
    boolean chosen = !viewer.selected().equals(viewer.session().shop());
    return of(path).with("shop", chosen ? viewer.selected() : null);
  }

  /** The same with this instead of what it had; without it, for null or an empty text. */
  public Address with(String name, @Nullable Object value) {
    Map<String, String> changed = new LinkedHashMap<>(query);
    if (value == null || value.toString().isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value.toString());
    }
    return new Address(path, changed);
  }

  /** The same query at another page. */
  public Address at(String otherPath) {
    return new Address(otherPath, query);
  }

  @Override
  public String toString() {
    String all =
        query.entrySet().stream()
            .map(
                one ->
                    one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return all.isEmpty() ? path : path + "?" + all;
  }
}
