package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Conformity;
import dev.naru.contract.Contract;
import dev.naru.testing.Api;
import dev.naru.testing.OwnOrders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Payments by Naver Pay's order type, and all V1 lets a shop do about product orders. */
@OwnOrders
class NavercoTest {

  private static final Shop SHOP = Shop.fresh();

  private static final List<String> ACTIONS =
      List.of(
          "cancel",
          "approve-cancel",
          "place",
          "ship",
          "ship-exchanged",
          "collect-exchanged",
          "request-return",
          "approve-return",
          "reject-return",
          "withhold-return",
          "resolve-return");

  /** Of these an empty list is refused: what money goes back for is said, or left out. */
  private static final Set<String> RETURNS_MONEY =
      Set.of("cancel", "approve-cancel", "approve-return");

  private final Api api = SHOP.api();

  /** What each action needs. */
  private static Map<String, Object> body(String action) {
    return switch (action) {
      case "ship", "ship-exchanged" -> Naverco.parcel();
      case "request-return" -> Map.of("delivery_method", "RETURN_INDIVIDUAL");
      case "reject-return", "withhold-return" -> Map.of("memo", "사용한 상품");
      default -> Map.of();
    };
  }

  private static void conforms(String id, JsonNode body) {
    var operation =
        Contract.v1().operations().stream()
            .filter(o -> o.id().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(Conformity.problems(operation, body)).isEmpty();
  }

  /** All that is wrong in this state, and changes nothing. */
  private static void refusedBut(Naverco order, int which, List<String> permitted) {
    String before = order.products().toString();
    long held = order.held();
    for (String action : ACTIONS) {
      if (!permitted.contains(action)) {
        Api.Answer answer = order.act(action, which, body(action));
        Wire.refused(answer, 500, -1);
        assertThat(answer.message()).as(action).contains("현재 상태에서는");
      }
    }
    assertThat(order.products().toString()).isEqualTo(before);
    assertThat(order.held()).isEqualTo(held);
    assertThat(order.now().path("cancel_amount").asLong()).isEqualTo(12_000 - held);
  }

  @Test
  void whatIsBoughtBecomesProductOrders() {
    Naverco order = Naverco.paid(SHOP);
    Api.Answer list = api.get(order.path("product-orders"));
    conforms("naverListProductOrders", list.body());
    List<JsonNode> products = order.products();
    assertThat(products)
        .extracting(
            p ->
                List.of(
                    p.path("product_id").asString(),
                    p.path("product_option_id").asString(),
                    p.path("product_option_name").asString(),
                    p.path("quantity").asInt(),
                    p.path("product_amount").asInt(),
                    p.path("delivery_amount").asInt()))
        .containsExactly(
            List.of("tea", "leaf", "", 1, 3_000, 2_500),
            List.of("tea", "bag-s", "종류: 티백 / 크기: 작음", 2, 4_000, 0),
            List.of("tea", "cup", "찻잔", 1, 2_500, 0));
    assertThat(products).extracting(Naverco::state).containsOnly("PAYED  ");
    Api.Answer one = api.get("/naver/product-orders/" + order.id(1));
    conforms("naverReadProductOrder", one.body());
    assertThat(one.response()).isEqualTo(products.get(1));
  }

  @Test
  void goesOutAndArrives() {
    Naverco order = Naverco.paid(SHOP);
    refusedBut(order, 0, List.of("place", "cancel", "ship"));
    order.done("place", 0);
    refusedBut(order, 0, List.of("place", "cancel", "ship"));
    assertThat(Naverco.state(order.done("ship", 0, Naverco.parcel()))).isEqualTo("DELIVERING  ");
    refusedBut(order, 0, List.of("ship", "request-return"));
    order.buyer(0, "receive");
    assertThat(order.state(0)).isEqualTo("DELIVERED  ");
    order.buyer(0, "decide");
    assertThat(order.state(0)).isEqualTo("PURCHASE_DECIDED  ");
    refusedBut(order, 0, List.of());
    assertThat(order.buyer(0, "cancel", Map.of()).status()).isEqualTo(409);
    assertThat(order.state(1)).isEqualTo("PAYED  ");
  }

  @Test
  void aCancelGivesItsMoneyBackAndBooksAgree() {
    Naverco order = Naverco.paid(SHOP);
    JsonNode done = order.done("cancel", 1, Map.of("reason", "SOLD_OUT"));
    assertThat(Naverco.state(done)).isEqualTo("CANCELED CANCEL CANCEL_DONE");
    JsonNode payment = order.now();
    assertThat(payment.path("status").asString()).isEqualTo("cancelled");
    assertThat(payment.path("cancel_amount").asLong()).isEqualTo(4_000);
    assertThat(payment.path("cancel_history")).hasSize(1);
    assertThat(payment.path("cancel_history").path(0).path("reason").asString())
        .contains("SOLD_OUT");
    assertThat(order.held()).isEqualTo(8_000).isEqualTo(order.ledger());
    refusedBut(order, 1, List.of());
    Api.Answer rest = order.act("cancel", Map.of());
    assertThat(rest.status()).isEqualTo(207);
    assertThat(rest.code()).isZero();
    assertThat(rest.message()).contains(order.id(1));
    assertThat(rest.response()).hasSize(2);
    assertThat(order.now().path("cancel_amount").asLong()).isEqualTo(12_000);
    assertThat(order.held()).isZero();
    assertThat(order.ledger()).isZero();
    Wire.refused(order.act("cancel", Map.of()), 500, -1);
  }

  @Test
  void anUnknownReasonOfACancelIsTheDefaultAndFormsWork() {
    Naverco order = Naverco.paid(SHOP);
    Map<String, Object> form = Map.of("reason", "WHATEVER", "product_order_id[]", order.id(0));
    assertThat(api.postForm(order.path("cancel"), form).code()).isZero();
    form = Map.of("product_order_id", order.id(1));
    assertThat(api.postForm(order.path("cancel"), form).code()).isZero();
    assertThat(order.act("cancel", Map.of("product_order_id", order.id(2))).code()).isZero();
    assertThat(order.now().path("cancel_history"))
        .allSatisfy(c -> assertThat(c.path("reason").asString()).contains("PRODUCT_UNSATISFIED"));
    assertThat(told(order, "product.cancel"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.path("about").asString()).isNotEmpty());
  }

  private static List<JsonNode> told(Naverco order, String operation) {
    return Deposits.book("/_sim/told/naverco?tid=" + order.payment().path("pg_tid").asString())
        .valueStream()
        .filter(line -> line.path("operation").asString().equals(operation))
        .toList();
  }

  @Test
  void aBuyersCancelIsApprovedOrOvertakenByTheParcel() {
    Naverco order = Naverco.paid(SHOP);
    order.done("place", 0);
    order.buyer(0, "cancel");
    assertThat(order.state(0)).isEqualTo("PAYED CANCEL CANCEL_REQUEST");
    refusedBut(order, 0, List.of("approve-cancel", "ship", "place"));
    assertThat(Naverco.state(order.done("approve-cancel", 0)))
        .isEqualTo("CANCELED CANCEL CANCEL_DONE");
    assertThat(order.held()).isEqualTo(6_500).isEqualTo(order.ledger());
    order.buyer(1, "cancel");
    assertThat(Naverco.state(order.done("ship", 1, Naverco.parcel())))
        .isEqualTo("DELIVERING CANCEL CANCEL_REJECT");
    assertThat(order.held()).isEqualTo(6_500);
  }

  @Test
  void aReturnIsWithheldResolvedAndApproved() {
    Naverco order = Naverco.paid(SHOP);
    order.done("ship", 0, Naverco.parcel());
    Map<String, Object> back =
        Map.of(
            "delivery_method",
            "RETURN_DELIVERY",
            "delivery_company",
            "EPOST",
            "tracking_number",
            "99",
            "reason",
            "BROKEN");
    assertThat(Naverco.state(order.done("request-return", 0, back)))
        .isEqualTo("DELIVERING RETURN COLLECTING");
    order.buyer(0, "hand_over");
    assertThat(order.state(0)).isEqualTo("DELIVERING RETURN COLLECT_DONE");
    order.done(
        "withhold-return", 0, Map.of("reason", "EXTRAFEEE", "memo", "배송비", "extra_charge", 3_000));
    assertThat(told(order, "product.withhold_return").getFirst().path("fields").toString())
        .contains("EXTRAFEEE", "3000");
    refusedBut(order, 0, List.of("resolve-return", "reject-return", "withhold-return"));
    order.done("resolve-return", 0);
    assertThat(Naverco.state(order.done("approve-return", 0, Map.of("memo", "확인"))))
        .isEqualTo("RETURNED RETURN RETURN_DONE");
    assertThat(order.held()).isEqualTo(6_500).isEqualTo(order.ledger());
    assertThat(order.now().path("cancel_history").path(0).path("reason").asString())
        .isEqualTo("확인");
    refusedBut(order, 0, List.of());
  }

  @Test
  void aBuyersReturnIsRejectedAndAskedForAgain() {
    Naverco order = Naverco.paid(SHOP);
    order.done("ship", 2, Naverco.parcel());
    order.buyer(2, "receive");
    order.buyer(2, "return");
    assertThat(order.state(2)).isEqualTo("DELIVERED RETURN RETURN_REQUEST");
    refusedBut(order, 2, List.of("approve-return", "reject-return", "withhold-return"));
    assertThat(Naverco.state(order.done("reject-return", 2, Map.of("memo", "사용함"))))
        .isEqualTo("DELIVERED RETURN RETURN_REJECT");
    order.buyer(2, "return");
    order.done("approve-return", 2);
    assertThat(order.held()).isEqualTo(9_500).isEqualTo(order.ledger());
  }

  @Test
  void anExchangeComesBackAndGoesOutAgain() {
    Naverco order = Naverco.paid(SHOP);
    order.done("ship", 0, Map.of("delivery_method", "NOTHING", "dispatched_at", 1_784_000_000));
    order.buyer(0, "receive");
    order.buyer(0, "exchange");
    assertThat(order.state(0)).isEqualTo("DELIVERED EXCHANGE EXCHANGE_REQUEST");
    refusedBut(order, 0, List.of("collect-exchanged"));
    assertThat(Naverco.state(order.done("collect-exchanged", 0)))
        .isEqualTo("DELIVERED EXCHANGE COLLECT_DONE");
    refusedBut(order, 0, List.of("ship-exchanged", "collect-exchanged"));
    Map<String, Object> way = Map.of("delivery_method", "QUICK_SVC");
    assertThat(Naverco.state(order.done("ship-exchanged", 0, way)))
        .isEqualTo("DELIVERED EXCHANGE EXCHANGE_REDELIVERING");
    order.buyer(0, "receive");
    assertThat(order.state(0)).isEqualTo("EXCHANGED EXCHANGE EXCHANGE_DONE");
    refusedBut(order, 0, List.of());
  }

  @Test
  void theSameAgainIsDoneOnce() {
    Naverco order = Naverco.paid(SHOP);
    JsonNode first = order.done("ship", 0, Naverco.parcel());
    assertThat(order.done("ship", 0, Naverco.parcel())).isEqualTo(first);
    Map<String, Object> other = new HashMap<>(Naverco.parcel());
    other.put("tracking_number", "1");
    Wire.refused(order.act("ship", 0, other), 500, -1);
  }

  @Test
  void whatIsNotOfThisPaymentFailsAlone() {
    Naverco order = Naverco.paid(SHOP);
    Naverco other = Naverco.paid(SHOP);
    List<String> ids = List.of(order.id(0), other.id(0), "1");
    Api.Answer answer = order.act("place", Map.of("product_order_id", ids));
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.response()).hasSize(1);
    assertThat(answer.message()).contains(other.id(0));
    Wire.refused(order.act("cancel", Map.of("product_order_id", other.id(0))), 500, -1);
    assertThat(other.held()).isEqualTo(12_000);
    assertThat(order.held()).isEqualTo(12_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4000000000009031", "4000000000009032"})
  void whatHasNoAnswerIsSaidSoAndDoneOnce(String card) {
    Naverco order = Naverco.paid(SHOP, card);
    Api.Answer lost = order.act("place", 0);
    Wire.refused(lost, 500, -1);
    assertThat(lost.message()).contains("알 수 없습니다");
    order.done("place", 0);
    assertThat(told(order, "product.place")).hasSize(1);
  }

  @Test
  void aRefusalOfThePgIsPassedOn() {
    Naverco order = Naverco.paid(SHOP, "4000000000009035");
    Api.Answer no = order.act("place", 0);
    Wire.refused(no, 500, -1);
    assertThat(no.message()).contains("거절");
  }

  /** Lost, swallowed, garbled: the resolver repeats it by its id until it is known. */
  @ParameterizedTest
  @ValueSource(strings = {"4000000000009011", "4000000000009012", "4000000000009014"})
  void aCancelWithoutAnAnswerEndsByItself(String card) {
    Naverco order = Naverco.paid(SHOP, card);
    Api.Answer answer = order.act("cancel", 1);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(Naverco.state(answer.response().path(0))).isEqualTo("CANCELED CANCEL CANCEL_DONE");
    assertThat(order.now().path("cancel_amount").asLong()).isEqualTo(4_000);
    assertThat(order.now().path("cancel_history")).hasSize(1);
    assertThat(order.held()).isEqualTo(8_000).isEqualTo(order.ledger());
  }

  @Test
  void aCancelThePgRefusesChangesNothing() {
    Naverco order = Naverco.paid(SHOP, "4000000000009015");
    Wire.refused(order.act("cancel", 0), 500, -1);
    assertThat(order.state(0)).startsWith("PAYED");
    assertThat(order.now().path("cancel_amount").asLong()).isZero();
    assertThat(order.held()).isEqualTo(12_000).isEqualTo(order.ledger());
  }

  @Test
  void aCancelWithAKeyIsMadeOnce() {
    Naverco order = Naverco.paid(SHOP);
    for (int i = 0; i < 2; i++) {
      Wire.Got got =
          Wire.send(
              "POST",
              order.path("cancel"),
              Map.of(
                  "Authorization",
                  api.token(),
                  "Content-Type",
                  "application/json",
                  "Idempotency-Key",
                  order.impUid()),
              ("{\"product_order_id\":\"" + order.id(0) + "\"}")
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(got.status()).as(got.text()).isEqualTo(200);
    }
    assertThat(order.held()).isEqualTo(6_500).isEqualTo(order.ledger());
  }

  @Test
  void aPlainCancelIsRefused() {
    Naverco order = Naverco.paid(SHOP);
    for (Map<String, ?> body :
        List.of(
            Map.of("imp_uid", order.impUid()),
            Map.of("imp_uid", order.impUid(), "amount", 1_000),
            Map.of("merchant_uid", order.payment().path("merchant_uid").asString()))) {
      Api.Answer answer = api.post("/payments/cancel", body);
      Wire.refused(answer, 200, 1);
      assertThat(answer.message()).contains("naver/cancel");
    }
    assertThat(order.held()).isEqualTo(12_000);
    assertThat(order.now()).isEqualTo(order.payment());
  }

  @Test
  void isItsShopsAlone() {
    Naverco order = Naverco.paid(SHOP);
    Api stranger = Shop.fresh().api();
    String before = order.products().toString();
    for (String action : ACTIONS) {
      Wire.refused(stranger.post(order.path(action), body(action)), 404, -1);
      String unknown = "/payments/imp_000000000000/naver/" + action;
      Wire.refused(api.post(unknown, body(action)), 404, -1);
    }
    Wire.refused(stranger.get(order.path("product-orders")), 404, -1);
    Wire.refused(api.get("/payments/imp_000000000000/naver/product-orders"), 404, -1);
    Wire.refused(stranger.get("/naver/product-orders/" + order.id(0)), 404, -1);
    Wire.refused(api.get("/naver/product-orders/1"), 404, -1);
    Wire.refused(api.get("/naver/product-orders/" + "1".repeat(21)), 400, -1);
    Wire.refused(api.get("/naver/product-orders/2030-01"), 400, -1);
    assertThat(order.products().toString()).isEqualTo(before);
  }

  @Test
  void whatIsNotOfTheOrderTypeOrNotPaidHasNone() {
    JsonNode toss = SHOP.paid(Shop.TOSS);
    JsonNode open = PayWindow.opened(SHOP, Naverco.order());
    for (String action : ACTIONS) {
      String of = "/naver/" + action;
      Wire.refused(
          api.post("/payments/" + toss.path("imp_uid").asString() + of, body(action)), 501, -1);
      Wire.refused(
          api.post("/payments/" + open.path("imp_uid").asString() + of, body(action)), 200, 1);
    }
  }

  @Test
  void whatIsMalformedIsRefusedAndChangesNothing() {
    Naverco order = Naverco.paid(SHOP);
    String before = order.products().toString();
    for (String name :
        List.of("delivery_method", "dispatched_at", "delivery_company", "tracking_number")) {
      Map<String, Object> body = new HashMap<>(Naverco.parcel());
      body.remove(name);
      wrong(order, "ship", body, name);
      body.put(name, name.equals("tracking_number") ? "1".repeat(41) : "WRONG");
      wrong(order, "ship", body, name);
      if (!name.equals("dispatched_at")) {
        wrong(order, "ship-exchanged", body, name);
      }
    }
    wrong(order, "request-return", Map.of(), "delivery_method");
    wrong(order, "request-return", Map.of("delivery_method", "DELIVERY"), "delivery_method");
    wrong(
        order, "request-return", Map.of("delivery_method", "RETURN_DELIVERY"), "delivery_company");
    wrong(
        order,
        "request-return",
        Map.of("delivery_method", "RETURN_INDIVIDUAL", "reason", "BORED"),
        "reason");
    wrong(order, "reject-return", Map.of(), "memo");
    wrong(order, "reject-return", Map.of("memo", "가".repeat(257)), "memo");
    wrong(order, "approve-return", Map.of("memo", List.of("a")), "memo");
    wrong(order, "withhold-return", Map.of("reason", "ETC"), "memo");
    wrong(order, "withhold-return", Map.of("memo", "a", "reason", "EXTRAFEE"), "reason");
    wrong(order, "withhold-return", Map.of("memo", "a", "extra_charge", -1), "extra_charge");
    wrong(order, "withhold-return", Map.of("memo", "a", "extra_charge", "much"), "extra_charge");
    for (String action : ACTIONS) {
      for (Object ids :
          List.of("1".repeat(21), List.of(), Map.of("a", 1), List.of(Map.of()), new int[101])) {
        boolean none = ids.equals(List.of()) || ids.equals(List.of(Map.of()));
        if (none && !RETURNS_MONEY.contains(action)) {
          // As good as none, which means all.
          continue;
        }
        Map<String, Object> body = new HashMap<>(body(action));
        body.put("product_order_id", ids);
        wrong(order, action, body, "product_order_id");
      }
    }
    assertThat(order.products().toString()).isEqualTo(before);
  }

  private static void wrong(Naverco order, String action, Map<String, ?> body, String name) {
    Api.Answer answer = order.act(action, body);
    Wire.refused(answer, Wire.invalid("POST", "/payments/imp/naver/" + action), -1);
    assertThat(answer.message()).as(action + " " + body).contains(name);
  }

  @Test
  void noWindowForWhatIsNoOrder() {
    List<Map<String, Object>> wrong = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wrong.add(Naverco.order());
    }
    wrong.get(0).remove("naverProducts");
    wrong.get(1).remove("buyer_tel");
    wrong.get(2).put("amount", 9_499);
    wrong.get(3).put("naverProducts", List.of(Map.of("id", "tea", "name", "녹차")));
    wrong.get(4).put("naverProducts", "[");
    for (Map<String, Object> order : wrong) {
      Api.Answer no = PayWindow.asked(SHOP, order);
      assertThat(no.code()).as(order.toString()).isEqualTo(-1);
      assertThat(no.message()).containsPattern("naverProducts|buyer_tel");
    }
  }

  @Test
  void reviewsAreTheShopsOwn() {
    Naverco order = Naverco.paid(SHOP);
    order.done("ship", 0, Naverco.parcel());
    Map<String, Object> words = Map.of("score", "2", "title", "좋아요", "content", "향이 좋아요");
    assertThat(order.buyer(0, "review", words).status()).isEqualTo(409);
    order.buyer(0, "receive");
    assertThat(order.buyer(0, "review", Map.of("score", "5", "title", "a")).status())
        .isEqualTo(400);
    assertThat(order.buyer(0, "review", words).status()).isEqualTo(200);
    assertThat(order.buyer(0, "review", words).status()).isEqualTo(409);
    String span = "/naver/reviews?from=0&to=4000000000";
    Api.Answer general = api.get(span + "&review_type=general");
    conforms("naverListReviews", general.body());
    assertThat(general.response()).hasSize(1);
    assertThat(general.response().path(0).path("title").asString()).isEqualTo("좋아요");
    assertThat(general.response().path(0).path("product_order_id").asString())
        .isEqualTo(order.id(0));
    assertThat(api.get(span + "&review_type=premium").response()).isEmpty();
    assertThat(api.get("/naver/reviews?from=0&to=1&review_type=general").response()).isEmpty();
    String key = "&review_type=general&channel_key=";
    assertThat(api.get(span + key + SHOP.channelKey(Naverco.PG)).response()).hasSize(1);
    Wire.refused(api.get(span + key + SHOP.channelKey(Shop.TOSS)), 501, -1);
    Wire.refused(api.get(span + key + "none"), 400, -1);
    assertThat(Shop.fresh().api().get(span + "&review_type=general").response()).isEmpty();
    Wire.refused(api.get("/naver/reviews?from=0&to=1"), 400, -1);
    Wire.refused(api.get("/naver/reviews?from=2&to=1&review_type=general"), 400, -1);
    Wire.refused(api.get(span + "&review_type=bad"), 400, -1);
  }
}
