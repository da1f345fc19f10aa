package dev.naru.simulator;

import static dev.naru.simulator.PaypalShop.GOOD;
import static dev.naru.simulator.PaypalShop.captureOf;
import static dev.naru.simulator.PaypalShop.json;
import static dev.naru.simulator.PaypalShop.link;
import static dev.naru.simulator.PaypalShop.order;
import static dev.naru.simulator.PaypalShop.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.simulator.kit.book.Book;
import dev.naru.testing.Apart;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The vault of the simulator of PayPal: a token is approved, kept, charged and deleted. */
@Apart
final class PaypalVaultTest {

  private static final String SETUP = "/v3/vault/setup-tokens";
  private static final String TOKENS = "/v3/vault/payment-tokens";
  private static final String ORDERS = "/v2/checkout/orders";

  @TempDir Path data;
  private PaypalShop shop;

  @BeforeEach
  void start() {
    shop = new PaypalShop(data);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private HttpResponse<String> setup(String requestId) {
    Map<String, Object> paypal =
        Map.of("usage_type", "MERCHANT", "experience_context", PaypalShop.context());
    return shop.post(
        SETUP,
        requestId,
        Map.of(
            "payment_source",
            Map.of("paypal", paypal),
            "customer",
            Map.of("merchant_customer_id", "member-1")));
  }

  private HttpResponse<String> keep(JsonNode setup, String requestId) {
    Map<String, Object> token = Map.of("id", setup.path("id").asString(), "type", "SETUP_TOKEN");
    return shop.post(TOKENS, requestId, Map.of("payment_source", Map.of("token", token)));
  }

  private String status(JsonNode setup) {
    return json(shop.get(SETUP + "/" + setup.path("id").asString())).path("status").asString();
  }

  /** A payment token of this card. */
  private String kept(String card) {
    JsonNode setup = json(setup("s-" + card));
    shop.press(link(setup, "approve"), "action=pay&method=card&card_number=" + card);
    HttpResponse<String> kept = keep(setup, "k-" + card);
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
    return json(kept).path("id").asString();
  }

  private static Map<String, Object> byToken(String invoice, String token) {
    Map<String, Object> order = new HashMap<>(order(invoice, "USD", "15.00"));
    order.put("payment_source", Map.of("paypal", Map.of("vault_id", token)));
    return order;
  }

  private HttpResponse<String> charge(String invoice, String token, String requestId) {
    return shop.post(ORDERS, requestId, byToken(invoice, token));
  }

  @Test
  void aTokenIsKeptOnce() {
    HttpResponse<String> first = setup("s-1");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(setup("s-1").statusCode()).isEqualTo(200);
    JsonNode setup = json(first);
    assertThat(setup.path("status").asString()).isEqualTo("PAYER_ACTION_REQUIRED");
    assertThat(setup.at("/customer/merchant_customer_id").asString()).isEqualTo("member-1");
    assertThat(problem(keep(setup, "k-1"))).isEqualTo("422 SETUP_TOKEN_NOT_APPROVED");
    String id = setup.path("id").asString();
    assertThat(shop.press(link(setup, "approve"), "action=pay&method=card&card_number=" + GOOD))
        .isEqualTo(
            "http://shop.example/ok?a=1&approval_token_id=" + id + "&approval_session_id=" + id);
    assertThat(status(setup)).isEqualTo("APPROVED");
    HttpResponse<String> kept = keep(setup, "k-1");
    assertThat(kept.statusCode()).isEqualTo(201);
    assertThat(json(kept).path("customer")).isEqualTo(setup.path("customer"));
    HttpResponse<String> again = keep(setup, "k-1");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(kept.body());
    assertThat(problem(keep(setup, "k-2"))).isEqualTo("422 SETUP_TOKEN_ALREADY_VAULTED");
    assertThat(status(setup)).isEqualTo("VAULTED");
  }

  @Test
  void aRefusedWindowKeepsNothing() {
    JsonNode setup = json(setup("s-1"));
    assertThat(shop.press(link(setup, "approve"), "action=close"))
        .startsWith("http://shop.example/cancel?approval_token_id=");
    assertThat(problem(keep(setup, "k-1"))).isEqualTo("422 SETUP_TOKEN_NOT_APPROVED");
    JsonNode expired = json(setup("s-2"));
    shop.press(link(expired, "approve"), "action=pay&method=card&card_number=4000000000000044");
    assertThat(problem(keep(expired, "k-2"))).isEqualTo("422 INSTRUMENT_DECLINED");
    JsonNode old = json(setup("s-3"));
    shop.pass(Duration.ofHours(73));
    shop.token =
        shop.token("naru-paypal-client", "naru-paypal-secret").path("access_token").asString();
    assertThat(problem(keep(old, "k-3"))).isEqualTo("404 TOKEN_NOT_FOUND");
  }

  @Test
  void aTokenIsChargedUntilItIsDeleted() {
    String token = kept(GOOD);
    HttpResponse<String> charged = charge("order-1", token, "c-1");
    assertThat(charged.statusCode()).as(charged.body()).isEqualTo(201);
    assertThat(json(charged).path("status").asString()).isEqualTo("COMPLETED");
    JsonNode capture = captureOf(json(charged));
    assertThat(capture.path("status").asString()).isEqualTo("COMPLETED");
    HttpResponse<String> again = charge("order-1", token, "c-1");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(charged.body());
    assertThat(problem(charge("order-1", token, "c-2"))).isEqualTo("422 DUPLICATE_INVOICE_ID");
    shop.restart();
    assertThat(json(shop.get(TOKENS + "/" + token)).path("id").asString()).isEqualTo(token);
    assertThat(shop.refund(capture, "r-1", Map.of()).statusCode()).isEqualTo(201);
    assertThat(charge("order-2", token, "c-3").statusCode()).isEqualTo(201);
    HttpRequest.Builder deletion = shop.request(TOKENS + "/" + token).DELETE();
    assertThat(PaypalShop.send(deletion).statusCode()).isEqualTo(204);
    assertThat(problem(shop.get(TOKENS + "/" + token))).isEqualTo("404 TOKEN_NOT_FOUND");
    assertThat(PaypalShop.send(deletion).statusCode()).isEqualTo(404);
    assertThat(problem(charge("order-3", token, "c-4"))).isEqualTo("404 TOKEN_ID_NOT_FOUND");
    JsonNode books = shop.control("GET", "books/paypal_v2", Map.of());
    assertThat(books).hasSize(2);
    assertThat(books.path(0).path("billing_key").asString()).isEqualTo(token);
  }

  @Test
  void aTokenDoesWhatItsCardDoes() {
    String declined = kept("4000000000000010");
    assertThat(problem(charge("order-1", declined, "c-1"))).isEqualTo("422 INSTRUMENT_DECLINED");
    assertThat(problem(charge("order-1", declined, "c-1"))).isEqualTo("422 INSTRUMENT_DECLINED");
    assertThat(shop.control("GET", "books/paypal_v2", Map.of())).hasSize(1);
    String swallowed = kept("4000000000009001");
    assertThatThrownBy(() -> charge("order-2", swallowed, "c-2"));
    assertThat(charge("order-2", swallowed, "c-2").statusCode()).isEqualTo(201);
    String lost = kept("4000000000009002");
    assertThatThrownBy(() -> charge("order-3", lost, "c-3"));
    assertThat(charge("order-3", lost, "c-3").statusCode()).isEqualTo(200);
    String late = kept("4000000000009003");
    HttpRequest.Builder asked =
        shop.request(ORDERS)
            .header("PayPal-Request-Id", "c-4")
            .timeout(Duration.ofMillis(500))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Book.JSON.writeValueAsString(byToken("order-4", late))));
    assertThatThrownBy(() -> PaypalShop.send(asked));
    assertThat(problem(charge("order-4", late, "c-4")))
        .isEqualTo("409 PREVIOUS_REQUEST_IN_PROGRESS");
    shop.pass(Duration.ofSeconds(3));
    assertThat(charge("order-4", late, "c-4").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> captureBy(String order, String token) {
    return shop.post(
        ORDERS + "/" + order + "/capture",
        "p-" + order,
        Map.of("payment_source", Map.of("paypal", Map.of("vault_id", token))));
  }

  @Test
  void anOrderThatNobodyApprovedIsCapturedByAToken() {
    String order = shop.opened("order-1", "USD", "15.00").path("id").asString();
    assertThat(problem(captureBy(order, "unknown"))).isEqualTo("404 TOKEN_ID_NOT_FOUND");
    String swallowed = kept("4000000000009001");
    assertThatThrownBy(() -> captureBy(order, swallowed));
    HttpResponse<String> captured = captureBy(order, swallowed);
    assertThat(captured.statusCode()).as(captured.body()).isEqualTo(201);
    assertThat(captureOf(json(captured)).path("status").asString()).isEqualTo("COMPLETED");
    assertThat(captureBy(order, swallowed).statusCode()).isEqualTo(200);
    assertThat(problem(shop.capture(order, "other"))).isEqualTo("422 ORDER_ALREADY_CAPTURED");
  }

  @Test
  void anotherClientHasNoUseOfIt() {
    String token = kept(GOOD);
    shop.token =
        shop.token("some-other-client", "any-secret-of-it").path("access_token").asString();
    assertThat(problem(charge("order-1", token, "c-1"))).isEqualTo("404 TOKEN_ID_NOT_FOUND");
    assertThat(problem(shop.get(TOKENS + "/" + token))).isEqualTo("404 TOKEN_NOT_FOUND");
    assertThat(PaypalShop.send(shop.request(TOKENS + "/" + token).DELETE()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void refusesWhatIsNoSetupToken() {
    assertThat(problem(shop.post(SETUP, "s-1", Map.of("payment_source", Map.of()))))
        .isEqualTo("400 MISSING_REQUIRED_PARAMETER");
    Map<String, Object> paypal =
        Map.of("usage_type", "NOBODY", "experience_context", PaypalShop.context());
    assertThat(problem(shop.post(SETUP, "s-2", Map.of("payment_source", Map.of("paypal", paypal)))))
        .isEqualTo("400 INVALID_PARAMETER_VALUE");
    assertThat(problem(shop.post(TOKENS, "k-1", Map.of())))
        .isEqualTo("400 MISSING_REQUIRED_PARAMETER");
    assertThat(shop.get("/v3/vault/nothing").statusCode()).isEqualTo(404);
  }
}
