package dev.naru.pg.emulated;

import dev.naru.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * V1's {@code naverProducts} of the order type, as what becomes product orders: a product once for
 * each choice of its options, and each supplement. What the order costs beyond its goods is their
 * delivery; it goes with the first of them.
 */
record NaverProducts(List<Item> items, long delivery) {

  private static final int MOST = 100;
  private static final Set<String> FEES = Set.of("PREPAYED", "CASH_ON_DELIVERY");
  private static final List<String> TEXTS = List.of("id", "name", "infoUrl", "imageUrl");

  /**
   * What becomes one product order.
   *
   * @param amount what all of it costs, in won
   */
  record Item(
      String product, String name, String option, String optionName, long quantity, long amount) {}

  /**
   * @throws IllegalArgumentException with a Korean text that names what is wrong
   */
  static NaverProducts of(@Nullable String json, Money amount) {
    JsonNode products = tree(json);
    if (!products.isArray() || products.isEmpty()) {
      throw wrong("naverProducts는 필수입니다.");
    }
    List<Item> items = new ArrayList<>();
    products.forEach(product -> items.addAll(items(product)));
    if (items.size() > MOST) {
      throw wrong("상품은 최대 " + MOST + "개입니다. (naverProducts)");
    }
    long goods = items.stream().mapToLong(Item::amount).sum();
    if (goods > amount.minor()) {
      throw wrong("상품 금액의 합(" + goods + "원)이 결제금액보다 큽니다. (naverProducts, amount)");
    }
    return new NaverProducts(List.copyOf(items), amount.minor() - goods);
  }

  private static JsonNode tree(@Nullable String json) {
    try {
      return JsonMapper.shared().readTree(json == null ? "[]" : json);
    } catch (JacksonException malformed) {
      throw wrong("naverProducts의 형식이 올바르지 않습니다.");
    }
  }

  private static List<Item> items(JsonNode product) {
    for (String name : TEXTS) {
      text(product, name);
    }
    JsonNode shipping = product.path("shipping");
    if (!FEES.contains(shipping.path("feePayType").asString(""))
        || whole(shipping, "baseFee") < 0) {
      throw wrong("배송 정보가 올바르지 않습니다. (naverProducts.shipping: baseFee, feePayType)");
    }
    List<Item> items = new ArrayList<>();
    JsonNode options = product.path("options");
    if (options.isEmpty()) {
      items.add(item(product, "", "", product.has("quantity") ? whole(product, "quantity") : 1, 0));
    }
    for (JsonNode option : options) {
      long quantity = whole(option, "optionQuantity");
      items.add(
          item(product, code(option), chosen(option), quantity, whole(option, "optionPrice")));
    }
    for (JsonNode more : product.path("supplements")) {
      long quantity = more.has("quantity") ? whole(more, "quantity") : 1;
      long price = whole(more, "price");
      items.add(
          checked(
              new Item(
                  text(product, "id"),
                  text(product, "name"),
                  text(more, "id"),
                  text(more, "name"),
                  quantity,
                  Math.multiplyExact(price, quantity))));
    }
    return items;
  }

  private static Item item(
      JsonNode product, String option, String optionName, long quantity, long more) {
    long price = Math.addExact(whole(product, "basePrice"), more);
    return checked(
        new Item(
            text(product, "id"),
            text(product, "name"),
            option,
            optionName,
            quantity,
            Math.multiplyExact(price, quantity)));
  }

  private static Item checked(Item item) {
    if (item.quantity() < 1 || item.quantity() > 100_000 || item.amount() < 1) {
      throw wrong("상품의 수량과 금액은 1 이상이어야 합니다. (naverProducts: " + item.product() + ")");
    }
    return item;
  }

  /** The code of the choice, or the codes of its parts. */
  private static String code(JsonNode option) {
    String code = option.path("selectionCode").asString("");
    return code.isEmpty() ? joined(option, "code", "-") : code;
  }

  private static String chosen(JsonNode option) {
    List<String> parts = new ArrayList<>();
    for (JsonNode one : option.path("selections")) {
      parts.add(one.path("label").asString("") + ": " + one.path("value").asString(""));
    }
    return String.join(" / ", parts);
  }

  private static String joined(JsonNode option, String field, String between) {
    List<String> parts = new ArrayList<>();
    option.path("selections").forEach(one -> parts.add(one.path(field).asString("")));
    return String.join(between, parts);
  }

  private static String text(JsonNode node, String name) {
    String text = node.path(name).asString("");
    if (text.isBlank() || text.length() > 2_000) {
      throw wrong("상품 정보가 올바르지 않습니다. (naverProducts: " + name + ")");
    }
    return text;
  }

  private static long whole(JsonNode node, String name) {
    String text = node.path(name).asString("");
    if (!text.matches("-?\\d{1,10}")) {
      throw wrong("상품 정보가 올바르지 않습니다. (naverProducts: " + name + ")");
    }
    return Long.parseLong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(text);
  }

  /** As {@code payment.open} takes them. */
  ArrayNode told() {
    ArrayNode all = JsonMapper.shared().createArrayNode();
    for (Item item : items) {
      all.addObject()
          .put("product", item.product())
          .put("name", item.name())
          .put("option", item.option())
          .put("option_name", item.optionName())
          .put("quantity", item.quantity())
          .put("amount", item.amount())
          .put("delivery", all.size() == 1 ? delivery : 0);
    }
    return all;
  }
}
