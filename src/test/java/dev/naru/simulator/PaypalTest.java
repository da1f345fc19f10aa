package dev.naru.simulator;

import static dev.naru.simulator.PaypalShop.GOOD;
import static dev.naru.simulator.PaypalShop.captureOf;
import static dev.naru.simulator.PaypalShop.json;
import static dev.naru.simulator.PaypalShop.link;
import static dev.naru.simulator.PaypalShop.money;
import static dev.naru.simulator.PaypalShop.order;
import static dev.naru.simulator.PaypalShop.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.testing.Apart;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The simulator of PayPal: what it promises about tokens, orders, captures and refunds. */
@Apart
final class PaypalTest {

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

  @Test
  void aTokenOutlivesTheSimulatorAndThenExpires() {
    JsonNode token = shop.token("naru-paypal-client", "naru-paypal-secret");
    assertThat(token.path("token_type").asString()).isEqualTo("Bearer");
    assertThat(token.path("expires_in").asLong()).isEqualTo(32_400);
    for (String wrong : List.of("naru-paypal-secre7", "short", "")) {
      assertThat(shop.token("naru-paypal-client", wrong).path("error").asString())
          .isEqualTo("invalid_client");
    }
    assertThat(shop.token("some-other-client", "any-secret-of-it").has("access_token")).isTrue();
    shop.restart();
    assertThat(shop.get(ORDERS + "/UNKNOWN").statusCode()).isEqualTo(404);
    String good = shop.token;
    for (String wrong : List.of("A21AA", good + "0", "x." + good, ".")) {
      shop.token = wrong;
      HttpResponse<String> refused = shop.get(ORDERS + "/UNKNOWN");
      assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
      assertThat(json(refused).path("error").asString()).isEqualTo("invalid_token");
    }
    shop.token = good;
    shop.pass(Duration.ofHours(9));
    assertThat(shop.get(ORDERS + "/UNKNOWN").statusCode()).isEqualTo(401);
  }

  @Test
  void anOrderIsMadeOncePerRequestId() {
    Map<String, Object> order = order("order-1", "USD", "15.00");
    HttpResponse<String> first = shop.post(ORDERS, "r-1", order);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(json(first).path("id").asString()).matches("[A-Z0-9]{17}");
    assertThat(json(first).path("status").asString()).isEqualTo("PAYER_ACTION_REQUIRED");
    HttpResponse<String> again = shop.post(ORDERS, "r-1", order);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    HttpResponse<String> other = shop.post(ORDERS, "r-2", order);
    assertThat(other.statusCode()).isEqualTo(201);
    assertThat(json(other).path("id")).isNotEqualTo(json(first).path("id"));
    shop.pass(Duration.ofHours(7));
    assertThat(shop.post(ORDERS, "r-1", order).statusCode()).isEqualTo(201);
  }

  /** An order with this in its purchase unit. */
  private static Map<String, Object> changed(String name, Object value) {
    Map<String, Object> unit = PaypalShop.unit("order-1", "USD", "15.00");
    unit.put(name, value);
    Map<String, Object> order = new HashMap<>(order("order-1", "USD", "15.00"));
    order.put("purchase_units", List.of(unit));
    return order;
  }

  @Test
  void refusesAmountsThatPaypalDoesNotTake() {
    Map<List<String>, String> wrong =
        Map.of(
            List.of("KRW", "15000"), "422 CURRENCY_NOT_SUPPORTED",
            List.of("usd", "15.00"), "400 INVALID_PARAMETER_VALUE",
            List.of("USD", "15,00"), "400 INVALID_PARAMETER_VALUE",
            List.of("USD", "0.00"), "422 CANNOT_BE_ZERO_OR_NEGATIVE",
            List.of("USD", "-1.00"), "422 CANNOT_BE_ZERO_OR_NEGATIVE",
            List.of("USD", "1.001"), "422 DECIMAL_PRECISION",
            List.of("JPY", "1500.00"), "422 DECIMALS_NOT_SUPPORTED",
            List.of("HUF", "1500.5"), "422 DECIMALS_NOT_SUPPORTED",
            List.of("USD", ""), "400 MISSING_REQUIRED_PARAMETER");
    wrong.forEach(
        (amount, issue) ->
            assertThat(
                    problem(
                        shop.post(
                            ORDERS,
                            "r-" + amount,
                            changed("amount", money(amount.getFirst(), amount.getLast())))))
                .as(amount.toString())
                .isEqualTo(issue));
    assertThat(shop.post(ORDERS, "jpy", order("jpy", "JPY", "1500")).statusCode()).isEqualTo(201);
  }

