package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Operation;
import dev.naru.kernel.HubClock;
import dev.naru.testing.Api;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What operations of single PGs are about: a payment at that PG, brought to where the operation
 * makes sense; each time another, unless it may be asked or told the same again.
 */
final class Subjects {

  private final Shop shop;
  private final Map<String, JsonNode> kept = new HashMap<>();
  private final Map<String, Map<String, String>> read = new HashMap<>();

  Subjects(Shop shop) {
    this.shop = shop;
  }

  /**
   * What path or query name; empty if the operation is about payments of any PG.
   *
   * @param body gets what else has to be said of it
   */
  Map<String, String> of(Operation operation, Map<String, Object> body) {
    return operation.method().equals("GET")
        ? read.computeIfAbsent(operation.call(), call -> made(operation, body))
        : made(operation, body);
  }

  private Map<String, String> made(Operation operation, Map<String, Object> body) {
    String path = operation.path();
    if (path.contains("/naver/")) {
      return naver(operation, body);
    }
    return switch (path.replaceAll("/\\{.*", "")) {
      case "/payco/orders/status" -> ids(at(PayWindow.PAYCO));
      case "/paymentwall/delivery" -> {
        JsonNode payment = at(PayWindow.PAYMENTWALL);
        body.putAll(PaymentwallTest.physical(payment));
        yield ids(payment);
      }
      case "/escrows/logis" -> escrow(operation.method(), body);
      case "/partners/receipts" -> ids(shop.paid(Shop.INICIS));
      case "/receipts" -> receipt(operation.method());
      case "/benepia/point", "/benepia/payment" -> {
        body.put("benepia_user", "user-" + UUID.randomUUID());
        yield Map.of();
      }
      case "/kcpquick/payment/money" -> {
        String member = shop.member(Shop.newMember());
        body.put("member_id", member);
        body.put("imp_uid", shop.pinCheck(member));
        yield Map.of();
      }
      case "/kcpquick/payment/autopay" -> {
        body.put("customer_uid", shop.autopay(shop.member(Shop.newMember())));
        yield Map.of();
      }
      case "/kakao/payment/orders" ->
          Map.of(
              "payment_request_date",
              LocalDate.now(HubClock.SEOUL).format(DateTimeFormatter.BASIC_ISO_DATE));
      default -> path.endsWith("/balance") ? ids(at(PayWindow.PAYCO)) : Map.of();
    };
  }

  /** One that hears the same word again without minding. */
  private JsonNode at(String pg) {
    return kept.computeIfAbsent(pg, any -> PayWindow.paid(shop, pg));
  }

  private static Map<String, String> ids(JsonNode payment) {
    return Map.of(
        "imp_uid", payment.path("imp_uid").asString(),
        "merchant_uid", payment.path("merchant_uid").asString());
  }

  private Map<String, String> naver(Operation operation, Map<String, Object> body) {
    if (operation.pgs().contains(PayWindow.NAVERPAY)) {
      return ids(at(PayWindow.NAVERPAY));
    }
    if (operation.path().equals("/naver/reviews")) {
      return Map.of();
    }
    Naverco order = Naverco.paid(shop);
    String action = operation.path().replaceAll(".*/", "");
    bring(order, action);
    if (action.equals("ship-exchanged")) {
      body.putAll(
          Map.of(
              "delivery_method", "DELIVERY",
              "delivery_company", "CJGLS",
              "tracking_number", "123412341234"));
    }
    Map<String, String> ids = new LinkedHashMap<>(ids(order.payment()));
    ids.put("product_order_id", order.id(0));
    if (operation.parameters().stream().anyMatch(one -> one.name().equals("product_order_id"))
        && operation.method().equals("POST")) {
      body.put("product_order_id", List.of(order.id(0)));
    }
    return ids;
  }

  /** To where this can be done with its first product order. */
  private static void bring(Naverco order, String action) {
    switch (action) {
      case "approve-cancel" -> {
        order.done("place", 0);
        order.buyer(0, "cancel");
      }
      case "request-return" -> order.done("ship", 0, Naverco.parcel());
      case "approve-return", "reject-return", "withhold-return" -> returning(order);
      case "resolve-return" -> {
        returning(order);
        order.done("withhold-return", 0, Map.of("memo", "확인 중"));
      }
      case "collect-exchanged" -> exchanging(order);
      case "ship-exchanged" -> {
        exchanging(order);
        order.done("collect-exchanged", 0);
      }
      default -> {}
    }
  }

  private static void returning(Naverco order) {
    order.done("ship", 0, Naverco.parcel());
    order.buyer(0, "receive");
    order.buyer(0, "return");
  }

  private static void exchanging(Naverco order) {
    order.done("ship", 0, Naverco.parcel());
    order.buyer(0, "receive");
    order.buyer(0, "exchange");
  }

  /** As if it had been paid in a window that was asked for escrow. */
  private Map<String, String> escrow(String method, Map<String, Object> body) {
    Map<String, String> ids = ids(Deposits.paid(shop.api(), Shop.INICIS, Map.of()));
    int rows =
        shop.database()
            .sql(
                """
                update payment set doc = jsonb_set(doc, '{escrow}', 'true')
                where merchant_id = :merchant and imp_uid = :uid
                """)
            .param("merchant", shop.merchant().id())
            .param("uid", ids.get("imp_uid"))
            .update();
    assertThat(rows).isOne();
    if (!method.equals("POST")) {
      Map<String, Object> delivery =
          body.isEmpty() ? EscrowsTest.delivery("CJGLS", "123456789012") : body;
      done(shop.api().post("/escrows/logis/" + ids.get("imp_uid"), delivery));
    }
    return ids;
  }

  private Map<String, String> receipt(String method) {
    Map<String, String> ids = ids(Deposits.paid(shop.api(), Shop.TOSS, Map.of()));
    if (!method.equals("POST")) {
      Map<String, String> whose = Map.of("identifier", "01024681357");
      done(shop.api().post("/receipts/" + ids.get("imp_uid"), whose));
    }
    return ids;
  }

  private static void done(Api.Answer answer) {
    assertThat(answer.code()).as(answer.body().toString()).isZero();
  }
}
