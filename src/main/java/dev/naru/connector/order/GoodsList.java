package dev.naru.connector.order;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A list of goods that a PG must be told, as the shop wrote it, and what it must say of each.
 *
 * @param wrong what the shop is told of a list that is not so
 * @param wanted fields that are neither missing nor blank; a {@code count} is more than nothing
 */
public record GoodsList(String wrong, List<String> wanted) {

  private static final String COUNT = "count";

  public GoodsList(String wrong, String... wanted) {
    this(wrong, List.of(wanted));
  }

  /**
   * The list, which is not empty, unchanged.
   *
   * @throws IllegalArgumentException with the text for the shop
   */
  public JsonNode read(@Nullable String json) {
    try {
      JsonNode goods = JsonMapper.shared().readTree(json == null ? "[]" : json);
      if (goods.isArray() && !goods.isEmpty() && goods.valueStream().allMatch(this::isTold)) {
        return goods;
      }
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(wrong, malformed);
    }
    throw new IllegalArgumentException(wrong);
  }

  private boolean isTold(JsonNode one) {
    return wanted.stream().noneMatch(name -> one.path(name).asString("").isBlank())
        && (!wanted.contains(COUNT) || one.path(COUNT).asInt(0) > 0);
  }
}
