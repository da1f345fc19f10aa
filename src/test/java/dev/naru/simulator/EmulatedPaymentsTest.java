package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.simulator.kit.book.Book;
import dev.naru.testing.Apart;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Payments by Naru's emulation protocol, as it is documented. */
@Apart
class EmulatedPaymentsTest {

  /** All that an order is about. */
  private static final Map<String, Object> TEA =
      Map.of("product", "tea", "name", "녹차", "quantity", 1, "amount", 8_500, "delivery", 2_500);

  private static final String PASSWORD = "naverco-test-password";

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

  private HttpResponse<String> post(String pg, String operation, String id, Map<String, ?> fields) {
    String pair = "naru-" + pg + ":" + pg + "-test-password";
    String body =
        Book.JSON.writeValueAsString(Map.of("operation", operation, "id", id, "fields", fields));
    return shop.send(
        Shop.request(shop.url + "/emulation/v1/" + pg)
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        StandardCharsets.UTF_8);
  }

  private JsonNode call(String operation, String id, Map<String, ?> fields) {
    HttpResponse<String> answer = post("naverco", operation, id, fields);
    assertThat(answer.statusCode()).isEqualTo(200);
    return Shop.json(answer);
  }

  private static Map<String, Object> order() {
    return new HashMap<>(
        Map.of(
            "name", "녹차",
            "amount", 11_000,
            "tax_free", 0,
            "method", "any",
            "language", "ko",
            "return_url", "http://shop.test/back?state=1",
            "products", List.of(TEA)));
  }

  private String window(String id) {
    String path = call("payment.open", id, order()).path("fields").path("window").asString();
    return shop.url + Shop.location(shop.get(shop.url + path));
  }

  private Map<String, String> pay(String id, Map<String, String> more) {
    Map<String, String> buttons = new HashMap<>(Map.of("action", "pay", "method", "card"));
    buttons.put("card_number", Shop.GOOD_CARD);
    buttons.putAll(more);
    String location = Shop.location(shop.form(window(id), buttons));
    assertThat(location).startsWith("http://shop.test/back?state=1&");
    return Shop.query(location);
  }

  private JsonNode approve(Map<String, String> back, long amount) {
    return call(
        "payment.approve",
        back.getOrDefault("id", ""),
        Map.of("token", back.getOrDefault("token", ""), "amount", amount));
  }

