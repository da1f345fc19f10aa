package dev.naru.pg;

import dev.naru.connector.CancelOrder;
import dev.naru.connector.Order;
import dev.naru.connector.Visit;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * V1's parameters in the words of PayPal. What is wrong with them throws {@link
 * IllegalArgumentException} with a text for the shop.
 */
final class PaypalRequest {

  /** What PayPal takes. The won is not among it. */
  private static final Set<String> CURRENCIES =
      Set.of(
          "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY",
          "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD");

  /** Has no decimals at PayPal, whatever the world says. */
  private static final Set<String> WHOLE = Set.of("HUF", "JPY", "TWD");

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PURCHASE_UNITS = "bypass.paypal_v2.purchase_units";
  private static final int LONGEST = 127;
  private static final int LONGEST_NOTE = 255;

  private PaypalRequest() {}

  /** A whole order, for a window. */
  static ObjectNode order(Order order, String merchant, Visit visit) {
    if (!order.method().equals("paypal")) {
      throw new IllegalArgumentException("페이팔에서 제공하지 않는 결제 수단입니다. (pay_method: paypal)");
    }
    ObjectNode unit = unit(order, merchant);
    JsonNode shipping = shipping(order);
    if (shipping.isObject()) {
      unit.set("shipping", shipping);
    }
    ObjectNode body = JSON.createObjectNode().put("intent", "CAPTURE");
    body.putArray("purchase_units").add(unit);
    ObjectNode payer = body.putObject("payment_source").putObject("paypal");
    payer(order, payer);
    payer
        .set("experience_context", experience(visit))
        .withObject("experience_context")
        .put("user_action", "PAY_NOW")
        .put(
            "shipping_preference",
            order.isSet("digital")
                ? "NO_SHIPPING"
                : shipping.isObject() ? "SET_PROVIDED_ADDRESS" : "GET_FROM_FILE");
    return body;
  }

  private static void payer(Order order, ObjectNode payer) {
    TossRequest.putIf(payer, "email_address", order.buyer().email());
    String first = order.option("buyer_first_name");
    String last = order.option("buyer_last_name");
    if (first != null && last != null) {
      payer.putObject("name").put("given_name", first).put("surname", last);
    }
  }

  /** A billing key, asked for in a window. */
  static ObjectNode key(Order order, Visit visit) {
    if (!order.amount().isZero()) {
      throw new IllegalArgumentException("페이팔 빌링키 발급에서는 결제가 이루어지지 않으므로 금액이 0이어야 합니다. (amount)");
    }
    ObjectNode body = JSON.createObjectNode();
    ObjectNode payer = body.putObject("payment_source").putObject("paypal");
    payer.put("usage_type", "MERCHANT").put("description", cut(order.name(), LONGEST));
    payer.set("experience_context", experience(visit));
    return body;
  }

