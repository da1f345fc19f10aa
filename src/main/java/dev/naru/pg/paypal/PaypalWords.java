package dev.naru.pg.paypal;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.Visit;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Tree;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * V1's parameters in the words of PayPal, and its answers in ours. What is wrong with the first
 * throws {@link IllegalArgumentException} with a text for the shop; whatever is missing in the
 * others, or strange, throws too, which makes the outcome unknown.
 */
final class PaypalWords {

  /** What PayPal takes. The won is not among it. */
  private static final Set<String> CURRENCIES =
      Set.of(
          "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY",
          "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD");

  /** Has no decimals at PayPal, whatever the world says. */
  private static final Set<String> WHOLE = Set.of("HUF", "JPY", "TWD");

  private static final CodeTable TEXTS = CodeTable.load("paypal_v2-texts");
  private static final String PURCHASE_UNITS = "paypal_v2.purchase_units";
  private static final int LONGEST = 127;
  private static final int LONGEST_NOTE = 255;

  private PaypalWords() {}

  /** A whole order, for a window. */
  static ObjectNode order(Order order, String merchant, Visit visit) {
    if (!order.method().equals("paypal")) {
      throw new IllegalArgumentException("페이팔에서 제공하지 않는 결제수단입니다. (pay_method: paypal)");
    }
    ObjectNode unit = unit(order, merchant);
    JsonNode shipping = shipping(order);
    if (shipping.isObject()) {
      unit.set("shipping", shipping);
    }
    ObjectNode body = Tree.object().put("intent", "CAPTURE");
    body.putArray("purchase_units").add(unit);
    ObjectNode payer = body.putObject("payment_source").putObject("paypal");
    payer(order, payer);
    payer
        .set("experience_context", experience(visit))
        .withObject("experience_context")
        .put("user_action", "PAY_NOW")
        .put(
            "shipping_preference",
            order.wishes().goods().digital()
                ? "NO_SHIPPING"
                : shipping.isObject() ? "SET_PROVIDED_ADDRESS" : "GET_FROM_FILE");
    return body;
  }

  private static void payer(Order order, ObjectNode payer) {
    Tree.putIf(payer, "email_address", order.buyer().email());
    String first = order.wishes().names().buyerFirst();
    String last = order.wishes().names().buyerLast();
    if (first != null && last != null) {
      payer.putObject("name").put("given_name", first).put("surname", last);
    }
  }

  /** A billing key, asked for in a window. */
  static ObjectNode key(Order order, Visit visit) {
    if (!order.amount().isZero()) {
      throw new IllegalArgumentException("페이팔 빌링키 발급에서는 결제가 이루어지지 않으므로 금액이 0이어야 합니다. (amount)");
    }
    ObjectNode body = Tree.object();
    ObjectNode payer = body.putObject("payment_source").putObject("paypal");
    payer.put("usage_type", "MERCHANT").put("description", cut(order.name(), LONGEST));
    payer.set("experience_context", experience(visit));
    return body;
  }

  /** What a key is fetched by, once the buyer has agreed. */
  static ObjectNode agreed(String setupToken) {
    ObjectNode body = Tree.object();
    body.putObject("payment_source")
        .putObject("token")
        .put("id", setupToken)
        .put("type", "SETUP_TOKEN");
    return body;
  }

  /** An order that nobody has to agree to any more. */
  static ObjectNode order(Order order, String merchant) {
    ObjectNode body = Tree.object().put("intent", "CAPTURE");
    body.putArray("purchase_units").add(unit(order, merchant));
    return body;
  }

  static ObjectNode paidBy(Secret key) {
    ObjectNode body = Tree.object();
    body.putObject("payment_source").putObject("paypal").put("vault_id", key.reveal());
    return body;
  }

  /** How PayPal's page comes back; it asks V1's {@code language} no more than V1 does. */
  static ObjectNode experience(Visit visit) {
    return Tree.object()
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
        Tree.object()
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
    return Tree.object()
        .put("currency_code", currency)
        .put("value", major.setScale(whole ? 0 : 2).toPlainString());
  }

