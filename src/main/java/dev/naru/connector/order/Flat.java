package dev.naru.connector.order;

import tools.jackson.databind.JsonNode;

/**
 * The values in an object by their places, with dots between the steps: {@code card.direct.code}.
 */
public final class Flat {

  private Flat() {}

  /** Takes a value and the place where it stands. */
  @FunctionalInterface
  public interface Taker {
    void take(String place, JsonNode value);
  }

  /** Goes through all values in an object, in their order; in what is none there are none. */
  public static void below(JsonNode object, Taker taker) {
    object
        .properties()
        .forEach(each -> walk(each.getKey(), each.getValue(), Integer.MAX_VALUE, taker));
  }

  /**
   * Goes through the values from a place on, in their order.
   *
   * @param deepest how many steps a place has at the most: an object down there is a value
   */
  public static void walk(String place, JsonNode value, int deepest, Taker taker) {
    if (value.isObject() && deepest > 1) {
      value
          .properties()
          .forEach(each -> walk(place + "." + each.getKey(), each.getValue(), deepest - 1, taker));
    } else {
      taker.take(place, value);
    }
  }
}
