package dev.naru.console.link;

import dev.naru.console.part.Figures;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What somebody wrote into the form of a new link, and what V1 calls it. */
record LinkForm(MultiValueMap<String, String> fields) {

  static final int METHODS = 4;

  private static final List<String> TEXTS =
      List.of(
          "title",
          "name",
          "merchant_uid",
          "currency",
          "display_language",
          "buyer_name",
          "buyer_tel",
          "buyer_email",
          "buyer_addr",
          "buyer_postcode",
          "notice_url");

  /** A way to pay, as it is chosen. */
  record Method(String channel, String method, String label) {}

  public String value(String name) {
    String value = fields.getFirst(name);
    return value == null ? "" : value.strip();
  }

  public boolean direct() {
    return !value("direct").isEmpty();
  }

  public List<Method> methods() {
    return IntStream.range(0, METHODS)
        .mapToObj(n -> new Method(at("channel", n), at("method", n), at("label", n)))
        .toList();
  }

  private String at(String name, int n) {
    List<String> all = fields.getOrDefault(name, List.of());
    return n < all.size() && all.get(n) != null ? all.get(n).strip() : "";
  }

  /** As a shop's server would send it. */
  ObjectNode order() {
    ObjectNode order = JsonMapper.shared().createObjectNode();
    TEXTS.forEach(name -> put(order, name, value(name)));
    // A number is one however it is written; what is none V1 refuses by its own words.
    put(order, "amount", value("amount").replace(",", ""));
    put(order, "tax_free", value("tax_free").replace(",", ""));
    String expires = value("expires");
    if (!expires.isEmpty()) {
      Instant at = Figures.read(expires);
      order.put("expired_at", at == null ? expires : Long.toString(at.getEpochSecond()));
    }
    List<ObjectNode> methods =
        methods().stream().filter(one -> !one.channel().isEmpty()).map(LinkForm::node).toList();
    if (direct() && methods.size() == 1) {
      order.set("direct", methods.getFirst());
    } else {
      ArrayNode all = order.putArray("pay_methods");
      methods.forEach(all::add);
    }
    return order;
  }

  private static ObjectNode node(Method method) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("channelKey", method.channel());
    node.put("pay_method", method.method().isEmpty() ? "card" : method.method());
    put(node, "label", method.label());
    return node;
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      node.put(name, value);
    }
  }
}
