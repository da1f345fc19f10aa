package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What V1 has retired and clients still call. */
class RetiredTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String FOREIGN = "/subscribe/payments/foreign";

  private static Map<String, Object> foreign(String card) {
    return Map.of(
        "merchant_uid",
        Api.newOrder(),
        "amount",
        10_000,
        "card_number",
        card,
        "expiry",
        "2039-12",
        "birth",
        "900101");
  }

  @Test
  void aForeignCardIsCharged() {
    for (Api.Answer answer :
        new Api.Answer[] {
          SHOP.api().post(FOREIGN, foreign(Api.GOOD_CARD)),
          SHOP.api().postForm(FOREIGN + "/", foreign(Api.GOOD_CARD))
        }) {
      JsonNode payment = answer.response();
      assertThat(payment.path("status").asString()).as(answer.message()).isEqualTo("paid");
      assertThat(payment.path("amount").asInt()).isEqualTo(10_000);
      assertThat(SHOP.api().get("/payments/" + payment.path("imp_uid").asString()).response())
          .isEqualTo(payment);
    }
  }

  @Test
  void aForeignCardIsDeclined() {
    JsonNode payment = SHOP.api().post(FOREIGN, foreign("4000-0000-0000-0002")).response();
    assertThat(payment.path("status").asString()).isEqualTo("failed");
    assertThat(payment.path("fail_reason").asString("")).isNotBlank();
    Wire.refused(SHOP.api().post(FOREIGN, foreign("4000-0000-0000-0077")), 200, -1);
  }

  /** As the Python client sends it. */
  @Test
  void aPgThatWantsTheBirthDateRefuses() {
    Map<String, Object> bare = new java.util.HashMap<>(foreign(Api.GOOD_CARD));
    bare.remove("birth");
    bare.put("pg", Shop.TOSS);
    Wire.refused(SHOP.api().post(FOREIGN, bare), 200, -1);
  }

  @Test
  void anOrderIsPaidOnce() {
    Map<String, Object> order = foreign(Api.GOOD_CARD);
    SHOP.api().post(FOREIGN, order);
    Wire.refused(SHOP.api().post(FOREIGN, order), 200, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/promotion/current?amount=1000",
        "/promotion/current?amount=1000&merchant_uid=order",
        "/promotion/infos?status=0",
        "/promotion/infos/?status=3"
      })
  void thereAreNoPromotions(String path) {
    Api.Answer answer = SHOP.api().get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isZero();
    assertThat(answer.response().isArray()).isTrue();
    assertThat(answer.response()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/kakao/payment/orders",
        "/kakao/payment/orders?payment_request_date=2026-01-01",
        "/kakao/payment/orders?payment_request_date=20260230",
        "/promotion/current",
        "/promotion/current?amount=x",
        "/promotion/current?amount=0",
        "/promotion/infos",
        "/promotion/infos?status=4",
        "/promotion/infos?status=-1",
        "/promotion/infos?status=all"
      })
  void whatIsAskedWrongly(String path) {
    Wire.refused(SHOP.api().get(path), 400, -1);
  }
}
