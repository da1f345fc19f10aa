package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code POST /subscribe/payments/onetime} and the cancel of what it charged. */
class OnetimeTest {

  private static final Shop SHOP = Shop.fresh();

  private final Api api = SHOP.api();

  private JsonNode found(String order) {
    return api.get("/payments/find/" + order).response();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void chargesReadsAndCancelsInParts(String pg) {
    String order = Api.newOrder();
    Api.Answer charged =
        api.post("/subscribe/payments/onetime", Api.keyIn(order, pg, Api.GOOD_CARD));
    assertThat(charged.status()).isEqualTo(200);
    assertThat(charged.response().path("status").asString()).isEqualTo("paid");
    String impUid = charged.response().path("imp_uid").asString();

    Api.Answer part =
        api.post(
            "/payments/cancel", Map.of("imp_uid", impUid, "amount", 3_000, "checksum", 10_000));
    assertThat(part.response().path("status").asString()).isEqualTo("cancelled");
    assertThat(part.response().path("cancel_amount").asInt()).isEqualTo(3_000);

    Api.Answer rest = api.postForm("/payments/cancel/", Map.of("merchant_uid", order));
    assertThat(rest.response().path("cancel_amount").asInt()).isEqualTo(10_000);
    assertThat(rest.response().path("cancel_history").size()).isEqualTo(2);
    assertThat(api.get("/payments/" + impUid).response()).isEqualTo(rest.response());
  }

  @Test
  void refusesAMerchantUidThatWasPaid() {
    Map<String, Object> parameters = Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD);
    api.post("/subscribe/payments/onetime", parameters);
    Wire.refused(api.postForm("/subscribe/payments/onetime", parameters), 200, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0002, REFUSED",
    "0010, LIMIT_EXCEEDED",
    "0028, INSUFFICIENT_BALANCE",
    "0036, LOST_OR_STOLEN",
    "0085, SUSPENDED_CARD",
    "0093, INSTALLMENT_NOT_ALLOWED",
    "0101, SUSPECTED_FRAUD",
    "0119, ISSUER_UNAVAILABLE"
  })
  void aDeclineIsAnAnswer(String card, String reason) {
    for (String pg : List.of(Shop.TOSS, Shop.INICIS)) {
      String order = Api.newOrder();
      Api.Answer declined =
          SHOP.onetime(pg, "4000-0000-0000-" + card, Map.of("merchant_uid", order));
      assertThat(declined.status()).isEqualTo(200);
      assertThat(declined.code()).as(declined.message()).isZero();
      assertThat(declined.body().path("message").isNull()).isTrue();
      assertThat(declined.response().path("status").asString()).isEqualTo("failed");
      assertThat(declined.response().path("fail_reason").asString("")).isNotBlank();
      assertThat(declined.response().path("fail_code").asString()).isEqualTo(reason);
      // The order is free again.
      SHOP.paid(pg, Map.of("merchant_uid", order));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0044, EXPIRED_CARD, false",
    "0051, WRONG_PIN, false",
    "0069, WRONG_IDENTITY, false",
    "0077, INVALID_CARD_NUMBER, false",
    "0044, EXPIRED_CARD, true",
    "0077, INVALID_CARD_NUMBER, true"
  })
  void wrongCardDataIsRefusedAndKept(String card, String reason, boolean withKey) {
    for (String pg : List.of(Shop.TOSS, Shop.INICIS)) {
      String order = Api.newOrder();
      Map<String, Object> changes = new java.util.HashMap<>(Map.of("merchant_uid", order));
      if (withKey) {
        changes.put("customer_uid", "customer-" + order);
      }
      Api.Answer refused = SHOP.onetime(pg, "4000-0000-0000-" + card, changes);
      Wire.refused(refused, 200, -1);
      assertThat(refused.message()).startsWith("카드정보 인증에 실패하였습니다. ");
      JsonNode kept = found(order);
      assertThat(kept.path("status").asString()).isEqualTo("failed");
      assertThat(kept.path("fail_code").asString()).isEqualTo(reason);
      assertThat(refused.message()).endsWith(kept.path("fail_reason").asString("none"));
      Wire.refused(api.get("/subscribe/customers/customer-" + order), 404, -1);
    }
  }

