package dev.naru.simulator.paypal;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.window.Windows;
import dev.naru.simulator.paypal.PaypalDoor.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a shop asks of PayPal when it makes an order, checked as PayPal checks it. */
final class PaypalAsked {

  private static final String UNIT = "/purchase_units/@reference_id=='default'";

  /** Of the unit these are kept; whom it is sent to is not. */
  private static final List<String> KEPT =
      List.of(
          "reference_id",
          "description",
          "custom_id",
          "invoice_id",
          "soft_descriptor",
          "amount",
          "payee",
          "items");

  /** What is added to the items; the other two parts are taken off. */
  private static final List<String> ADDED =
      List.of("item_total", "shipping", "handling", "tax_total", "insurance");

  private static final List<String> TAKEN_OFF = List.of("shipping_discount", "discount");

  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "user_action", Set.of("CONTINUE", "PAY_NOW"),
          "shipping_preference", Set.of("GET_FROM_FILE", "NO_SHIPPING", "SET_PROVIDED_ADDRESS"),
          "landing_page", Set.of("LOGIN", "GUEST_CHECKOUT", "NO_PREFERENCE", "BILLING"));

  private PaypalAsked() {}

  /**
   * The order, whose id in the books is the shop's invoice id, else its custom id.
   *
   * @throws Refused for anything that PayPal does not take
   */
  static Charge.Order order(Caller caller, JsonNode body) {
    String intent = text(body, "intent");
    if (intent.isEmpty()) {
      throw PaypalProblem.invalid("MISSING_REQUIRED_PARAMETER", "/intent");
    }
    if (!intent.equals("CAPTURE")) {
      throw PaypalProblem.invalid("INVALID_PARAMETER_VALUE", "/intent");
    }
    JsonNode units = body.path("purchase_units");
    if (!units.isArray() || units.isEmpty()) {
      throw PaypalProblem.invalid("MISSING_REQUIRED_PARAMETER", "/purchase_units");
    }
    if (units.size() > 1) {
      throw PaypalProblem.unprocessable("UNSUPPORTED_INTENT", "/purchase_units");
    }
    JsonNode unit = units.get(0);
    for (String name : List.of("description", "custom_id", "invoice_id", "reference_id")) {
      longest(unit, name, name.equals("reference_id") ? 256 : 127, UNIT);
    }
    longest(unit, "soft_descriptor", 22, UNIT);
    PaypalMoney amount = PaypalMoney.positive(unit.path("amount"), UNIT + "/amount");
    sums(unit, amount);
    Map<String, String> more = new HashMap<>();
    more.put("client", caller.client());
    more.put("origin", caller.origin());
    more.put("currency", amount.currency());
    more.put("unit", Book.JSON.writeValueAsString(kept(unit)));
    more.put("invoice", text(unit, "invoice_id"));
    more.put("custom", text(unit, "custom_id"));
    long cents = amount.cents();
    more.put(Charge.REVIEW, cents == 97 ? "PASSED" : cents == 98 ? Charge.DENIED : "");
    String payee = text(unit.path("payee"), "merchant_id");
    return new Charge.Order(
        payee.isEmpty() ? caller.client() : payee,
        first(text(unit, "invoice_id"), text(unit, "custom_id"), caller.scope()),
        amount.minor(),
        first(text(unit, "description"), text(unit.path("items").path(0), "name"), "PayPal"),
        more);
  }

  private static String first(String one, String two, String otherwise) {
    return !one.isEmpty() ? one : !two.isEmpty() ? two : otherwise;
  }

  private static ObjectNode kept(JsonNode unit) {
    ObjectNode kept = Book.JSON.createObjectNode();
    kept.put("reference_id", "default");
    for (String name : KEPT) {
      if (unit.has(name)) {
        kept.set(name, unit.get(name));
      }
    }
    return kept;
  }

  private static void longest(JsonNode in, String name, int most, String at) {
    JsonNode value = in.path(name);
    if (!value.isMissingNode() && (!value.isString() || value.asString().length() > most)) {
      throw PaypalProblem.invalid("INVALID_STRING_MAX_LENGTH", at + "/" + name);
    }
  }

  /** The items add up to their total, and the parts to the amount. */
  private static void sums(JsonNode unit, PaypalMoney amount) {
    JsonNode parts = unit.path("amount").path("breakdown");
    String at = UNIT + "/amount/breakdown";
    JsonNode items = unit.path("items");
    if (items.isArray() && !items.isEmpty()) {
      if (!parts.has("item_total")) {
        throw PaypalProblem.unprocessable("ITEM_TOTAL_REQUIRED", at + "/item_total");
      }
      if (part(parts, "item_total", amount) != items(items, amount)) {
        throw PaypalProblem.unprocessable("ITEM_TOTAL_MISMATCH", at + "/item_total");
      }
    }
    if (parts.isObject()) {
      long sum = ADDED.stream().mapToLong(name -> part(parts, name, amount)).sum();
      long off = TAKEN_OFF.stream().mapToLong(name -> part(parts, name, amount)).sum();
      if (sum - off != amount.minor()) {
        throw PaypalProblem.unprocessable("AMOUNT_MISMATCH", UNIT + "/amount/value");
      }
    }
  }

  private static long part(JsonNode parts, String name, PaypalMoney amount) {
    return parts.has(name) ? same(parts.path(name), amount, UNIT + "/amount/breakdown/" + name) : 0;
  }

  private static long items(JsonNode items, PaypalMoney amount) {
    long sum = 0;
    int index = 0;
    for (JsonNode item : items) {
      String at = UNIT + "/items/" + index++;
      if (text(item, "name").isEmpty() || text(item, "quantity").isEmpty()) {
        String missing = text(item, "name").isEmpty() ? "/name" : "/quantity";
        throw PaypalProblem.invalid("MISSING_REQUIRED_PARAMETER", at + missing);
      }
      longest(item, "name", 127, at);
      longest(item, "sku", 127, at);
      longest(item, "description", 127, at);
      if (!text(item, "quantity").matches("[1-9]\\d{0,9}")) {
        throw PaypalProblem.invalid("INVALID_PARAMETER_VALUE", at + "/quantity");
      }
      sum +=
          same(item.path("unit_amount"), amount, at + "/unit_amount")
              * Long.parseLong(text(item, "quantity"));
    }
    return sum;
  }

  /** A part of the amount: in its currency, and not below nothing. */
  private static long same(JsonNode node, PaypalMoney amount, String field) {
    PaypalMoney part = PaypalMoney.read(node, field);
    if (!part.currency().equals(amount.currency())) {
      throw PaypalProblem.unprocessable("CURRENCY_MISMATCH", field + "/currency_code");
    }
    if (part.minor() < 0) {
      throw PaypalProblem.unprocessable("CANNOT_BE_NEGATIVE", field + "/value");
    }
    return part.minor();
  }

  /**
   * How the buyer is to be led through the window and back.
   *
   * @return the addresses and the locale, for the window's fields
   */
  static Map<String, String> experience(JsonNode context, String at) {
    Map<String, String> fields = new HashMap<>();
    for (String name : List.of("return_url", "cancel_url")) {
      String url = text(context, name);
      if (url.isEmpty()) {
        throw PaypalProblem.invalid("MISSING_REQUIRED_PARAMETER", at + "/" + name);
      }
      if (!Windows.address(url)) {
        throw PaypalProblem.invalid("INVALID_PARAMETER_SYNTAX", at + "/" + name);
      }
      fields.put(name, url);
    }
    CHOICES.forEach(
        (name, choices) -> {
          if (context.has(name) && !choices.contains(text(context, name))) {
            throw PaypalProblem.invalid("INVALID_PARAMETER_VALUE", at + "/" + name);
          }
        });
    longest(context, "brand_name", 127, at);
    String locale = text(context, "locale");
    if (!locale.matches("([a-z]{2}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\\d{3}))?)?")) {
      throw PaypalProblem.invalid("INVALID_PARAMETER_SYNTAX", at + "/locale");
    }
    fields.put("locale", locale);
    return fields;
  }
}
