package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's PaymentAnnotation: every field is there in every state, with the JSON type V1 gives it. */
class PaymentFieldsTest {

  private static final Shop SHOP = Shop.fresh();

  /** Field names by type; a question mark where null is possible. */
  private static final String FIELDS =
      """
      text: imp_uid merchant_uid pay_method channel pg_provider pg_id name currency status
      text?: emb_pg_provider pg_tid apply_num bank_code bank_name card_code card_name
      text?: card_issuer_code card_issuer_name card_publisher_code card_publisher_name card_number
      text?: vbank_code vbank_name vbank_num vbank_holder buyer_name buyer_email buyer_tel
      text?: buyer_addr buyer_postcode custom_data user_agent fail_reason cancel_reason receipt_url
      text?: customer_uid customer_uid_usage
      int: card_quota vbank_date vbank_issued_at started_at paid_at failed_at cancelled_at
      int?: card_type
      number: amount cancel_amount
      flag: sandbox escrow cash_receipt_issued
      array: cancel_history cancel_receipt_urls
      null: promotion
      """;

  private static boolean fits(String type, JsonNode value) {
    return switch (type) {
      case "text" -> value.isString() && !value.asString("").isEmpty();
      case "text?" -> value.isNull() || value.isString();
      case "int" -> value.isIntegralNumber();
      case "int?" -> value.isNull() || value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "flag" -> value.isBoolean();
      case "array" -> value.isArray();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    FIELDS
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(
            line -> {
              for (String name : line[1].split(" ", -1)) {
                types.put(name, line[0]);
              }
            });
    return types;
  }

  private static void complete(JsonNode payment) {
    types()
        .forEach(
            (name, type) -> {
              assertThat(payment.has(name)).as(name).isTrue();
              assertThat(fits(type, payment.path(name)))
                  .as("%s: %s is %s", name, type, payment.path(name))
                  .isTrue();
            });
    // What is read later is what was answered.
    Api.Answer read = SHOP.api().get("/payments/" + payment.path("imp_uid").asString());
    assertThat(read.response()).isEqualTo(payment);
  }

  private static void times(JsonNode payment, String... happened) {
    for (String name : new String[] {"paid_at", "failed_at", "cancelled_at"}) {
      long at = payment.path(name).asLong();
      if (java.util.List.of(happened).contains(name)) {
        assertThat(at).as(name).isBetween(started(payment) - 1, started(payment) + 60);
      } else {
        assertThat(at).as(name).isZero();
      }
    }
  }

  private static long started(JsonNode payment) {
    return payment.path("started_at").asLong();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void ofAPaidOne(String pg) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("buyer_addr", "서울 마포구");
    all.put("buyer_postcode", "04001");
    all.put("custom_data", Map.of("a", 1));
    JsonNode paid = SHOP.paid(pg, all);
    complete(paid);
    times(paid, "paid_at");
    assertThat(paid.path("imp_uid").asString()).matches("imps_[0-9]{12,27}");
    assertThat(paid.path("amount").isIntegralNumber()).isTrue();
    assertThat(paid.path("amount").asInt()).isEqualTo(10_000);
    assertThat(paid.path("cancel_amount").asInt()).isZero();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("pay_method").asString()).isEqualTo("card");
    assertThat(paid.path("channel").asString()).isEqualTo("api");
    assertThat(paid.path("pg_provider").asString()).isEqualTo(pg);
    assertThat(paid.path("currency").asString()).isEqualTo("KRW");
    assertThat(paid.path("sandbox").asBoolean()).isTrue();
    assertThat(paid.path("pg_tid").asString("")).isNotBlank();
    assertThat(paid.path("apply_num").asString("")).hasSizeBetween(1, 20);
    assertThat(paid.path("card_number").asString())
        .contains("***")
        .doesNotContain("1234123412341234");
    assertThat(paid.path("card_code").asString()).matches("[0-9]{3}");
    assertThat(paid.path("buyer_name").asString()).isEqualTo("김나루");
    assertThat(paid.path("buyer_addr").asString()).isEqualTo("서울 마포구");
    assertThat(paid.path("buyer_postcode").asString()).isEqualTo("04001");
    assertThat(paid.path("custom_data").asString()).isEqualTo("{\"a\":1}");
    assertThat(paid.path("cancel_history")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void ofAFailedOne(String pg) {
    JsonNode failed = SHOP.onetime(pg, "4000-0000-0000-0010", Map.of()).response();
    complete(failed);
    times(failed, "failed_at");
    assertThat(failed.path("status").asString()).isEqualTo("failed");
    assertThat(failed.path("fail_reason").asString("")).contains("한도");
    assertThat(failed.path("amount").asInt()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void ofOneThatWaitsForADeposit(String pg) {
    Map<String, Object> account = Shop.account(pg);
    JsonNode ready = SHOP.api().post("/vbanks", account).response();
    complete(ready);
    times(ready);
    assertThat(ready.path("status").asString()).isEqualTo("ready");
    assertThat(ready.path("pay_method").asString()).isEqualTo("vbank");
    assertThat(ready.path("vbank_code").asString()).isEqualTo("088");
    assertThat(ready.path("vbank_name").asString()).contains("신한");
    assertThat(ready.path("vbank_num").asString("")).matches("[0-9-]{10,32}");
    assertThat(ready.path("vbank_date").asLong()).isBetween(due(account) - 60, due(account) + 60);
    assertThat(ready.path("vbank_issued_at").asLong())
        .isBetween(started(ready) - 1, started(ready) + 60);
  }

  private static long due(Map<String, Object> account) {
    return ((Number) account.getOrDefault("vbank_due", 0)).longValue();
  }

  @Test
  void ofACancelledOne() {
    String impUid = SHOP.paid(Shop.TOSS).path("imp_uid").asString();
    JsonNode cancelled =
        SHOP.api()
            .post("/payments/cancel", Map.of("imp_uid", impUid, "amount", 4_000, "reason", "변심"))
            .response();
    complete(cancelled);
    times(cancelled, "paid_at", "cancelled_at");
    assertThat(cancelled.path("status").asString()).isEqualTo("cancelled");
    assertThat(cancelled.path("cancel_amount").asInt()).isEqualTo(4_000);
    assertThat(cancelled.path("cancel_reason").asString()).isEqualTo("변심");
    JsonNode entry = cancelled.path("cancel_history").path(0);
    assertThat(entry.path("pg_tid").asString("")).isNotBlank();
    assertThat(entry.path("amount").asInt()).isEqualTo(4_000);
    assertThat(entry.path("cancelled_at").asLong())
        .isEqualTo(cancelled.path("cancelled_at").asLong());
    assertThat(entry.path("reason").asString()).isEqualTo("변심");
    assertThat(entry.path("cancellation_id").asString()).startsWith("cancellation-");
    assertThat(entry.has("receipt_url")).isTrue();
  }
}