  /**
   * Of cards whose month has passed: by the PG's own text, with a record, with and without a key.
   */
  @ParameterizedTest
  @CsvSource({
    Shop.TOSS + ", 2019-01, 카드 유효기간이 올바르지 않습니다.",
    Shop.TOSS + ", 2019-03, 카드 유효기간이 올바르지 않습니다.",
    Shop.INICIS + ", 2019-01, 유효기간 오류",
    Shop.INICIS + ", 2019-03, 유효기간 오류",
    "settle, 2019-01, 유효기간 오류",
    "settle, 2019-03, 유효기간 오류"
  })
  void theMonthOfACardIsForThePgToJudge(String pg, String expiry, String text) {
    for (boolean withKey : new boolean[] {false, true}) {
      String order = Api.newOrder();
      Map<String, Object> changes = new java.util.HashMap<>();
      changes.put("merchant_uid", order);
      changes.put("expiry", expiry);
      if (withKey) {
        changes.put("customer_uid", "customer-" + order);
      }
      Api.Answer refused = SHOP.onetime(pg, Api.GOOD_CARD, changes);
      Wire.refused(refused, 200, -1);
      assertThat(refused.message()).startsWith("카드정보 인증에 실패하였습니다. ").endsWith(text);
      JsonNode kept = found(order);
      assertThat(kept.path("status").asString()).isEqualTo("failed");
      assertThat(kept.path("fail_code").asString()).isEqualTo("EXPIRED_CARD");
      assertThat(kept.path("fail_reason").asString()).endsWith(text);
      Wire.refused(api.get("/subscribe/customers/customer-" + order), 404, -1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void keepsTheCardAsAKey(String pg) {
    String customer = "customer-" + UUID.randomUUID();
    JsonNode paid = SHOP.paid(pg, Map.of("customer_uid", customer));
    assertThat(paid.path("customer_uid").asString()).isEqualTo(customer);
    assertThat(paid.path("customer_uid_usage").asString()).isEqualTo("payment");
    JsonNode key = api.get("/subscribe/customers/" + customer).response();
    assertThat(key.path("pg_provider").asString()).isEqualTo(pg);
    assertThat(key.path("customer_name").asString()).isEqualTo("김나루");
    assertThat(key.path("customer_email").asString()).isEqualTo("buyer@example.com");
    assertThat(key.path("customer_tel").asString()).isEqualTo("010-0000-0000");
    Api.Answer again =
        api.post(
            "/subscribe/payments/again",
            Map.of(
                "customer_uid",
                customer,
                "merchant_uid",
                Api.newOrder(),
                "amount",
                500,
                "name",
                "월 구독",
                "buyer_name",
                "김나루",
                "buyer_email",
                "b@example.com",
                "buyer_tel",
                "010-0000-0000"));
    assertThat(again.response().path("status").asString()).as(again.message()).isEqualTo("paid");
  }

  /** Not even its key may be replaced by a request that is refused. */
  @Test
  void aTakenOrderLeavesTheCustomersKeyAlone() {
    String customer = "customer-" + UUID.randomUUID();
    Map<String, ?> same = Map.of("merchant_uid", Api.newOrder(), "customer_uid", customer);
    SHOP.paid(Shop.TOSS, same);
    JsonNode before = api.get("/subscribe/customers/" + customer).response();
    Wire.refused(SHOP.onetime(Shop.INICIS, "9999-8888-7777-6666", same), 200, 1);
    assertThat(api.get("/subscribe/customers/" + customer).response()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "50000, 3, paid",
    "50000, 2, paid",
    "50000, 0, paid",
    "50000, 1, refused",
    "49999, 2, refused",
    "50000, 61, refused",
    "50000, -2, refused",
    "50000, 2.5, refused"
  })
  void takesInstalments(String amount, String quota, String expected) {
    Api.Answer answer =
        SHOP.onetime(Shop.INICIS, Api.GOOD_CARD, Map.of("amount", amount, "card_quota", quota));
    if ("paid".equals(expected)) {
      assertThat(answer.response().path("card_quota").asString()).isEqualTo(quota);
    } else {
      Wire.refused(answer, 200, -1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS, "settle"})
  void aCardIsGoodUntilItsMonthEnds(String pg) {
    YearMonth now = YearMonth.now(dev.naru.kernel.HubClock.SEOUL);
    SHOP.paid(pg, Map.of("expiry", now.toString()));
  }

  @Test
  void choosesTheChannel() {
    String inicis = SHOP.channelKey(Shop.INICIS);
    JsonNode byKey = SHOP.paid("", Map.of("channel_key", inicis));
    assertThat(byKey.path("pg_provider").asString()).isEqualTo(Shop.INICIS);
    JsonNode keyWins = SHOP.paid(Shop.TOSS, Map.of("channel_key", inicis));
    assertThat(keyWins.path("pg_provider").asString()).isEqualTo(Shop.INICIS);
    String mid = byKey.path("pg_id").asString();
    assertThat(SHOP.paid(Shop.INICIS + "." + mid).path("pg_id").asString()).isEqualTo(mid);
  }

  /** V1: an absent or unknown {@code pg} means the default channel; a channel_key must be right. */
  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "html5_inicis.OtherMid"})
  void anUnknownPgMeansTheDefault(String pg) {
    JsonNode first = api.get("/users/pg").response().path(0);
    JsonNode paid = SHOP.paid(pg);
    assertThat(paid.path("pg_provider")).isEqualTo(first.path("pg_provider"));
    assertThat(paid.path("pg_id")).isEqualTo(first.path("pg_id"));
  }

  @Test
  void refusesAnUnknownChannelKey() {
    Wire.refused(
        SHOP.onetime(Shop.TOSS, Api.GOOD_CARD, Map.of("channel_key", "channel-key-x")), 200, -1);
    String foreign = Shop.fresh().channelKey(Shop.TOSS);
    Wire.refused(SHOP.onetime(Shop.TOSS, Api.GOOD_CARD, Map.of("channel_key", foreign)), 200, -1);
  }

  @ParameterizedTest
  @CsvSource({"9002, paid", "9001, failed"})
  @Execution(ExecutionMode.CONCURRENT)
  void waitsForAnUnknownOutcome(String card, String status) {
    Api.Answer found = SHOP.onetime(Shop.TOSS, "4000-0000-0000-" + card, Map.of());
    assertThat(found.code()).isZero();
    assertThat(found.response().path("status").asString()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml;q=1", "*/*;q=0.1", "nonsense", ""})
  void answersInJsonWhateverIsAccepted(String accept) {
    String form =
        "pg=tosspayments&amount=1000&card_number=1234123412341234&expiry=2039-12"
            + "&birth=900101&pwd_2digit=12&name=chair&buyer_name=kim&merchant_uid="
            + Api.newOrder();
    Wire.Got got =
        Wire.send(
            "POST",
            "/subscribe/payments/onetime",
            Map.of(
                "Accept",
                accept,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                api.token()),
            form.getBytes(StandardCharsets.US_ASCII));
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    assertThat(got.contentType()).startsWith("application/json");
    assertThat(got.json().path("response").path("status").asString()).isEqualTo("paid");
  }

  /** INICIS settles in won; to send it 14.20 as won would charge another amount. */
  @Test
  void aForeignCurrencyIsNeverChargedAsWon() {
    Api.Answer answer =
        SHOP.onetime(Shop.INICIS, Api.GOOD_CARD, Map.of("amount", 1_400, "currency", "USD"));
    assertThat(answer.response().path("status").asString("")).isNotEqualTo("paid");
    Wire.refused(SHOP.onetime(Shop.TOSS, Api.GOOD_CARD, Map.of("currency", "XXX")), 200, -1);
    Wire.refused(SHOP.onetime(Shop.TOSS, Api.GOOD_CARD, Map.of("currency", "WON")), 200, -1);
  }
}
