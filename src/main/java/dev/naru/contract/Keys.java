package dev.naru.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a file, read key by key: of the wrong type, missing, or never asked for is an error
 * that names the place.
 */
final class Keys {

  private final String place;
  private final Map<String, Object> left = new LinkedHashMap<>();

  Keys(String place, @Nullable Object mapping) {
    this.place = place;
    if (!(mapping instanceof Map<?, ?> map)) {
      throw new IllegalStateException(place + " is no mapping");
    }
    map.forEach((key, value) -> left.put(String.valueOf(key), value));
  }

  /** This with the keys of another under it, which it outweighs, an explicit null included. */
  static Map<String, Object> over(Map<?, ?> under, Map<?, ?> over) {
    Map<String, Object> all = new LinkedHashMap<>();
    under.forEach((key, value) -> all.put(String.valueOf(key), value));
    over.forEach((key, value) -> all.put(String.valueOf(key), value));
    return all;
  }

  String place() {
    return place;
  }

  @Nullable Object any(String key) {
    return left.remove(key);
  }

  @Nullable String textOrNull(String key) {
    return typed(key, String.class);
  }

  String text(String key, String absent) {
    String text = textOrNull(key);
    return text == null ? absent : text;
  }

  String text(String key) {
    String text = textOrNull(key);
    if (text == null) {
      throw new IllegalStateException(place + " has no " + key);
    }
    return text;
  }

  boolean flag(String key) {
    return Boolean.TRUE.equals(typed(key, Boolean.class));
  }

  @Nullable Integer whole(String key) {
    return typed(key, Integer.class);
  }

  @Nullable Long large(String key) {
    Integer whole = whole(key);
    return whole == null ? null : Long.valueOf(whole);
  }

  List<Object> list(String key) {
    List<?> list = typed(key, List.class);
    return list == null ? List.of() : List.copyOf(list);
  }

  List<String> texts(String key) {
    return list(key).stream().map(String::valueOf).toList();
  }

  Map<String, Object> mapping(String key) {
    Map<?, ?> map = typed(key, Map.class);
    return map == null ? Map.of() : over(Map.of(), map);
  }

  Text both() {
    return new Text(text("en"), text("ko"));
  }

  /** Nothing may be left. */
  void done() {
    if (!left.isEmpty()) {
      throw new IllegalStateException(place + " has unknown keys " + new TreeSet<>(left.keySet()));
    }
  }

  private <T> @Nullable T typed(String key, Class<T> type) {
    Object value = left.remove(key);
    if (value != null && !type.isInstance(value)) {
      throw new IllegalStateException(
          "%s: %s is no %s: %s".formatted(place, key, type.getSimpleName(), value));
    }
    return type.cast(value);
  }
}