  private static Map<String, Object> parts(String total, Map<String, Object> breakdown) {
    return Map.of("currency_code", "USD", "value", total, "breakdown", breakdown);
  }

  @Test
  void theItemsAndThePartsAddUp() {
    List<Map<String, Object>> items =
        List.of(
            Map.of("name", "Tea", "quantity", "2", "unit_amount", money("USD", "6.00")),
            Map.of("name", "Cup", "quantity", "1", "unit_amount", money("USD", "3.50")));
    Map<String, Object> order = changed("items", items);
    assertThat(problem(shop.post(ORDERS, "r-1", order))).isEqualTo("422 ITEM_TOTAL_REQUIRED");
    Map<Map<String, Object>, String> wrong =
        Map.of(
            parts("15.00", Map.of("item_total", money("USD", "15.00"))),
            "422 ITEM_TOTAL_MISMATCH",
            parts("15.00", Map.of("item_total", money("USD", "15.50"))),
            "422 AMOUNT_MISMATCH",
            parts("15.50", Map.of("item_total", money("EUR", "15.50"))),
            "422 CURRENCY_MISMATCH");
    wrong.forEach((amount, issue) -> assertThat(problem(summed(items, amount))).isEqualTo(issue));
    Map<String, Object> right =
        parts(
            "17.00",
            Map.of(
                "item_total", money("USD", "15.50"),
                "shipping", money("USD", "2.50"),
                "discount", money("USD", "1.00")));
    HttpResponse<String> made = summed(items, right);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(json(made).at("/purchase_units/0/items/1/name").asString()).isEqualTo("Cup");
  }

  private HttpResponse<String> summed(List<Map<String, Object>> items, Map<String, Object> amount) {
    Map<String, Object> unit = new HashMap<>();
    unit.put("items", items);
    unit.put("amount", amount);
    Map<String, Object> order = new HashMap<>(order("order-1", "USD", "15.00"));
    order.put("purchase_units", List.of(unit));
    return shop.post(ORDERS, "r-" + amount.hashCode(), order);
  }

  @Test
  void refusesWhatIsNoOrder() {
    Map<String, Object> two = new HashMap<>(order("order-1", "USD", "15.00"));
    two.put("purchase_units", List.of(Map.of(), Map.of()));
    assertThat(shop.post(ORDERS, "r-0", two).statusCode()).isEqualTo(422);
    Map<String, String> wrong =
        Map.of(
            "intent", "400 MISSING_REQUIRED_PARAMETER",
            "purchase_units", "400 MISSING_REQUIRED_PARAMETER");
    wrong.forEach(
        (name, issue) -> {
          Map<String, Object> bad = new HashMap<>(order("order-1", "USD", "15.00"));
          bad.remove(name);
          assertThat(problem(shop.post(ORDERS, "r-" + name, bad))).as(name).isEqualTo(issue);
        });
    Map<String, Object> nobodys = new HashMap<>(order("order-1", "USD", "15.00"));
    nobodys.remove("payment_source");
    HttpResponse<String> made = shop.post(ORDERS, "r-nobody", nobodys);
    assertThat(json(made).path("status").asString()).isEqualTo("CREATED");
    for (String name : List.of("description", "custom_id", "invoice_id")) {
      assertThat(problem(shop.post(ORDERS, "l-" + name, changed(name, "x".repeat(128)))))
          .isEqualTo("400 INVALID_STRING_MAX_LENGTH");
    }
    assertThat(
            PaypalShop.send(
                    HttpRequest.newBuilder(shop.url(ORDERS))
                        .header("Authorization", "Bearer " + shop.token)
                        .POST(BodyPublishers.ofString("{}")))
                .statusCode())
        .isEqualTo(415);
    assertThat(
            problem(PaypalShop.send(shop.request(ORDERS).POST(BodyPublishers.ofString("{\"a\":")))))
        .isEqualTo("400 MALFORMED_REQUEST_JSON");
    assertThat(shop.get("/v2/nothing").statusCode()).isEqualTo(404);
    assertThat(shop.get("/v1").statusCode()).isEqualTo(404);
  }

