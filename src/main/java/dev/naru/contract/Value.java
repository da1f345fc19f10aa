package dev.naru.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter or a field may hold.
 *
 * @param format how a plain type is to be read: {@code unix-time} (seconds), {@code money} (main
 *     unit of the currency), {@code json-text}, {@code date8} (YYYYMMDD), {@code secret} and others
 * @param limit the most characters of a text, null if V1 sets no limit
 * @param least the smallest number
 * @param most the largest number
 * @param allowed the only values, empty for any
 * @param lenient a value that is not allowed counts as the default
 * @param items what an array holds
 * @param model of an object
 * @param absent what counts if it is not there, null for nothing
 * @param sample a value that fits
 */
public record Value(
    Type type,
    @Nullable String format,
    @Nullable Integer limit,
    @Nullable Long least,
    @Nullable Long most,
    List<Object> allowed,
    boolean lenient,
    @Nullable Items items,
    @Nullable String model,
    @Nullable Object absent,
    @Nullable Object sample) {

  /** The JSON types. */
  public enum Type {
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN,
    ARRAY,
    OBJECT
  }

  /**
   * The items of an array: texts, or objects.
   *
   * @param model of the objects; null for texts
   * @param free objects of which nothing is known
   * @param limit the most characters of a text
   * @param most how many items there may be, null if V1 sets no limit
   */
  public record Items(
      @Nullable String model, boolean free, @Nullable Integer limit, @Nullable Integer most) {}

  public Value {
    allowed = List.copyOf(allowed);
  }
}
