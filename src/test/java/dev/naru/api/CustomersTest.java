package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code /subscribe/customers}: billing keys. */
class CustomersTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String PATH = "/subscribe/customers/";

  private final Api api = SHOP.api();

  private static String newCustomer() {
    return "customer-" + UUID.randomUUID();
  }

  private JsonNode issued(String customer, String pg) {
    Api.Answer answer = api.post(PATH + customer, Shop.card(pg, Api.GOOD_CARD));
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).as(answer.message()).isZero();
    return answer.response();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void issuesAndReads(String pg) {
    String customer = newCustomer();
    JsonNode key = issued(customer, pg);
    assertThat(key.propertyNames())
        .containsExactlyInAnyOrder(
            "customer_uid",
            "pg_provider",
            "pg_id",
            "sandbox",
            "customer_id",
            "card_name",
            "card_code",
            "card_issuer_code",
            "card_issuer_name",
            "card_publisher_code",
            "card_publisher_name",
            "card_number",
            "card_type",
            "customer_name",
            "customer_tel",
            "customer_email",
            "customer_addr",
            "customer_postcode",
            "inserted",
            "updated");
    assertThat(key.path("customer_uid").asString()).isEqualTo(customer);
    assertThat(key.path("pg_provider").asString()).isEqualTo(pg);
    assertThat(key.path("sandbox").isBoolean()).isTrue();
    assertThat(key.path("card_name").asString("")).isNotBlank();
    assertThat(key.path("card_number").asString()).contains("*").doesNotContain("123412341234");
    assertThat(key.path("customer_name").asString()).isEqualTo("김나루");
    assertThat(key.path("customer_addr").isNull()).isTrue();
    assertThat(key.path("inserted").isIntegralNumber()).isTrue();
    assertThat(key.path("updated").isIntegralNumber()).isTrue();
    assertThat(api.get(PATH + customer).response()).isEqualTo(key);
    assertThat(api.get(PATH + customer + "/").response()).isEqualTo(key);
  }

  @Test
  void takesAnyTextAsCustomerUid() {
    String plain = UUID.randomUUID().toString();
    for (String path : List.of("%EA%B9%80+" + plain, "a%40b." + plain, "a:b~" + plain)) {
      JsonNode key = issued(path, Shop.TOSS);
      String customer = key.path("customer_uid").asString();
      assertThat(customer).isEqualTo(path.replace("%EA%B9%80", "김").replace("%40", "@"));
      assertThat(api.get(PATH + path).response()).isEqualTo(key);
    }
  }

  @Test
  void readsInBulk() {
    String first = newCustomer();
    String second = newCustomer();
    issued(first, Shop.TOSS);
    issued(second, Shop.INICIS);
    Api.Answer both = bulk(first, second);
    assertThat(both.status()).isEqualTo(200);
    assertThat(both.response().valueStream().map(key -> key.path("customer_uid").asString()))
        .containsExactlyInAnyOrder(first, second);
    Api.Answer one = bulk(first, "nobody");
    assertThat(one.status()).isEqualTo(207);
    assertThat(one.code()).isZero();
    assertThat(one.response()).hasSize(1);
    Wire.refused(bulk("nobody", "no one"), 404, -1);
    Wire.refused(api.get("/subscribe/customers"), 200, -1);
    Wire.refused(Shop.fresh().api().get(PATH + first), 404, -1);
  }

  private Api.Answer bulk(String first, String second) {
    return api.get(
        "/subscribe/customers?customer_uid%5B%5D="
            + first
            + "&customer_uid%5B%5D="
            + second.replace(" ", "%20"));
  }

  @Test
  void aNewCardReplacesTheOld() {
    String customer = newCustomer();
    issued(customer, Shop.TOSS);
    JsonNode replaced = issued(customer, Shop.INICIS);
    assertThat(api.get(PATH + customer).response()).isEqualTo(replaced);
    JsonNode other =
        api.post(PATH + customer, Shop.card(Shop.INICIS, "9410-0000-1111-2222")).response();
    assertThat(other.path("card_number")).isNotEqualTo(replaced.path("card_number"));
    assertThat(api.get(PATH + customer).response()).isEqualTo(other);
    assertThat(
            SHOP.database()
                .sql(
                    "select count(*) from billing_key where merchant_id = :m and customer_uid = :c")
                .param("m", SHOP.merchant().id())
                .param("c", customer)
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  /** What is answered is what is stored, however long ago the first card came. */
  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void aReplacementKeepsTheTimeOfTheFirst(String pg) {
    String customer = newCustomer();
    JsonNode first = issued(customer, Shop.TOSS);
    SHOP.database()
        .sql(
            """
            update customer set inserted_at = inserted_at - interval '1 hour'
            where merchant_id = :m and customer_uid = :c
            """)
        .param("m", SHOP.merchant().id())
        .param("c", customer)
        .update();
    JsonNode second = issued(customer, pg);
    assertThat(second.path("inserted").asLong()).isEqualTo(first.path("inserted").asLong() - 3_600);
    assertThat(second.path("updated").asLong())
        .isGreaterThanOrEqualTo(first.path("updated").asLong());
    assertThat(api.get(PATH + customer).response()).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({"0044", "0051", "0069", "0077"})
  void refusesWrongCardData(String card) {
    for (String pg : List.of(Shop.TOSS, Shop.INICIS)) {
      String customer = newCustomer();
      Api.Answer refused = api.post(PATH + customer, Shop.card(pg, "4000-0000-0000-" + card));
      Wire.refused(refused, 200, -1);
      assertThat(refused.message()).startsWith("카드정보 인증 및 빌키 발급에 실패하였습니다. ");
      Wire.refused(api.get(PATH + customer), 404, -1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    Shop.TOSS + ", 2019-01, 카드 유효기간이 올바르지 않습니다.",
    Shop.INICIS + ", 2019-03, 유효기간 오류",
    "settle, 2019-03, 유효기간 오류"
  })
  void theMonthOfACardIsForThePgToJudge(String pg, String expiry, String text) {
    String customer = newCustomer();
    Map<String, Object> card = new HashMap<>(Shop.card(pg, Api.GOOD_CARD));
    card.put("expiry", expiry);
    Api.Answer refused = api.post(PATH + customer, card);
    Wire.refused(refused, 200, -1);
    assertThat(refused.message()).startsWith("카드정보 인증 및 빌키 발급에 실패하였습니다. ").endsWith(text);
    Wire.refused(api.get(PATH + customer), 404, -1);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void deletesForGood(String pg) {
    String customer = newCustomer();
    JsonNode key = issued(customer, pg);
    Api.Answer deleted = api.delete(PATH + customer + "?reason=bye&extra%5Brequester%5D=customer");
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.response()).isEqualTo(key);
    String unknown = "요청하신 customer_uid(" + customer + ")로 등록된 정보를 찾을 수 없습니다.";
    for (Api.Answer gone : List.of(api.get(PATH + customer), api.delete(PATH + customer))) {
      Wire.refused(gone, 404, -1);
      assertThat(gone.message()).isEqualTo(unknown);
    }
    Api.Answer again =
        api.post(
            "/subscribe/payments/again",
            Map.of("customer_uid", customer, "merchant_uid", Api.newOrder(), "amount", 100));
    Wire.refused(again, 200, 1);
  }

  @Test
  void choosesTheChannel() {
    Map<String, Object> parameters = Shop.card("", Api.GOOD_CARD);
    parameters.put("channel_key", SHOP.channelKey(Shop.INICIS));
    assertThat(api.post(PATH + newCustomer(), parameters).response().path("pg_provider").asString())
        .isEqualTo(Shop.INICIS);
    parameters.put("channel_key", "channel-key-unknown");
    Wire.refused(api.post(PATH + newCustomer(), parameters), 200, -1);
    Wire.refused(api.post(PATH + newCustomer(), Shop.card("nobody", Api.GOOD_CARD)), 200, -1);
  }
}