  @Test
  void anApprovedOrderIsCapturedOnce() {
    JsonNode opened = shop.opened("order-1", "USD", "15.00");
    String id = opened.path("id").asString();
    assertThat(problem(shop.capture(id, "c-1"))).isEqualTo("422 ORDER_NOT_APPROVED");
    String window = link(opened, "payer-action");
    assertThat(shop.page(window)).contains("US$15.00", "PayPal balance", "lang=\"en\"");
    shop.press(window, "action=pay&method=transfer");
    JsonNode approved = json(shop.get(ORDERS + "/" + id));
    assertThat(approved.path("status").asString()).isEqualTo("APPROVED");
    assertThat(approved.at("/purchase_units/0/payee/merchant_id").asString())
        .isEqualTo(PaypalShop.MERCHANT);
    HttpResponse<String> captured = shop.capture(id, "c-1");
    assertThat(captured.statusCode()).as(captured.body()).isEqualTo(201);
    JsonNode capture = captureOf(json(captured));
    assertThat(json(captured).path("status").asString()).isEqualTo("COMPLETED");
    assertThat(capture.path("id").asString()).matches("[A-Z0-9]{17}");
    assertThat(capture.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(capture.path("final_capture").asBoolean()).isTrue();
    assertThat(capture.path("invoice_id").asString()).isEqualTo("order-1");
    assertThat(capture.path("create_time").asString()).isEqualTo("2026-01-01T03:00:00Z");
    assertThat(capture.at("/seller_receivable_breakdown/paypal_fee/value").asString())
        .isEqualTo("0.96");
    assertThat(capture.at("/seller_receivable_breakdown/net_amount/value").asString())
        .isEqualTo("14.04");
    HttpResponse<String> again = shop.capture(id, "c-1");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(captured.body());
    assertThat(problem(shop.capture(id, "c-2"))).isEqualTo("422 ORDER_ALREADY_CAPTURED");
    assertThat(captureOf(json(shop.get(ORDERS + "/" + id)))).isEqualTo(capture);
    assertThat(shop.captureNow(capture)).isEqualTo(capture);
    assertThat(shop.press(window, "action=pay"))
        .isEqualTo("http://shop.example/cancel?token=" + id);
    JsonNode line = shop.control("GET", "books/paypal_v2?order_id=order-1", Map.of()).path(0);
    assertThat(line.path("currency").asString()).isEqualTo("USD");
    assertThat(line.path("amount").asLong()).isEqualTo(1500);
    assertThat(line.path("merchant").asString()).isEqualTo(PaypalShop.MERCHANT);
  }

  @Test
  void anAmountWithoutDecimalsIsShownSo() {
    JsonNode order = shop.opened("order-1", "JPY", "61500");
    assertThat(shop.page(link(order, "payer-action") + "&lang=ko"))
        .contains("61,500")
        .doesNotContain("61,500.00", "KRW", "원", "name=\"months\"");
    JsonNode paid = shop.paid("order-2", "JPY", "61500", GOOD);
    assertThat(paid.at("/amount/value").asString()).isEqualTo("61500");
  }

  @Test
  void aClosedWindowAndAnOldOrder() {
    JsonNode closed = shop.opened("order-1", "USD", "15.00");
    String id = closed.path("id").asString();
    assertThat(shop.press(link(closed, "payer-action"), "action=close"))
        .isEqualTo("http://shop.example/cancel?token=" + id);
    assertThat(problem(shop.capture(id, "c-1"))).isEqualTo("422 ORDER_NOT_APPROVED");
    String approved = shop.approved("order-2", "USD", "15.00", GOOD);
    JsonNode late = shop.opened("order-3", "USD", "15.00");
    shop.pass(Duration.ofHours(3).plusSeconds(1));
    assertThat(shop.press(link(late, "payer-action"), "action=pay"))
        .startsWith("http://shop.example/cancel");
    for (String order : List.of(id, approved, late.path("id").asString())) {
      assertThat(problem(shop.get(ORDERS + "/" + order))).isEqualTo("404 INVALID_RESOURCE_ID");
      assertThat(problem(shop.capture(order, "c-2"))).isEqualTo("404 INVALID_RESOURCE_ID");
    }
  }

  @Test
  void aDeclinedCardIsFoundOutAtCapture() {
    Map<String, String> cards =
        Map.of(
            "4000000000000010", "422 INSTRUMENT_DECLINED",
            "4000000000000044", "422 INSTRUMENT_DECLINED",
            "4000000000000101", "422 PAYER_CANNOT_PAY",
            "4000000000000119", "422 TRANSACTION_REFUSED");
    cards.forEach(
        (card, issue) -> {
          String order = shop.approved("order-" + card, "USD", "15.00", card);
          assertThat(problem(shop.capture(order, "c-1"))).isEqualTo(issue);
          assertThat(problem(shop.capture(order, "c-2"))).isEqualTo(issue);
          assertThat(json(shop.get(ORDERS + "/" + order)).path("status").asString())
              .isEqualTo("PAYER_ACTION_REQUIRED");
        });
    assertThat(shop.control("GET", "books/paypal_v2", Map.of())).hasSize(4);
  }

  @Test
  void aSwallowedCaptureIsServedTheNextTime() {
    String order = shop.approved("order-1", "USD", "15.00", "4000000000009001");
    assertThatThrownBy(() -> shop.capture(order, "c-1"));
    assertThat(json(shop.get(ORDERS + "/" + order)).path("status").asString())
        .isEqualTo("APPROVED");
    assertThat(shop.capture(order, "c-1").statusCode()).isEqualTo(201);
    assertThat(shop.capture(order, "c-1").statusCode()).isEqualTo(200);
  }

  @Test
  void aLostAnswerIsRepeated() {
    String order = shop.approved("order-1", "USD", "15.00", "4000000000009002");
    assertThatThrownBy(() -> shop.capture(order, "c-1"));
    HttpResponse<String> again = shop.capture(order, "c-1");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(captureOf(json(again)).path("status").asString()).isEqualTo("COMPLETED");
  }

  @Test
  void aLateCaptureIsInProgressMeanwhile() {
    String order = shop.approved("order-1", "USD", "15.00", "4000000000009003");
    HttpRequest.Builder asked =
        shop.request(ORDERS + "/" + order + "/capture")
            .header("PayPal-Request-Id", "c-1")
            .timeout(Duration.ofMillis(500))
            .POST(BodyPublishers.noBody());
    assertThatThrownBy(() -> PaypalShop.send(asked));
    assertThat(problem(shop.capture(order, "c-1"))).isEqualTo("422 ORDER_COMPLETION_IN_PROGRESS");
    shop.pass(Duration.ofSeconds(3));
    HttpResponse<String> again = shop.capture(order, "c-1");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(captureOf(json(again)).path("status").asString()).isEqualTo("COMPLETED");
    assertThat(problem(shop.capture(order, "c-2"))).isEqualTo("422 ORDER_ALREADY_CAPTURED");
  }

  @Test
  void anInvoiceIsPaidOnce() {
    String first = shop.approved("order-1", "USD", "15.00", GOOD);
    HttpResponse<String> other = shop.post(ORDERS, "x", order("order-1", "USD", "15.00"));
    shop.press(link(json(other), "payer-action"), "action=pay&method=transfer");
    assertThat(shop.capture(first, "c-1").statusCode()).isEqualTo(201);
    assertThat(problem(shop.capture(json(other).path("id").asString(), "c-2")))
        .isEqualTo("422 DUPLICATE_INVOICE_ID");
  }

  @Test
  void anotherClientSeesNothing() {
    JsonNode capture = shop.paid("order-1", "USD", "15.00", GOOD);
    shop.token =
        shop.token("some-other-client", "any-secret-of-it").path("access_token").asString();
    assertThat(problem(shop.refund(capture, "r-1", Map.of()))).isEqualTo("404 INVALID_RESOURCE_ID");
    String order = capture.at("/supplementary_data/related_ids/order_id").asString();
    assertThat(problem(shop.get(ORDERS + "/" + order))).isEqualTo("404 INVALID_RESOURCE_ID");
  }

  @Test
  void theBookKeepsOrders() {
    String approved = shop.approved("order-1", "USD", "15.00", GOOD);
    JsonNode waiting = shop.opened("order-2", "USD", "15.00");
    JsonNode paid = shop.paid("order-3", "USD", "15.00", GOOD);
    shop.restart();
    assertThat(shop.capture(approved, "c-1").statusCode()).isEqualTo(201);
    assertThat(
            json(shop.get(ORDERS + "/" + waiting.path("id").asString())).path("status").asString())
        .isEqualTo("PAYER_ACTION_REQUIRED");
    String order = paid.at("/supplementary_data/related_ids/order_id").asString();
    assertThat(shop.capture(order, "capture-order-3").statusCode()).isEqualTo(200);
  }
}
