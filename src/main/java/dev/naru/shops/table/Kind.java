package dev.naru.shops.table;

import java.util.List;
import java.util.Map;

/** What a value may be. */
public sealed interface Kind {

  /**
   * Some text; a number will do.
   *
   * @param secret no error shows it
   */
  record Text(Form form, boolean secret) implements Kind {}

  /** One of these words. */
  record Choice(List<String> words) implements Kind {}

  /** Yes or no. */
  record Flag() implements Kind {}

  /** A whole number; both bounds are allowed. */
  record Whole(long least, long most) implements Kind {}

  /** A list. */
  record Several(Kind of, int most) implements Kind {}

  /**
   * Names and what belongs to them.
   *
   * @param name what it is called in the schema
   */
  record Shape(String name, List<Field> fields) implements Kind {}

  /**
   * A shape that depends on one of its own values, which is required.
   *
   * @param by the name of that value
   * @param shapes by what it may be
   */
  record Depending(String name, String by, String says, Map<String, Shape> shapes)
      implements Kind {}

  /**
   * What may stand under a name.
   *
   * @param says what it is, for whoever writes the file
   */
  record Field(String name, Kind kind, boolean required, String says) {}
}
