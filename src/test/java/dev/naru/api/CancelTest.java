package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code POST /payments/cancel}. */
class CancelTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String NOTHING = "취소할 결제건이 존재하지 않습니다.";

  private static Api.Answer cancel(Map<String, ?> parameters) {
    return SHOP.api().post("/payments/cancel", parameters);
  }

  private static String uid(JsonNode payment) {
    return payment.path("imp_uid").asString();
  }

  private static JsonNode read(String impUid) {
    return SHOP.api().get("/payments/" + impUid).response();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"amount\": 3000, \"checksum\": 9000}', 200, 1",
    "'{\"checksum\": 0}', 200, 1",
    "'{\"amount\": 10001}', 200, 1",
    "'{\"amount\": -1}', 200, -1",
    "'{\"amount\": 0.5}', 200, -1",
    "'{\"amount\": true}', 200, -1",
    "'{\"amount\": 5000, \"tax_free\": 5001}', 200, -1",
    "'{\"amount\": 5000, \"vat_amount\": 5001}', 200, -1",
    "'{\"amount\": 5000, \"tax_free\": 4800, \"vat_amount\": 300}', 200, -1",
    "'{\"tax_free\": 10001}', 200, -1"
  })
  void refusesAndChangesNothing(String json, int status, int code) {
    JsonNode paid = SHOP.paid(Shop.TOSS);
    String body = "{\"imp_uid\":\"" + uid(paid) + "\"," + json.strip().substring(1);
    Wire.refused(
        SHOP.api().raw("POST", "/payments/cancel", "application/json", body), status, code);
    assertThat(read(uid(paid))).isEqualTo(paid);
  }

  @Test
  void refusesMoreThanIsLeft() {
    String impUid = uid(SHOP.paid(Shop.INICIS));
    cancel(Map.of("imp_uid", impUid, "amount", 6_000));
    Wire.refused(cancel(Map.of("imp_uid", impUid, "amount", 4_001)), 200, 1);
    Wire.refused(cancel(Map.of("imp_uid", impUid, "checksum", 10_000)), 200, 1);
    assertThat(read(impUid).path("cancel_amount").asInt()).isEqualTo(6_000);
    Api.Answer rest = cancel(Map.of("imp_uid", impUid, "amount", 4_000, "checksum", 4_000));
    assertThat(rest.response().path("cancel_amount").asInt()).isEqualTo(10_000);
    assertThat(
            rest.response().path("cancel_history").valueStream().map(c -> c.path("amount").asInt()))
        .containsExactly(6_000, 4_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "null", "\"\"", "\"0\""})
  void withoutAnAmountCancelsAll(String amount) {
    JsonNode paid = SHOP.paid(Shop.TOSS);
    Api.Answer all =
        SHOP.api()
            .raw(
                "POST",
                "/payments/cancel/",
                "application/json",
                "{\"merchant_uid\":\"%s\",\"amount\":%s,\"checksum\":null}"
                    .formatted(paid.path("merchant_uid").asString(), amount));
    assertThat(all.response().path("cancel_amount").asInt()).isEqualTo(10_000);
    Api.Answer again = cancel(Map.of("merchant_uid", paid.path("merchant_uid").asString()));
    Wire.refused(again, 200, 1);
    assertThat(again.message()).isEqualTo("이미 전액취소된 주문입니다.");
  }

  @Test
  void refusesWhatIsNotThere() {
    String foreign = uid(Shop.fresh().paid(Shop.TOSS));
    String failed = uid(SHOP.onetime(Shop.TOSS, "4000-0000-0000-0010", Map.of()).response());
    String waiting = uid(SHOP.api().post("/vbanks", Shop.account(Shop.TOSS)).response());
    for (String impUid : List.of("imp_000000000000", "x", foreign, failed, waiting)) {
      Api.Answer none = cancel(Map.of("imp_uid", impUid));
      Wire.refused(none, 200, 1);
      assertThat(none.message()).isEqualTo(NOTHING);
    }
    Api.Answer none = cancel(Map.of("merchant_uid", "unknown-order"));
    assertThat(none.message()).isEqualTo(NOTHING);
    Wire.refused(cancel(Map.of("reason", "neither id")), 200, -1);
  }

  @Test
  void theImpUidWins() {
    JsonNode paid = SHOP.paid(Shop.TOSS);
    JsonNode other = SHOP.paid(Shop.TOSS);
    String order = paid.path("merchant_uid").asString();
    Wire.refused(cancel(Map.of("imp_uid", "imp_000000000000", "merchant_uid", order)), 200, 1);
    assertThat(read(uid(paid))).isEqualTo(paid);
    Api.Answer won = cancel(Map.of("imp_uid", uid(other), "merchant_uid", order));
    assertThat(uid(won.response())).isEqualTo(uid(other));
    assertThat(read(uid(paid))).isEqualTo(paid);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void passesThePgsRefusalOn(String pg) {
    JsonNode paid = SHOP.onetime(pg, "4000-0000-0000-9015", Map.of()).response();
    Api.Answer refused = cancel(Map.of("imp_uid", uid(paid)));
    Wire.refused(refused, 200, -1);
    assertThat(refused.message()).contains("거절");
    assertThat(read(uid(paid))).isEqualTo(paid);
    // Nothing stays reserved.
    Wire.refused(cancel(Map.of("imp_uid", uid(paid), "checksum", 10_000)), 200, -1);
  }

  @Test
  void aLostAnswerIsFoundOut() {
    JsonNode paid = SHOP.onetime(Shop.TOSS, "4000-0000-0000-9012", Map.of()).response();
    Api.Answer done = cancel(Map.of("imp_uid", uid(paid), "amount", 2_500));
    assertThat(done.response().path("cancel_amount").asInt()).as(done.message()).isEqualTo(2_500);
  }

  @Test
  void announcesACancelOnlyIfAsked() {
    String hook = "/sandbox/hooks/cancel-" + UUID.randomUUID();
    String impUid = uid(SHOP.paid(Shop.TOSS, Map.of("notice_url", Hub.shared().url() + hook)));
    cancel(Map.of("imp_uid", impUid, "amount", 1_000));
    cancel(Map.of("imp_uid", impUid, "amount", 1_000, "enable_webhook", false));
    JsonNode announced =
        cancel(Map.of("imp_uid", impUid, "amount", 1_000, "enable_webhook", true)).response();
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(SHOP.api().get(hook).body()).hasSize(2));
    assertThat(
            SHOP.database()
                .sql("select count(*) from delivery where merchant_id = :m and imp_uid = :uid")
                .param("m", SHOP.merchant().id())
                .param("uid", impUid)
                .query(Long.class)
                .single())
        .isEqualTo(2);
    JsonNode got =
        SHOP.api()
            .get(hook)
            .body()
            .valueStream()
            .map(one -> one.path("fields"))
            .filter(fields -> fields.has("cancellation_id"))
            .findFirst()
            .orElseThrow();
    assertThat(got.path("status").asString()).isEqualTo("cancelled");
    assertThat(got.path("imp_uid").asString()).isEqualTo(impUid);
    assertThat(got.path("cancellation_id"))
        .isEqualTo(announced.path("cancel_history").path(2).path("cancellation_id"));
  }
}
