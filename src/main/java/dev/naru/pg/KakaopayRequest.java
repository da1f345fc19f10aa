package dev.naru.pg;

import dev.naru.connector.CancelOrder;
import dev.naru.connector.Order;
import dev.naru.connector.Visit;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * V1's parameters in the words of Kakao Pay. {@code pay_method} is not among them, the buyer picks
 * in the window; nor is {@code vat_amount}, which the PG computes.
 */
final class KakaopayRequest {

  /** V1's option of a phone that is to show the window of PCs. */
  static final String AS_PC = "kakaopayMobileAsPC";

  private static final String BYPASS = "bypass.kakaopay.";
  private static final CodeTable ISSUERS = CodeTable.load("kakaopay-issuers");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST_PAYLOAD = 200;
  private static final int MOST_MONTHS = 12;

  private KakaopayRequest() {}

  static ObjectNode order(Order order) {
    return JSON.createObjectNode().put("partner_order_id", order.id());
  }

  /** What every charge says. */
  static ObjectNode sold(Order order) {
    return order(order)
        .put("item_name", order.name())
        .put("quantity", 1)
        .put("total_amount", order.amount().minor())
        .put("tax_free_amount", order.tax().free());
  }

  /** Throws {@link IllegalArgumentException} with a text for the buyer's page. */
  static ObjectNode ready(Order order, Visit visit) {
    ObjectNode body =
        sold(order)
            .put("approval_url", back(visit.back(), "order=" + order.id()))
            .put("cancel_url", visit.close().toString())
            .put("fail_url", back(visit.back(), "order=" + order.id() + "&failed=1"));
    Integer months = months(order);
    if (months != null) {
      body.put("install_month", months);
    }
    Set<String> cards = cards(order);
    if (!cards.isEmpty()) {
      cards.forEach(body.putArray("available_cards")::add);
    }
    String type = order.option(BYPASS + "payment_method_type");
    if (type != null && !type.matches("CARD|MONEY")) {
      throw new IllegalArgumentException(
          "결제수단은 CARD 또는 MONEY여야 합니다. (bypass.kakaopay.payment_method_type)");
    }
    if (type != null || order.option("card.direct.code") != null) {
      body.put("payment_method_type", type == null ? "CARD" : type);
    }
    custom(order, visit, body);
    return body;
  }

  private static String back(URI url, String query) {
    return url + (url.getQuery() == null ? "?" : "&") + query;
  }

  /** The PG takes the way back into an app here, which it goes on iOS only. */
  private static void custom(Order order, Visit visit, ObjectNode body) {
    ObjectNode custom = JSON.createObjectNode();
    String message = order.option(BYPASS + "custom_message");
    if (message != null) {
      custom.put("custom_message", message);
    }
    if (visit.mobile() && visit.appScheme() != null) {
      custom.put("return_custom_url", visit.appScheme());
    }
    if (!custom.isEmpty()) {
      body.set("custom_json", custom);
    }
  }

  /** Fixed for the buyer; null leaves it to them. */
  private static @Nullable Integer months(Order order) {
    String quotas = order.option("display.card_quota");
    if (quotas == null) {
      return order.quota() > 0 ? Integer.valueOf(months(Integer.toString(order.quota()))) : null;
    }
    return quotas.isBlank() ? 0 : months(quotas.strip());
  }

  private static int months(String quota) {
    if (!quota.matches("\\d{1,2}") || Integer.parseInt(quota) > MOST_MONTHS) {
      throw new IllegalArgumentException(
          "카카오페이의 할부 개월은 0에서 12 사이의 값 하나만 지정할 수 있습니다. (display.card_quota)");
    }
    return Integer.parseInt(quota);
  }

  /** None means any. */
  private static Set<String> cards(Order order) {
    String direct = order.option("card.direct.code");
    if (direct != null) {
      return Set.of(issuer(direct));
    }
    String detail = order.option("card.detail");
    return detail == null ? Set.of() : cards(detail);
  }

  private static Set<String> cards(String detail) {
    JsonNode entries;
    try {
      entries = JSON.readTree(detail);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException("카드사 설정이 올바르지 않습니다. (card.detail)", malformed);
    }
    boolean all = true;
    Set<String> on = new LinkedHashSet<>();
    Set<String> off = new LinkedHashSet<>();
    for (JsonNode entry : entries) {
      String code = entry.path("card_code").asString("");
      boolean enabled = entry.path("enabled").asBoolean(true);
      if (code.equals("*")) {
        all = enabled;
      } else {
        (enabled ? on : off).add(issuer(code));
      }
    }
    if (all && off.isEmpty()) {
      return Set.of();
    }
    Set<String> cards = new LinkedHashSet<>(all ? List.copyOf(ISSUERS.rows().values()) : on);
    cards.removeAll(off);
    if (cards.isEmpty()) {
      throw new IllegalArgumentException("사용할 수 있는 카드사가 없습니다. (card.detail)");
    }
    return cards;
  }

  private static String issuer(String code) {
    String issuer = ISSUERS.get(code);
    if (issuer == null) {
      throw new IllegalArgumentException("카카오페이에서 지정할 수 없는 카드사입니다. (" + code + ")");
    }
    return issuer;
  }

  /** The tax-free part of the whole is that of the order, whatever the shop says. */
  static ObjectNode cancel(CancelOrder cancel, ObjectNode body) {
    long free = cancel.isWhole() ? cancel.order().tax().free() : cancel.tax().free();
    return body.put("cancel_amount", cancel.amount().minor())
        .put("cancel_tax_free_amount", free)
        .put("cancel_available_amount", cancel.before().minor())
        .put("payload", cut(cancel.reason()));
  }

  /** Gives back all that an order says is left. */
  static ObjectNode all(JsonNode order, String reason, ObjectNode body) {
    JsonNode left = order.required("cancel_available_amount");
    long total = left.required("total").longValue();
    return body.put("cancel_amount", total)
        .put("cancel_tax_free_amount", left.path("tax_free").asLong(0))
        .put("cancel_available_amount", total)
        .put("payload", cut(reason));
  }

  private static String cut(String reason) {
    return reason.length() <= LONGEST_PAYLOAD ? reason : reason.substring(0, LONGEST_PAYLOAD);
  }
}
