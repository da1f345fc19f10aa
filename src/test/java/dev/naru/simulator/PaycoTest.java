package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.simulator.kit.book.Book;
import dev.naru.testing.Apart;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The simulator of PAYCO: what it takes of a reservation, and what it promises about an order. */
@Apart
final class PaycoTest {

  private static final String SELLER = "S0FSJE";

  @TempDir Path data;
  private Shop shop;

  @BeforeEach
  void start() {
    shop = new Shop(data);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private JsonNode post(String path, Map<String, ?> body) {
    Map<String, Object> all = new HashMap<>(Map.of("sellerKey", SELLER));
    all.putAll(body);
    return Shop.json(
        shop.send(
            Shop.request(shop.url + "/payco/outseller/" + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Book.JSON.writeValueAsString(all))),
            StandardCharsets.UTF_8));
  }

  private static Map<String, Object> order() {
    Map<String, Object> product = new HashMap<>();
    product.put("cpId", "PARTNERTEST");
    product.put("productId", "PROD_EASY");
    product.put("productAmt", 11_000);
    product.put("orderQuantity", 1);
    product.put("productName", "녹차");
    product.put("taxationType", "TAXATION");
    Map<String, Object> order = new HashMap<>();
    order.put("sellerOrderReferenceKey", "ORDER1");
    order.put("sellerOrderReferenceKeyType", "UNIQUE_KEY");
    order.put("totalPaymentAmt", 11_000);
    order.put("totalTaxfreeAmt", 0);
    order.put("totalTaxableAmt", 10_000);
    order.put("totalVatAmt", 1_000);
    order.put("orderTitle", "녹차");
    order.put("orderMethod", "EASYPAY");
    order.put("returnUrl", "http://shop.test/back?state=1");
    order.put("orderChannel", "PC");
    order.put("inAppYn", "N");
    order.put("payMode", "PAY2");
    order.put("orderProducts", List.of(product));
    return order;
  }

  /** What the sheet brings back when its order was paid in it. */
  private Map<String, String> agreed(JsonNode reserved) {
    String sheet = reserved.path("result").path("orderSheetUrl").asString();
    String window = shop.url + Shop.location(shop.get(sheet));
    Map<String, String> buttons =
        Map.of("action", "pay", "method", "card", "card_number", Shop.GOOD_CARD);
    return Shop.query(Shop.location(shop.form(window, buttons)));
  }

  private JsonNode approve(JsonNode reserved, Map<String, ?> changes) {
    Map<String, Object> body = new HashMap<>();
    body.put("reserveOrderNo", reserved.path("result").path("reserveOrderNo").asString());
    body.put("sellerOrderReferenceKey", "ORDER1");
    body.put("totalPaymentAmt", 11_000);
    body.putAll(changes);
    return post("payment/approval", body);
  }

  @ParameterizedTest
  @CsvSource({
    "sellerKey, NOBODY",
    "totalPaymentAmt, 10999",
    "totalTaxfreeAmt, 1",
    "totalVatAmt, ''",
    "totalTaxableAmt, 10001",
    "orderTitle, ''",
    "returnUrl, javascript:alert(1)",
    "orderChannel, TV",
    "payMode, PAY9",
    "orderProducts, none"
  })
  void refusesWhatIsNoReservation(String name, String value) {
    Map<String, Object> order = order();
    order.put(name, value.matches("\\d+") ? (Object) Long.valueOf(value) : value);
    JsonNode answer = post("order/reserve", order);
    assertThat(answer.path("code").asInt()).isNotZero();
    assertThat(answer.has("result")).isFalse();
    assertThat(answer.path("message").asString()).containsPattern("[가-힣]{2,}");
  }

  @Test
  void anApprovalNeedsWhatTheSheetBroughtBack() {
    JsonNode reserved = post("order/reserve", order());
    Map<String, String> back = agreed(reserved);
    assertThat(back).containsEntry("code", "0").containsEntry("state", "1");
    String token = back.getOrDefault("paymentCertifyToken", "");
    assertThat(approve(reserved, Map.of("paymentCertifyToken", "guessed")).path("code").asInt())
        .isNotZero();
    assertThat(shop.book("payco", "ORDER1")).allMatch(line -> !line.path("paid").asBoolean());
    JsonNode paid = approve(reserved, Map.of("paymentCertifyToken", token));
    assertThat(paid.path("code").asInt()).isZero();
    assertThat(paid.path("result").path("paymentCompletionYn").asString()).isEqualTo("Y");
    Map<String, String> about = Map.of("sellerOrderReferenceKey", "ORDER1");
    assertThat(post("payment/approval/getDetailForVerify", about)).isEqualTo(paid);
  }

  @Test
  void anOrderNumberIsPaidOnce() {
    JsonNode reserved = post("order/reserve", order());
    JsonNode other = post("order/reserve", order());
    String token = agreed(reserved).getOrDefault("paymentCertifyToken", "");
    assertThat(approve(reserved, Map.of("paymentCertifyToken", token)).path("code").asInt())
        .isZero();
    assertThat(post("order/reserve", order()).path("message").asString()).contains("이미 사용된");
    assertThat(approve(reserved, Map.of("paymentCertifyToken", token)).path("message").asString())
        .contains("이미 승인된");
    assertThat(approve(other, Map.of("paymentCertifyToken", token)).path("code").asInt())
        .isNotZero();
    assertThat(shop.book("payco", "ORDER1")).hasSize(1);
  }

  @Test
  void aSheetThatIsNotThereIsNotShown() {
    assertThat(shop.get(shop.url + "/payco/order/sheet?reserveOrderNo=1").statusCode())
        .isEqualTo(404);
    assertThat(shop.get(shop.url + "/payco/order/sheet").statusCode()).isEqualTo(404);
    agreed(post("order/reserve", order()));
    assertThat(shop.written("payco")).contains("ORDER1").doesNotContain(SELLER, Shop.GOOD_CARD);
  }
}
