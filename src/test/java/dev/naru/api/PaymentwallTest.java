package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.OwnOrders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code /paymentwall/delivery}. */
@OwnOrders
class PaymentwallTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String PATH = "/paymentwall/delivery";

  private final Api api = SHOP.api();

  private static JsonNode paid(String number) {
    return PayWindow.paid(SHOP, PayWindow.order(PayWindow.PAYMENTWALL), PayWindow.card(number));
  }

  private static JsonNode told(JsonNode payment) {
    return Deposits.book("/_sim/told/paymentwall?tid=" + payment.path("pg_tid").asString());
  }

  /** Of digital goods. */
  static Map<String, Object> digital(JsonNode payment) {
    Map<String, Object> params = new HashMap<>();
    params.put("imp_uid", payment.path("imp_uid").asString());
    params.put("merchant_uid", payment.path("merchant_uid").asString());
    params.put("type", "digital");
    params.put("status", "delivered");
    params.put("estimated_delivery_datetime", 1_767_225_600);
    params.put("estimated_update_datetime", 1_767_225_600);
    params.put("refundable", "no");
    params.put("shipping_address_email", "buyer@example.com");
    return params;
  }

  static Map<String, Object> physical(JsonNode payment) {
    Map<String, Object> params = digital(payment);
    params.put("type", "physical");
    params.put("status", "order_shipped");
    params.put("refundable", "yes");
    params.put("carrier_type", "CJ Logistics");
    params.put("carrier_tracking_id", "123412341234");
    params.put("shipping_address_country", "KR");
    params.put("shipping_address_city", "Seoul");
    params.put("shipping_address_zip", "04524");
    params.put("shipping_address_state", "N/A");
    params.put("shipping_address_street", "세종대로 110");
    params.put("shipping_address_phone", "01098765432");
    params.put("shipping_address_firstname", "길동");
    params.put("shipping_address_lastname", "홍");
    return params;
  }

  private static void taken(Api.Answer answer) {
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).isZero();
    assertThat(answer.response().path("success").asInt()).isEqualTo(1);
    assertThat(answer.response().has("error_code")).isFalse();
  }

  @Test
  void goodsAreReportedOnTheirWay() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYMENTWALL);
    for (String status : List.of("order_placed", "order_shipped", "delivering", "delivered")) {
      Map<String, Object> params = physical(payment);
      params.put("status", status);
      taken(api.post(PATH, params));
      taken(api.postForm(PATH, params));
      assertThat(told(payment))
          .singleElement()
          .satisfies(
              line -> assertThat(line.path("fields").path("status").asString()).isEqualTo(status));
    }
    String rows =
        String.join(
            "\n",
            SHOP.database().sql("select c::text from sale_call c").query(String.class).list());
    assertThat(rows).contains("delivering").doesNotContain("세종대로", "buyer@example.com");
  }

  @Test
  void digitalGoodsNeedNoAddressButAnEmail() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYMENTWALL);
    taken(api.post(PATH, digital(payment)));
    assertThat(told(payment).path(0).path("fields").path("type").asString()).isEqualTo("digital");
  }

  @Test
  void whatThePgDoesNotTakeHasItsCodeAndRemarks() {
    Api.Answer answer = api.post(PATH, physical(paid("4000000000009035")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(answer.message()).isNotBlank();
    assertThat(answer.response().propertyNames()).containsExactly("error_code", "error", "notices");
    assertThat(answer.response().path("error_code").asInt()).isPositive();
    assertThat(answer.response().path("error").asString()).isEqualTo(answer.message());
    assertThat(answer.response().path("notices").path(0).asString()).isNotBlank();
  }

  @Test
  void whatThePgDoesNotAnswerIsSaidSo() {
    for (String number : List.of("4000000000009031", "4000000000009032")) {
      JsonNode payment = paid(number);
      Api.Answer first = api.post(PATH, physical(payment));
      Wire.refused(first, 500, -1);
      assertThat(first.message()).contains("알 수 없습니다");
      taken(api.post(PATH, physical(payment)));
      assertThat(told(payment)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "imp_uid",
        "merchant_uid",
        "type",
        "status",
        "estimated_delivery_datetime",
        "estimated_update_datetime",
        "refundable",
        "shipping_address_email",
        "carrier_type",
        "carrier_tracking_id",
        "shipping_address_country",
        "shipping_address_city",
        "shipping_address_zip",
        "shipping_address_state",
        "shipping_address_street",
        "shipping_address_phone",
        "shipping_address_firstname",
        "shipping_address_lastname"
      })
  void refusesWhatIsMissing(String name) {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYMENTWALL);
    long before = SHOP.rows("sale_call");
    Map<String, Object> without = physical(payment);
    without.remove(name);
    Wire.refused(api.post(PATH, without), 200, -1);
    Wire.refused(api.postForm(PATH, without), 200, -1);
    without.put(name, " ");
    Wire.refused(api.post(PATH, without), 200, -1);
    assertThat(SHOP.rows("sale_call")).isEqualTo(before);
    assertThat(told(payment)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "type, PHYSICAL",
    "status, shipped",
    "refundable, true",
    "estimated_delivery_datetime, 2026-01-01",
    "estimated_delivery_datetime, -1",
    "merchant_uid, another",
    "carrier_tracking_id, 65",
    "carrier_type, 65",
    "reason, 65",
    "details, 401",
    "shipping_address_email, 51",
    "shipping_address_country, 41",
    "shipping_address_state, 41",
    "shipping_address_street, 41",
    "shipping_address_lastname, 41"
  })
  void refusesWhatDoesNotFit(String name, String value) {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYMENTWALL);
    long before = SHOP.rows("sale_call");
    Map<String, Object> wrong = physical(payment);
    wrong.put(name, value.matches("\\d+") ? "가".repeat(Integer.parseInt(value)) : value);
    Wire.refused(api.post(PATH, wrong), 200, -1);
    Wire.refused(api.postForm(PATH, wrong), 200, -1);
    assertThat(SHOP.rows("sale_call")).isEqualTo(before);
    assertThat(told(payment)).isEmpty();
  }

  @Test
  void refusesWhatIsNotPaidByIt() {
    JsonNode payment = PayWindow.paid(SHOP, PayWindow.PAYMENTWALL);
    JsonNode back = PayWindow.paid(SHOP, PayWindow.PAYMENTWALL);
    api.post("/payments/cancel", Map.of("imp_uid", back.path("imp_uid").asString()));
    long before = SHOP.rows("sale_call");
    Map<String, Object> unknown = physical(payment);
    unknown.put("imp_uid", "imp_000000000000");
    Wire.refused(api.post(PATH, unknown), 404, -1);
    Wire.refused(Shop.fresh().api().post(PATH, physical(payment)), 404, -1);
    Wire.refused(api.post(PATH, physical(SHOP.paid(Shop.TOSS))), 501, -1);
    JsonNode open = PayWindow.opened(SHOP, PayWindow.order(PayWindow.PAYMENTWALL));
    Wire.refused(api.post(PATH, physical(open)), 200, 1);
    Wire.refused(api.post(PATH, physical(back)), 200, 1);
    assertThat(SHOP.rows("sale_call")).isEqualTo(before);
  }
}