  /** What a key is fetched by, once the buyer has agreed. */
  static ObjectNode agreed(String setupToken) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("payment_source")
        .putObject("token")
        .put("id", setupToken)
        .put("type", "SETUP_TOKEN");
    return body;
  }

  /** An order that nobody has to agree to any more. */
  static ObjectNode order(Order order, String merchant) {
    ObjectNode body = JSON.createObjectNode().put("intent", "CAPTURE");
    body.putArray("purchase_units").add(unit(order, merchant));
    return body;
  }

  static ObjectNode paidBy(Secret key) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("payment_source").putObject("paypal").put("vault_id", key.reveal());
    return body;
  }

  /** How PayPal's page comes back; it asks V1's {@code language} no more than V1 does. */
  static ObjectNode experience(Visit visit) {
    return JSON.createObjectNode()
        .put("locale", visit.language().equals("en") ? "en-US" : "ko-KR")
        .put("return_url", visit.back().toString())
        .put("cancel_url", visit.close().toString());
  }

  /** What is sold to whom; the order's id stands in all that PayPal tells of it later. */
  static ObjectNode unit(Order order, String merchant) {
    if (order.tax().free() > 0) {
      throw new IllegalArgumentException("taxFreeAmount must be 0 in Paypal! (tax_free)");
    }
    ObjectNode unit =
        JSON.createObjectNode()
            .put("reference_id", order.id())
            .put("custom_id", order.id())
            .put("invoice_id", order.id())
            .put("description", cut(order.name(), LONGEST));
    unit.putObject("payee").put("merchant_id", merchant);
    ObjectNode amount = amount(order.amount());
    ArrayNode items = items(order);
    if (!items.isEmpty()) {
      amount.putObject("breakdown").set("item_total", amount(order.amount()));
      unit.set("items", items);
    }
    unit.set("amount", amount);
    return unit;
  }

  /** In the currency's major unit, with as many decimals as PayPal wants. */
  static ObjectNode amount(Money money) {
    String currency = money.currency().getCurrencyCode();
    if (!CURRENCIES.contains(currency)) {
      throw new IllegalArgumentException(
          "페이팔에서 지원하지 않는 통화입니다: " + currency + " (currency: USD 등, 원화 불가)");
    }
    BigDecimal major = money.major();
    boolean whole = WHOLE.contains(currency);
    if (whole && major.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(currency + " 금액에는 소수를 사용할 수 없습니다. (amount)");
    }
    return JSON.createObjectNode()
        .put("currency_code", currency)
        .put("value", major.setScale(whole ? 0 : 2).toPlainString());
  }

  /** V1's products, whose prices must sum up to the amount. */
  private static ArrayNode items(Order order) {
    ArrayNode items = JSON.createArrayNode();
    String products = order.option("escrowProducts");
    if (products == null) {
      return items;
    }
    Money sum = Money.zero(order.amount().currency());
    for (JsonNode product : read(products, "products")) {
      Money price = price(product, order);
      long count = product.path("quantity").asLong(0);
      if (count < 1 || count > 1_000_000 || product.path("name").asString("").isBlank()) {
        throw new IllegalArgumentException("상품명과 1 이상의 수량이 필요합니다. (products)");
      }
      sum = sum.plus(new Money(Math.multiplyExact(price.minor(), count), price.currency()));
      items.add(item(product, price, count));
    }
    if (!items.isEmpty() && !sum.equals(order.amount())) {
      throw new IllegalArgumentException(
          "상품 금액의 합계("
              + sum.major().toPlainString()
              + ")가 결제금액과 다릅니다. (products의 unitPrice × quantity)");
    }
    return items;
  }

  private static Money price(JsonNode product, Order order) {
    JsonNode price = product.path("unitPrice");
    try {
      if (price.isNumber() && price.decimalValue().signum() >= 0) {
        return Money.ofMajor(price.decimalValue(), order.amount().currency());
      }
    } catch (JacksonException | IllegalArgumentException finerOrEndless) {
      throw new IllegalArgumentException(
          "상품 단가의 값이 올바르지 않습니다. (products의 unitPrice)", finerOrEndless);
    }
    throw new IllegalArgumentException("상품 단가는 0 이상의 숫자여야 합니다. (products의 unitPrice)");
  }

  private static ObjectNode item(JsonNode product, Money price, long count) {
    ObjectNode item =
        JSON.createObjectNode()
            .put("name", cut(product.path("name").asString(), LONGEST))
            .put("quantity", Long.toString(count));
    item.set("unit_amount", amount(price));
    TossRequest.putIf(item, "sku", cut(product.path("code").asString(""), LONGEST));
    return item;
  }

  /** Where the goods go, if the shop knows; else a missing node. */
  private static JsonNode shipping(Order order) {
    String units = order.option(PURCHASE_UNITS);
    return units == null
        ? JSON.missingNode()
        : read(units, PURCHASE_UNITS).path(0).path("shipping");
  }

  private static JsonNode read(String json, String name) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(name + "의 형식이 올바르지 않습니다.", malformed);
    }
  }

  /** Without an amount PayPal gives back all there is. */
  static ObjectNode refund(CancelOrder cancel) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("custom_id", cancel.order().id())
            .put("note_to_payer", cut(cancel.reason(), LONGEST_NOTE));
    if (!cancel.reversal()) {
      body.set("amount", amount(cancel.amount()));
    }
    return body;
  }

  private static String cut(@Nullable String text, int longest) {
    String all = text == null ? "" : text;
    return all.codePointCount(0, all.length()) <= longest
        ? all
        : all.substring(0, all.offsetByCodePoints(0, longest));
  }
}
