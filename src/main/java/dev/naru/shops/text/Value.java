package dev.naru.shops.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands somewhere in the file, with its place, before anybody has judged it. */
public sealed interface Value {

  Spot at();

  /**
   * A text, number, or yes or no: YAML tells them apart by their look, and a shop's secret may look
   * like a number.
   *
   * @param text with the environment's values in their places
   * @param told how errors may name it: a value that came from the environment is not told
   * @param none it says nothing, as {@code name:} does
   */
  record Scalar(Spot at, String text, String told, boolean none) implements Value {}

  /** Something that cannot be read, which has been reported. */
  record Broken(Spot at) implements Value {}

  /** Several, in their order. */
  record Items(Spot at, List<Value> all) implements Value {}

  /** A name, with its own place, and what belongs to it. */
  record Entry(Spot at, Value value) {}

  /** Names and what belongs to them, in their order. */
  record Mapping(Spot at, Map<String, Entry> entries) implements Value {

    public Optional<Value> get(String name) {
      return Optional.ofNullable(entries.get(name)).map(Entry::value);
    }
  }
}
