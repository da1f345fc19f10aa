package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code /vbanks}: virtual accounts without a window, until their deposit. */
class VbanksTest {

  private static final Shop SHOP = Shop.fresh();

  private final Api api = SHOP.api();

  private JsonNode opened(Map<String, ?> parameters) {
    Api.Answer answer = api.post("/vbanks", parameters);
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(answer.response().path("status").asString()).isEqualTo("ready");
    return answer.response();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void opensAndCloses(String pg) {
    JsonNode waiting = opened(Shop.account(pg));
    String impUid = waiting.path("imp_uid").asString();
    assertThat(impUid).matches("imp_[0-9]{12,28}");
    assertThat(api.get("/payments/" + impUid).response()).isEqualTo(waiting);

    Api.Answer closed = api.delete("/vbanks/" + impUid + "?pg_api_key=ignored");
    assertThat(closed.status()).as(closed.message()).isEqualTo(200);
    assertThat(closed.response().path("status").asString()).isEqualTo("failed");
    assertThat(closed.response().path("failed_at").asLong()).isPositive();
    assertThat(closed.response().path("fail_reason").asString("")).isNotBlank();
    assertThat(api.get("/payments/" + impUid).response()).isEqualTo(closed.response());
    Wire.refused(api.delete("/vbanks/" + impUid), 400, -1);
  }

  @Test
  void severalMayWaitForOneOrder() {
    Map<String, Object> parameters = Shop.account(Shop.TOSS);
    JsonNode first = opened(parameters);
    JsonNode second = opened(parameters);
    assertThat(second.path("imp_uid")).isNotEqualTo(first.path("imp_uid"));
    assertThat(second.path("vbank_num")).isNotEqualTo(first.path("vbank_num"));
    String order = String.valueOf(parameters.get("merchant_uid"));
    assertThat(api.get("/payments/findAll/" + order + "/ready").response().path("total").asInt())
        .isEqualTo(2);
    SHOP.paid(Shop.TOSS, Map.of("merchant_uid", order));
    Wire.refused(api.post("/vbanks", parameters), 200, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "vbank_due, '', 200",
    "vbank_due, 1000, 200",
    "vbank_due, 2030-13-01, 200",
    "vbank_due, 99999999999999, 200",
    "vbank_code, '', 200",
    "vbank_code, 00088, 200",
    "vbank_holder, 열일곱글자가넘는예금주이름은길다니까, 200",
    "channel_key, unknown, 200",
    "pg, nobody, 200"
  })
  void refusesWhatDoesNotFit(String name, String value, int status) {
    long before = SHOP.rows("payment");
    Map<String, Object> parameters = Shop.account(Shop.INICIS);
    parameters.put(name, value);
    Wire.refused(api.post("/vbanks", parameters), status, -1);
    assertThat(SHOP.rows("payment")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void aPgsRefusalIsPassedOnAndKept(String pg) {
    Map<String, Object> parameters = Shop.account(pg);
    parameters.put("vbank_code", "999");
    Api.Answer refused = api.post("/vbanks", parameters);
    Wire.refused(refused, 200, -1);
    assertThat(refused.message()).startsWith("가상계좌 발급에 실패하였습니다. ");
    Api.Answer kept = api.get("/payments/find/" + parameters.get("merchant_uid"));
    assertThat(kept.response().path("status").asString()).isEqualTo("failed");
  }

  @Test
  void tossOpensOneWithoutTheBuyersName() {
    Map<String, Object> parameters = Shop.account(Shop.TOSS);
    parameters.remove("buyer_name");
    opened(parameters);
    parameters.remove("vbank_holder");
    JsonNode waiting = opened(parameters);
    assertThat(waiting.path("buyer_name").isNull()).isTrue();
  }

  @Test
  void aKeyGivesTheSameNumberAgain() {
    Map<String, Object> parameters = Shop.account(Shop.TOSS);
    parameters.put("vbank_key", "payer-0001");
    JsonNode first = opened(parameters);
    parameters.put("merchant_uid", Api.newOrder());
    assertThat(opened(parameters).path("vbank_num")).isEqualTo(first.path("vbank_num"));
    parameters.put("vbank_key", "payer-0002");
    assertThat(opened(parameters).path("vbank_num")).isNotEqualTo(first.path("vbank_num"));
    parameters.put("vbank_key", "fourteen-chars");
    Wire.refused(api.post("/vbanks", parameters), 200, -1);
    parameters.remove("vbank_key");
    parameters.put("fixed_unlimited_vbank", true);
    Wire.refused(api.post("/vbanks", parameters), 501, -1);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void theyDoNotChangeOne(String pg) {
    JsonNode waiting = opened(Shop.account(pg));
    String path = "/vbanks/" + waiting.path("imp_uid").asString();
    Wire.refused(api.put(path, Map.of("amount", 5_000)), 501, -1);
    Wire.refused(api.put(path, Map.of("amount", 0)), 400, -1);
    Wire.refused(api.put(path, Map.of("vbank_due", 1_000)), 400, -1);
    assertThat(api.get("/payments/" + waiting.path("imp_uid").asString()).response())
        .isEqualTo(waiting);
    String paid = SHOP.paid(pg).path("imp_uid").asString();
    Wire.refused(api.put("/vbanks/" + paid, Map.of("amount", 5_000)), 400, -1);
    Wire.refused(api.put("/vbanks/imp_000000000000", Map.of("amount", 5_000)), 404, -1);
    Wire.refused(Shop.fresh().api().put(path, Map.of("amount", 5_000)), 404, -1);
  }

  @Test
  void closesNothingElse() {
    String paid = SHOP.paid(Shop.TOSS).path("imp_uid").asString();
    Wire.refused(api.delete("/vbanks/" + paid), 400, -1);
    Wire.refused(api.delete("/vbanks/imp_000000000000"), 404, -1);
    String foreign =
        Shop.fresh()
            .api()
            .post("/vbanks", Shop.account(Shop.TOSS))
            .response()
            .path("imp_uid")
            .asString();
    Wire.refused(api.delete("/vbanks/" + foreign), 404, -1);
    // Nor can its deposit be cancelled before it is there.
    String waiting = opened(Shop.account(Shop.INICIS)).path("imp_uid").asString();
    Wire.refused(api.post("/payments/cancel", Map.of("imp_uid", waiting)), 200, 1);
  }
}
