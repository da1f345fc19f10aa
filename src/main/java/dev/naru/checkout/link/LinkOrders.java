package dev.naru.checkout.link;

import dev.naru.checkout.Fields;
import dev.naru.checkout.Refusal;
import dev.naru.kernel.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the order that a shop makes a link for. */
final class LinkOrders {

  private static final int MOST_METHODS = 20;
  private static final Set<String> LANGUAGES = Set.of("ko", "en");

  /** What is not a parameter of the payment. */
  private static final Set<String> OF_THE_LINK =
      Set.of(
          "title",
          "user_code",
          "tier_code",
          "expired_at",
          "display_language",
          "pay_methods",
          "direct",
          "payment_info");

  /** A link pays for one order, once. */
  private static final Set<String> NOT_BY_LINK = Set.of("customer_uid", "m_redirect_url", "popup");

  private LinkOrders() {}

  static PayLink.Order order(Fields fields) {
    String title = fields.required("title", 100);
    String userCode = fields.required("user_code", 20);
    for (String required : List.of("currency", "buyer_tel")) {
      if (fields.loose(required, 16) == null) {
        throw Failed.invalid(Refusal.REQUIRED, required);
      }
    }
    boolean direct = fields.has("direct");
    if (direct == fields.has("pay_methods")) {
      throw Failed.invalid(Refusal.LINK_METHODS_TWICE);
    }
    String language = fields.text("display_language", 10);
    return new PayLink.Order(
        title,
        language != null && LANGUAGES.contains(language) ? language : "ko",
        userCode,
        fields.text("tier_code", 3),
        params(fields.node()),
        direct ? List.of(method(fields.object("direct"))) : methods(fields.node()),
        direct);
  }

  private static List<PayLink.Method> methods(JsonNode info) {
    JsonNode given = info.path("pay_methods");
    if (!given.isArray() || given.isEmpty() || given.size() > MOST_METHODS) {
      throw Failed.invalid(Refusal.LINK_METHODS_COUNT, MOST_METHODS);
    }
    List<PayLink.Method> methods = new ArrayList<>();
    given.forEach(each -> methods.add(method(new Fields(each))));
    return methods;
  }

  private static PayLink.Method method(Fields fields) {
    String channelKey = fields.text("channelKey", 55);
    String pg = fields.text("pg", 80);
    if (channelKey == null && pg == null) {
      throw Failed.invalid(Refusal.LINK_CHANNEL_REQUIRED);
    }
    return new PayLink.Method(
        channelKey, pg, fields.required("pay_method", 20), fields.text("label", 40));
  }

  /** Numbers as texts too: the shops' servers that make links are not all typed. */
  private static JsonNode params(JsonNode info) {
    ObjectNode params = JsonMapper.shared().createObjectNode();
    info.properties().stream()
        .filter(each -> !OF_THE_LINK.contains(each.getKey()))
        .filter(each -> !NOT_BY_LINK.contains(each.getKey()))
        .forEach(each -> params.set(each.getKey(), each.getValue()));
    for (String name : List.of("amount", "tax_free", "vat_amount")) {
      String text = params.path(name).asString("");
      if (params.path(name).isString() && text.matches("\\d{1,15}")) {
        params.put(name, Long.parseLong(text));
      }
    }
    return params;
  }
}
