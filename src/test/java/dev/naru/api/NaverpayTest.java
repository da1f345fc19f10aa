package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Payments by Naver Pay's payment type, and what V1 offers for them alone. */
class NaverpayTest {

  private static final Shop SHOP = Shop.fresh();

  private final Api api = SHOP.api();

  private static String path(JsonNode payment, String operation) {
    return "/payments/" + payment.path("imp_uid").asString() + "/naver/" + operation;
  }

  private static JsonNode paid(String number) {
    return PayWindow.paid(SHOP, PayWindow.order(PayWindow.NAVERPAY), PayWindow.card(number));
  }

  private static List<JsonNode> told(JsonNode payment, String operation) {
    return Deposits.book("/_sim/told/naverpay?tid=" + payment.path("pg_tid").asString())
        .valueStream()
        .filter(line -> line.path("operation").asString().equals(operation))
        .toList();
  }

  private static void done(Api.Answer answer) {
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).isZero();
    assertThat(answer.response().isNull()).isTrue();
  }

  private void cash(JsonNode payment, int points, int primary, int supply, int vat) {
    Api.Answer answer = api.get(path(payment, "cash-amount"));
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.response().toString())
        .isEqualTo(
            "{\"amount_total\":%d,\"amount_by_npoint\":%d,\"amount_by_primary\":%d,\"amount_supply\":%d,\"amount_vat\":%d}"
                .formatted(points + primary, points, primary, supply, vat));
  }

  @Test
  void cashFollowsPointsAccountAndCancels() {
    Map<String, String> buttons = Map.of("action", "pay", "method", "transfer", "points", "4400");
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.order(PayWindow.NAVERPAY), buttons);
    assertThat(payment.path("pay_method").asString()).isEqualTo("trans");
    assertThat(payment.path("bank_code").asString()).isEqualTo("088");
    cash(payment, 4_400, 6_600, 10_000, 1_000);
    String impUid = payment.path("imp_uid").asString();
    assertThat(api.post("/payments/cancel", Map.of("imp_uid", impUid, "amount", 8_800)).code())
        .isZero();
    cash(payment, 2_200, 0, 2_000, 200);
    assertThat(api.post("/payments/cancel", Map.of("imp_uid", impUid)).code()).isZero();
    cash(payment, 0, 0, 0, 0);
    cash(PayWindow.paid(SHOP, PayWindow.NAVERPAY), 0, 0, 0, 0);
  }

  @Test
  void pointsAloneAreAMethodOfTheirOwn() {
    Map<String, String> buttons = new HashMap<>(PayWindow.card(Api.GOOD_CARD));
    buttons.put("points", "11000");
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.order(PayWindow.NAVERPAY), buttons);
    assertThat(payment.path("pay_method").asString()).isEqualTo("point");
    assertThat(payment.path("card_number").isNull()).isTrue();
    cash(payment, 11_000, 0, 10_000, 1_000);
  }

  @Test
  void pointsAreCreditedOnceAndThePurchaseConfirmedOnce() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.NAVERPAY);
    done(api.post(path(payment, "point"), Map.of()));
    done(api.postForm(path(payment, "point"), Map.of()));
    assertThat(told(payment, "v1/naverpoint-save")).hasSize(1);
    done(api.postForm(path(payment, "confirm"), Map.of("requester", "customer")));
    done(api.post(path(payment, "confirm"), Map.of()));
    assertThat(told(payment, "v1/purchase-confirm"))
        .singleElement()
        .satisfies(
            line -> assertThat(line.path("fields").path("requester").asString()).isEqualTo("1"));
    JsonNode other = PayWindow.paid(SHOP, PayWindow.NAVERPAY);
    done(api.post(path(other, "confirm"), Map.of()));
    assertThat(told(other, "v1/purchase-confirm").getFirst().path("fields").path("requester"))
        .hasToString("\"2\"");
    assertThat(api.get("/payments/" + payment.path("imp_uid").asString()).response())
        .isEqualTo(payment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"point", "confirm", "cash-amount"})
  void whatThePgDoesNotAnswerIsSaidSo(String operation) {
    for (String number : List.of("4000000000009031", "4000000000009032", "4000000000009035")) {
      JsonNode payment = paid(number);
      String path = path(payment, operation);
      boolean reads = operation.equals("cash-amount");
      Api.Answer first = reads ? api.get(path) : api.post(path, Map.of());
      Wire.refused(first, 500, -1);
      Api.Answer again = reads ? api.get(path) : api.post(path, Map.of());
      if (number.endsWith("9035")) {
        assertThat(first.message()).contains("거절");
        Wire.refused(again, 500, -1);
      } else {
        assertThat(first.message()).contains("알 수 없습니다");
        assertThat(again.code()).isZero();
      }
    }
  }

  @Test
  void aCancelTellsWhoAndWhy() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.NAVERPAY);
    String impUid = payment.path("imp_uid").asString();
    Map<String, Object> json =
        Map.of(
            "imp_uid",
            impUid,
            "amount",
            1_000,
            "reason",
            "색상이 다름",
            "extra",
            Map.of("requester", "customer"));
    assertThat(api.post("/payments/cancel", json).code()).isZero();
    assertThat(
            api.postForm(
                    "/payments/cancel",
                    Map.of("imp_uid", impUid, "amount", 1_000, "extra[requester]", "customer"))
                .code())
        .isZero();
    assertThat(api.post("/payments/cancel", Map.of("imp_uid", impUid)).code()).isZero();
    assertThat(told(payment, "v1/cancel").stream())
        .extracting(line -> line.path("fields").path("cancelRequester").asString())
        .containsExactlyInAnyOrder("1", "1", "2");
    JsonNode cancels =
        Deposits.book("/_sim/books/naverpay?tid=" + payment.path("pg_tid").asString())
            .path(0)
            .path("cancels");
    assertThat(cancels.path(0).path("reason").asString()).isEqualTo("색상이 다름");
    assertThat(cancels.path(1).path("reason").asString()).isNotBlank();
  }

  /** A cancel without an answer is looked up, and not told of again. */
  @Test
  void aCancelWithoutAnAnswerIsToldOnce() {
    JsonNode payment = paid("4000000000009012");
    Api.Answer answer =
        api.post(
            "/payments/cancel",
            Map.of(
                "imp_uid",
                payment.path("imp_uid").asString(),
                "extra",
                Map.of("requester", "customer")));
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(told(payment, "v1/cancel"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.path("fields").path("cancelRequester").asString()).isEqualTo("1"));
  }

  @Test
  void refusesARequesterThatIsNone() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.NAVERPAY);
    String impUid = payment.path("imp_uid").asString();
    for (Object extra :
        List.of(
            Map.of("requester", "seller"),
            Map.of("requester", List.of("admin")),
            Map.of("requester", "x".repeat(41)),
            "text",
            List.of("customer"))) {
      Wire.refused(
          api.post("/payments/cancel", Map.of("imp_uid", impUid, "extra", extra)), 200, -1);
    }
    for (Object requester : List.of("CUSTOMER", "seller", Map.of("a", 1), List.of("admin"))) {
      Wire.refused(api.post(path(payment, "confirm"), Map.of("requester", requester)), 200, -1);
    }
    Wire.refused(
        api.postForm(path(payment, "confirm"), Map.of("requester", "x".repeat(41))), 200, -1);
    assertThat(SHOP.rows("cancellation")).isEqualTo(cancellations());
    assertThat(told(payment, "v1/purchase-confirm")).isEmpty();
    assertThat(api.get("/payments/" + impUid).response()).isEqualTo(payment);
  }

  /** Those of this shop that did happen. */
  private static long cancellations() {
    return Objects.requireNonNull(
        SHOP.database()
            .sql("select count(*) from cancellation where merchant_id = ? and state = 'done'")
            .param(SHOP.merchant().id())
            .query(Long.class)
            .single());
  }

  @Test
  void refusesWhatIsNotPaidByIt() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.NAVERPAY);
    JsonNode toss = SHOP.paid(Shop.TOSS);
    JsonNode open = PayWindow.opened(SHOP, PayWindow.order(PayWindow.NAVERPAY));
    JsonNode back = PayWindow.paid(SHOP, PayWindow.NAVERPAY);
    api.post("/payments/cancel", Map.of("imp_uid", back.path("imp_uid").asString()));
    Api stranger = Shop.fresh().api();
    long before = SHOP.rows("sale_call");
    for (String operation : List.of("point", "confirm")) {
      String unknown = "/payments/imp_000000000000/naver/" + operation;
      Wire.refused(api.post(unknown, Map.of()), 404, -1);
      Wire.refused(stranger.post(path(payment, operation), Map.of()), 404, -1);
      Wire.refused(api.post(path(toss, operation), Map.of()), 501, -1);
      Wire.refused(api.post(path(open, operation), Map.of()), 200, 1);
      Wire.refused(api.post(path(back, operation), Map.of()), 200, 1);
    }
    Wire.refused(api.get("/payments/imp_000000000000/naver/cash-amount"), 404, -1);
    Wire.refused(stranger.get(path(payment, "cash-amount")), 404, -1);
    Wire.refused(api.get(path(toss, "cash-amount")), 400, -1);
    Wire.refused(api.get(path(open, "cash-amount")), 200, 1);
    assertThat(SHOP.rows("sale_call")).isEqualTo(before);
  }
}