  /** V1's products, whose prices must sum up to the amount. */
  private static ArrayNode items(Order order) {
    ArrayNode items = JsonMapper.shared().createArrayNode();
    String products = order.wishes().goods().products();
    if (products == null) {
      return items;
    }
    Money sum = Money.zero(order.amount().currency());
    for (JsonNode product : Tree.of(products, "products의 형식이 올바르지 않습니다.")) {
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
        Tree.object()
            .put("name", cut(product.path("name").asString(), LONGEST))
            .put("quantity", Long.toString(count));
    item.set("unit_amount", amount(price));
    Tree.putIf(item, "sku", cut(product.path("code").asString(""), LONGEST));
    return item;
  }

  /** Where the goods go, if the shop knows; else a missing node. */
  private static JsonNode shipping(Order order) {
    String units = order.wishes().bypass(PURCHASE_UNITS);
    return units == null
        ? MissingNode.getInstance()
        : Tree.of(units, "bypass." + PURCHASE_UNITS + "의 형식이 올바르지 않습니다.").path(0).path("shipping");
  }

  /** Without an amount PayPal gives back all there is. */
  static ObjectNode refund(CancelOrder cancel) {
    ObjectNode body =
        Tree.object()
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

  /** Where the buyer agrees. */
  static String link(JsonNode answer) {
    return Stream.of("payer-action", "approve")
        .flatMap(
            name ->
                answer
                    .path("links")
                    .valueStream()
                    .filter(link -> Tree.said(link, "rel").equals(name)))
        .findFirst()
        .map(link -> Tree.text(link, "href"))
        .orElseThrow(() -> new IllegalArgumentException("no link"));
  }

  /**
   * What became of a capture. That an order is completed does not mean that its money came: the
   * capture itself may be under review.
   *
   * @param until when to look at it again
   */
  static Outcome<Approval> approval(JsonNode order, Instant until) {
    JsonNode capture = capture(order).orElseThrow(() -> new IllegalArgumentException("no capture"));
    String status = Tree.text(capture, "status");
    return switch (status) {
      case "COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED" -> new Ok<>(approved(order, capture));
      case "PENDING" -> new Outcome.Pending<>(ref(capture), until);
      case "DECLINED", "FAILED" ->
          new Declined<>(
              new Decline(Reason.REFUSED, status, inKorean("INSTRUMENT_DECLINED", status)));
      default -> throw new IllegalArgumentException("status " + status);
    };
  }

  private static Optional<JsonNode> capture(JsonNode order) {
    JsonNode captures = unit(order).path("payments").path("captures");
    if (captures.size() > 1) {
      throw new IllegalArgumentException("an order of more than one capture");
    }
    return captures.valueStream().findFirst();
  }

  private static JsonNode unit(JsonNode order) {
    return order.required("purchase_units").required(0);
  }

  private static Approval approved(JsonNode order, JsonNode capture) {
    return Approval.of(
            ref(capture),
            money(capture.required("amount")),
            Instant.parse(Tree.text(capture, "create_time")),
            "paypal")
        .memo(Map.of("order", Tree.text(order, "id")))
        .build();
  }

  /**
   * Of the order. Empty if nobody has captured it: without that there is no charge, and nobody but
   * us captures.
   *
   * @throws IllegalArgumentException also while a refund is under way, since what is left is then
   *     not known
   */
  static Optional<PgRecord> record(Order ours, JsonNode order) {
    return capture(order).map(capture -> record(ours, order, capture));
  }

  private static PgRecord record(Order ours, JsonNode order, JsonNode capture) {
    Money amount = money(capture.required("amount"));
    Money refunded = refunded(order, amount.currency());
    String status = Tree.text(capture, "status");
    return switch (status) {
      case "COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED" ->
          refunded.isZero()
              ? PgRecord.paid(approved(order, capture), amount)
              : PgRecord.canceled(approved(order, capture), amount.minus(refunded));
      case "PENDING" -> PgRecord.running(ours);
      case "DECLINED", "FAILED" -> PgRecord.dead(ours);
      default -> throw new IllegalArgumentException("status " + status);
    };
  }

  private static Money refunded(JsonNode order, Currency currency) {
    Money sum = Money.zero(currency);
    for (JsonNode refund : unit(order).path("payments").path("refunds")) {
      switch (Tree.text(refund, "status")) {
        case "COMPLETED" -> sum = sum.plus(money(refund.required("amount")));
        case "FAILED", "CANCELLED" -> {}
        default -> throw new IllegalArgumentException("a refund is under way");
      }
    }
    return sum;
  }

  /** Of a refund. */
  static Outcome<Canceled> canceled(JsonNode refund, Instant until) {
    String status = Tree.text(refund, "status");
    return switch (status) {
      case "COMPLETED" ->
          new Ok<>(
              new Canceled(ref(refund), Instant.parse(Tree.text(refund, "create_time")), null));
      case "PENDING" -> new Outcome.Pending<>(ref(refund), until);
      case "FAILED", "CANCELLED" ->
          new Declined<>(
              new Decline(Reason.NOT_CANCELABLE, "REFUND_" + status, "페이팔에서 환불이 이루어지지 않았습니다."));
      default -> throw new IllegalArgumentException("status " + status);
    };
  }

  /** Of a capture: which order of PayPal's it belongs to. */
  static String orderOf(JsonNode capture) {
    return Tree.text(capture.required("supplementary_data").required("related_ids"), "order_id");
  }

  static PgRef ref(JsonNode transaction) {
    return new PgRef(Tree.text(transaction, "id"));
  }

  private static Money money(JsonNode amount) {
    return Money.ofMajor(
        new BigDecimal(Tree.text(amount, "value")),
        Currency.getInstance(Tree.text(amount, "currency_code")));
  }

  /** PayPal explains itself in English: what a buyer or shop meets most often is said in Korean. */
  static String inKorean(String code, String english) {
    String known = TEXTS.get(code);
    return known == null ? "페이팔이 요청을 거절했습니다. " + english : known;
  }
}
