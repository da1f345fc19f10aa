package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code POST /subscribe/payments/again}. */
class AgainTest {

  private static final Shop SHOP = Shop.fresh();

  private static String customer(String pg, String card) {
    String customer = "customer-" + UUID.randomUUID();
    Api.Answer issued = SHOP.api().issueKey(customer, Shop.card(pg, card));
    assertThat(issued.code()).as(issued.message()).isZero();
    return customer;
  }

  private static Map<String, Object> charge(String customer) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("customer_uid", customer);
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("amount", 8_900);
    parameters.put("name", "월 구독");
    parameters.put("buyer_name", "김나루");
    parameters.put("buyer_email", "buyer@example.com");
    parameters.put("buyer_tel", "010-0000-0000");
    return parameters;
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void chargesAKeyAgainAndAgain(String pg) {
    String customer = customer(pg, Api.GOOD_CARD);
    for (int n = 0; n < 2; n++) {
      JsonNode paid = SHOP.api().post("/subscribe/payments/again/", charge(customer)).response();
      assertThat(paid.path("status").asString()).isEqualTo("paid");
      assertThat(paid.path("amount").asInt()).isEqualTo(8_900);
      assertThat(paid.path("customer_uid").asString()).isEqualTo(customer);
      assertThat(paid.path("customer_uid_usage").asString()).isEqualTo("payment");
      assertThat(paid.path("imp_uid").asString()).startsWith("imps_");
      assertThat(paid.path("pg_provider").asString()).isEqualTo(pg);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tosspayments, 0010, LIMIT_EXCEEDED",
    "html5_inicis, 0010, LIMIT_EXCEEDED",
    "tosspayments, 0028, INSUFFICIENT_BALANCE",
    "html5_inicis, 0085, SUSPENDED_CARD"
  })
  void aDeclineIsAnAnswer(String pg, String card, String reason) {
    String customer = customer(pg, "4000-0000-0000-" + card);
    Api.Answer declined = SHOP.api().postForm("/subscribe/payments/again", charge(customer));
    assertThat(declined.status()).isEqualTo(200);
    assertThat(declined.code()).as(declined.message()).isZero();
    assertThat(declined.response().path("status").asString()).isEqualTo("failed");
    assertThat(declined.response().path("fail_code").asString()).isEqualTo(reason);
  }

  @Test
  void withoutANameHasOne() {
    Map<String, Object> parameters = charge(customer(Shop.TOSS, Api.GOOD_CARD));
    parameters.remove("name");
    JsonNode paid = SHOP.api().post("/subscribe/payments/again", parameters).response();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("name").asString("")).isNotBlank();
  }

  @Test
  void refusesAnUnknownCustomerAndATakenOrder() {
    long before = SHOP.rows("payment");
    Wire.refused(SHOP.api().post("/subscribe/payments/again", charge("nobody")), 200, 1);
    String foreign = "customer-" + UUID.randomUUID();
    Shop.fresh().api().issueKey(foreign, Shop.card(Shop.TOSS, Api.GOOD_CARD));
    Wire.refused(SHOP.api().post("/subscribe/payments/again", charge(foreign)), 200, 1);
    assertThat(SHOP.rows("payment")).isEqualTo(before);

    Map<String, Object> parameters = charge(customer(Shop.TOSS, Api.GOOD_CARD));
    SHOP.api().post("/subscribe/payments/again", parameters);
    Wire.refused(SHOP.api().post("/subscribe/payments/again", parameters), 200, 1);
    assertThat(SHOP.rows("payment")).isEqualTo(before + 1);
  }
}
