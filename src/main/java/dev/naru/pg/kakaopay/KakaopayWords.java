package dev.naru.pg.kakaopay;

import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Wishes;
import dev.naru.connector.window.Visit;
import dev.naru.kernel.Money;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Tree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * V1's parameters in the words of Kakao Pay. {@code pay_method} is not among them, the buyer picks
 * in the window; nor is {@code vat_amount}, which the PG computes.
 */
final class KakaopayWords {

  private static final CodeTable ISSUERS = CodeTable.load("kakaopay-issuers");
  private static final int LONGEST_PAYLOAD = 200;
  private static final int MOST_MONTHS = 12;

  private KakaopayWords() {}

  /** What every charge says. */
  static ObjectNode sold(Order order) {
    return Tree.object()
        .put("partner_order_id", order.id())
        .put("item_name", order.name())
        .put("quantity", 1)
        .put("total_amount", order.amount().minor())
        .put("tax_free_amount", order.tax().free());
  }

  /** Throws {@link IllegalArgumentException} with a text for the buyer's page. */
  static ObjectNode ready(Order order, Visit visit) {
    if (!order.amount().currency().equals(Money.KRW)) {
      throw new IllegalArgumentException("원화(KRW) 결제만 지원합니다. (currency)");
    }
    String back = visit.back() + (visit.back().getQuery() == null ? "?" : "&");
    ObjectNode body =
        sold(order)
            .put("approval_url", back + "order=" + order.id())
            .put("cancel_url", visit.close().toString())
            .put("fail_url", back + "order=" + order.id() + "&failed=1");
    Integer months = months(order);
    if (months != null) {
      body.put("install_month", months);
    }
    Wishes.Cards asked = order.wishes().cards();
    String direct = asked.company();
    Set<String> cards = direct == null ? cards(asked.choices()) : Set.of(issuer(direct));
    if (!cards.isEmpty()) {
      cards.forEach(body.putArray("available_cards")::add);
    }
    String type = order.wishes().bypass("kakaopay.payment_method_type");
    if (type != null && !type.matches("CARD|MONEY")) {
      throw new IllegalArgumentException(
          "결제수단은 CARD 또는 MONEY여야 합니다. (bypass.kakaopay.payment_method_type)");
    }
    if (type != null || direct != null) {
      body.put("payment_method_type", type == null ? "CARD" : type);
    }
    custom(order, visit, body);
    return body;
  }

  /** The PG takes the way back into an app here, which it goes on iOS only. */
  private static void custom(Order order, Visit visit, ObjectNode body) {
    ObjectNode custom = Tree.object();
    String message = order.wishes().bypass("kakaopay.custom_message");
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
    List<Integer> quotas = order.wishes().cards().quotas();
    int quota = quotas == null ? order.quota() : quotas.isEmpty() ? 0 : quotas.getFirst();
    if (quota > MOST_MONTHS || (quotas != null && quotas.size() > 1)) {
      throw new IllegalArgumentException(
          "카카오페이의 할부 개월은 0에서 12 사이의 값 하나만 지정할 수 있습니다. (display.card_quota)");
    }
    return quotas == null && quota == 0 ? null : Integer.valueOf(quota);
  }

  /** Those that V1's list of card companies leaves; none means any. */
  private static Set<String> cards(List<Wishes.Choice> choices) {
    boolean all = true;
    Set<String> on = new LinkedHashSet<>();
    Set<String> off = new LinkedHashSet<>();
    for (Wishes.Choice choice : choices) {
      if (choice.company().equals("*")) {
        all = choice.offered();
      } else {
        (choice.offered() ? on : off).add(issuer(choice.company()));
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

  /** What the window came to is made a charge, a SID, or both. */
  static ObjectNode approve(Order order, Map<String, String> intent) {
    return Tree.object()
        .put("partner_order_id", order.id())
        .put("cid", intent.get("cid"))
        .put("tid", intent.get("tid"))
        .put("partner_user_id", intent.get("user"))
        .put("pg_token", intent.get("pg_token"))
        .put("total_amount", order.amount().minor());
  }

  static ObjectNode cancel(CancelOrder cancel, ObjectNode body) {
    return body.put("cancel_amount", cancel.amount().minor())
        .put("cancel_tax_free_amount", cancel.taxBack().free())
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