  private static Map<String, Object> cancel(String id, long amount) {
    return Map.of("cancel", id, "reason", "변심", "requester", "customer", "amount", amount);
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theReturnIsSignedAsDocumented() throws Exception {
    for (String button : new String[] {"pay", "close"}) {
      Map<String, String> back = pay("ORDER" + button, Map.of("action", button));
      String text =
          String.join(
              "\n",
              back.getOrDefault("id", ""),
              back.getOrDefault("result", ""),
              back.getOrDefault("token", ""),
              back.getOrDefault("amount", ""),
              back.getOrDefault("code", ""),
              back.getOrDefault("message", ""));
      byte[] key = hmac(PASSWORD.getBytes(StandardCharsets.UTF_8), back.getOrDefault("id", ""));
      assertThat(back.get("signature")).isEqualTo(HexFormat.of().formatHex(hmac(key, text)));
      assertThat(back.get("result")).isEqualTo(button.equals("pay") ? "ok" : "declined");
    }
  }

  @Test
  void theBookHoldsNoPassword() throws Exception {
    approve(pay("ORDER1", Map.of()), 11_000);
    assertThat(Files.readString(data.resolve("simulator/naverco.jsonl")))
        .contains("ORDER1")
        .doesNotContain(PASSWORD, Shop.GOOD_CARD);
  }

  @Test
  void anApprovalIsRepeatedAndAnotherAmountRefused() {
    Map<String, String> back = pay("ORDER1", Map.of());
    assertThat(approve(back, 9_000).path("code").asString()).isEqualTo("amount_mismatch");
    assertThat(shop.book("naverco", "ORDER1")).isEmpty();
    JsonNode paid = approve(back, 11_000);
    assertThat(paid.path("fields").path("status").asString()).isEqualTo("paid");
    assertThat(approve(back, 11_000)).isEqualTo(paid);
    assertThat(call("payment.find", "ORDER1", Map.of())).isEqualTo(paid);
    assertThat(shop.book("naverco", "ORDER1")).hasSize(1);
    Map<String, String> guessed = new HashMap<>(back);
    guessed.put("token", "guessed");
    assertThat(approve(guessed, 11_000).path("result").asString()).isEqualTo("declined");
  }

  @Test
  void anApprovalComesWithinTenMinutes() {
    Map<String, String> back = pay("ORDER1", Map.of());
    shop.ahead = Duration.ofMinutes(11);
    JsonNode found = call("payment.find", "ORDER1", Map.of());
    assertThat(found.path("fields").path("status").asString()).isEqualTo("dead");
    assertThat(approve(back, 11_000).path("code").asString()).isEqualTo("expired");
    assertThat(shop.book("naverco", "ORDER1")).isEmpty();
  }

  @Test
  void aCancelIsRepeatedByItsId() {
    approve(pay("ORDER1", Map.of()), 11_000);
    JsonNode first = call("payment.cancel", "ORDER1", cancel("c1", 1_000));
    assertThat(first.path("fields").path("balance").asInt()).isEqualTo(10_000);
    assertThat(call("payment.cancel", "ORDER1", cancel("c1", 1_000))).isEqualTo(first);
    assertThat(call("payment.cancel", "ORDER1", cancel("c2", 10_001)).path("code").asString())
        .isEqualTo("over_cancel");
    Map<String, Object> stale = new HashMap<>(cancel("c3", 1_000));
    stale.put("left", 10_000);
    assertThat(call("payment.cancel", "ORDER1", stale).path("code").asString())
        .isEqualTo("not_cancelable");
    JsonNode last = call("payment.cancel", "ORDER1", cancel("c4", 10_000));
    assertThat(last.path("fields").path("cancels")).hasSize(2);
    assertThat(call("payment.cancel", "ORDER1", cancel("c5", 1)).path("code").asString())
        .isEqualTo("already_cancelled");
  }

  @Test
  void aWindowAndWhatIsKeptSurviveARestart() {
    String window = window("ORDER1");
    shop.close();
    shop = new Shop(data);
    String path = window.replaceFirst("https?://[^/]*", "");
    HttpResponse<String> pressed =
        shop.form(shop.url + path, Map.of("action", "pay", "method", "transfer"));
    approve(Shop.query(Shop.location(pressed)), 11_000);
    JsonNode products = call("product.list", "ORDER1", Map.of());
    assertThat(products.path("fields").path("product_orders")).hasSize(1);
    shop.close();
    shop = new Shop(data);
    assertThat(call("product.list", "ORDER1", Map.of())).isEqualTo(products);
  }

  @Test
  void itsWindowSaysThatNoMoneyMoves() {
    assertThat(shop.get(window("ORDER1")).body()).contains("실제로 결제되지 않습니다");
    assertThat(shop.get(shop.url + "/emulation/v1/naverco/windows/unknown").statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "name, ''",
    "amount, 0",
    "amount, -5",
    "tax_free, 11001",
    "method, vbank",
    "return_url, javascript:alert(1)"
  })
  void refusesBadFields(String name, String value) {
    Map<String, Object> order = order();
    order.put(name, value.matches("-?\\d+") ? (Object) Long.valueOf(value) : value);
    assertThat(call("payment.open", "ORDER1", order).path("code").asString())
        .isEqualTo("bad_request");
  }

  @ParameterizedTest
  @CsvSource({
    "danal-otp, payment.open",
    "paymentwall, points.credit",
    "naverco, delivery.report",
    "naverco, cash.amount",
    "naverco, order.status",
    "naverco, payment.guess",
    "naverco, payment"
  })
  void knowsTheOperationsOfEachPg(String pg, String operation) {
    JsonNode answer = Shop.json(post(pg, operation, "ORDER1", order()));
    assertThat(answer.path("result").asString()).isEqualTo("declined");
    assertThat(answer.path("code").asString()).isIn("bad_request", "bad_credentials");
  }

  @Test
  void anotherAccountKnowsNothingOfIt() {
    approve(pay("ORDER1", Map.of()), 11_000);
    String body =
        Book.JSON.writeValueAsString(
            Map.of("operation", "payment.find", "id", "ORDER1", "fields", Map.of()));
    HttpResponse<String> answer =
        shop.send(
            Shop.request(shop.url + "/emulation/v1/naverco")
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString("other:x".getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body)),
            StandardCharsets.UTF_8);
    assertThat(Shop.json(answer).path("code").asString()).isEqualTo("unknown_transaction");
  }
}
