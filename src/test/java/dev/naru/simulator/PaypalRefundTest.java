package dev.naru.simulator;

import static dev.naru.simulator.PaypalShop.GOOD;
import static dev.naru.simulator.PaypalShop.captureOf;
import static dev.naru.simulator.PaypalShop.json;
import static dev.naru.simulator.PaypalShop.money;
import static dev.naru.simulator.PaypalShop.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.testing.Apart;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the simulator of PayPal pays back, and what it looks at first. */
@Apart
final class PaypalRefundTest {

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

  private String status(JsonNode capture) {
    return shop.captureNow(capture).path("status").asString();
  }

  private JsonNode refundNow(JsonNode refund) {
    return json(shop.get("/v2/payments/refunds/" + refund.path("id").asString()));
  }

  @Test
  void partsAndTheRest() {
    JsonNode capture = shop.paid("order-1", "USD", "15.00", GOOD);
    Map<String, Object> part =
        Map.of(
            "amount", money("USD", "4.00"),
            "invoice_id", "refund-1",
            "custom_id", "order-1",
            "note_to_payer", "Too much tea");
    HttpResponse<String> first = shop.refund(capture, "r-1", part);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    JsonNode refund = json(first);
    assertThat(refund.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(refund.path("invoice_id").asString()).isEqualTo("refund-1");
    assertThat(refund.path("note_to_payer").asString()).isEqualTo("Too much tea");
    assertThat(refundNow(refund)).isEqualTo(refund);
    HttpResponse<String> again = shop.refund(capture, "r-1", part);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(status(capture)).isEqualTo("PARTIALLY_REFUNDED");
    Map<String, Object> most = Map.of("amount", money("USD", "11.01"));
    assertThat(problem(shop.refund(capture, "r-2", most))).isEqualTo("422 REFUND_AMOUNT_EXCEEDED");
    assertThat(problem(shop.refund(capture, "r-3", Map.of("amount", money("EUR", "1.00")))))
        .isEqualTo("422 REFUND_CAPTURE_CURRENCY_MISMATCH");
    assertThat(problem(shop.refund(capture, "r-4", Map.of("amount", money("USD", "0.00")))))
        .isEqualTo("422 CANNOT_BE_ZERO_OR_NEGATIVE");
    JsonNode rest = json(shop.refund(capture, "r-5", Map.of()));
    assertThat(rest.at("/amount/value").asString()).isEqualTo("11.00");
    assertThat(rest.at("/seller_payable_breakdown/total_refunded_amount/value").asString())
        .isEqualTo("15.00");
    assertThat(status(capture)).isEqualTo("REFUNDED");
    assertThat(problem(shop.refund(capture, "r-6", Map.of())))
        .isEqualTo("422 CAPTURE_FULLY_REFUNDED");
    String order = capture.at("/supplementary_data/related_ids/order_id").asString();
    JsonNode view = json(shop.get("/v2/checkout/orders/" + order));
    assertThat(view.at("/purchase_units/0/payments/refunds")).hasSize(2);
    assertThat(problem(shop.get("/v2/payments/refunds/UNKNOWN")))
        .isEqualTo("404 INVALID_RESOURCE_ID");
  }

  @Test
  void cancelsThatGoWrong() {
    JsonNode swallowed = shop.paid("order-1", "USD", "15.00", "4000000000009011");
    assertThatThrownBy(() -> shop.refund(swallowed, "r-1", Map.of()));
    assertThat(status(swallowed)).isEqualTo("COMPLETED");
    assertThat(shop.refund(swallowed, "r-1", Map.of()).statusCode()).isEqualTo(201);
    JsonNode lost = shop.paid("order-2", "USD", "15.00", "4000000000009012");
    assertThatThrownBy(() -> shop.refund(lost, "r-1", Map.of()));
    assertThat(shop.refund(lost, "r-1", Map.of()).statusCode()).isEqualTo(200);
    JsonNode refused = shop.paid("order-3", "USD", "15.00", "4000000000009015");
    assertThat(problem(shop.refund(refused, "r-1", Map.of()))).isEqualTo("422 REFUND_NOT_ALLOWED");
    assertThat(status(refused)).isEqualTo("COMPLETED");
  }

  @Test
  void aLateRefundIsInProgressMeanwhile() {
    JsonNode capture = shop.paid("order-1", "USD", "15.00", "4000000000009013");
    HttpRequest.Builder asked =
        shop.request("/v2/payments/captures/" + capture.path("id").asString() + "/refund")
            .header("PayPal-Request-Id", "r-1")
            .timeout(Duration.ofMillis(500))
            .POST(BodyPublishers.ofString("{}"));
    assertThatThrownBy(() -> PaypalShop.send(asked));
    assertThat(problem(shop.refund(capture, "r-1", Map.of())))
        .isEqualTo("409 PREVIOUS_REQUEST_IN_PROGRESS");
    shop.pass(Duration.ofSeconds(3));
    HttpResponse<String> again = shop.refund(capture, "r-1", Map.of());
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).path("status").asString()).isEqualTo("COMPLETED");
  }

  @Test
  void aPaymentIsLookedAtAndPassesOrNot() {
    Map<String, String> ends = Map.of("15.97", "COMPLETED", "15.98", "DECLINED");
    ends.forEach(
        (value, end) -> {
          String order = shop.approved("order-" + value, "USD", value, GOOD);
          HttpResponse<String> answer = shop.capture(order, "c-1");
          assertThat(answer.statusCode()).isEqualTo(201);
          JsonNode capture = captureOf(json(answer));
          assertThat(capture.path("status").asString()).isEqualTo("PENDING");
          assertThat(capture.at("/status_details/reason").asString()).isEqualTo("PENDING_REVIEW");
          assertThat(problem(shop.refund(capture, "r-1", Map.of())))
              .isEqualTo("422 REFUND_NOT_ALLOWED");
          assertThat(problem(shop.capture(order, "c-2"))).isEqualTo("422 ORDER_ALREADY_CAPTURED");
          shop.restart();
          shop.pass(Duration.ofSeconds(3));
          Shop.eventually(() -> status(capture).equals(end));
          assertThat(json(shop.get("/v2/checkout/orders/" + order)).path("status").asString())
              .isEqualTo("COMPLETED");
        });
  }

  @Test
  void aRefundIsLookedAtAndPassesOrNot() {
    JsonNode capture = shop.paid("order-1", "USD", "15.00", GOOD);
    JsonNode passes = json(shop.refund(capture, "r-1", Map.of("amount", money("USD", "1.97"))));
    JsonNode fails = json(shop.refund(capture, "r-2", Map.of("amount", money("USD", "2.98"))));
    assertThat(passes.path("status").asString()).isEqualTo("PENDING");
    assertThat(fails.path("status").asString()).isEqualTo("PENDING");
    assertThat(passes.path("create_time").asString()).isEqualTo("2026-01-01T03:00:00Z");
    assertThat(problem(shop.refund(capture, "r-3", Map.of("amount", money("USD", "10.06")))))
        .isEqualTo("422 REFUND_AMOUNT_EXCEEDED");
    assertThat(status(capture)).isEqualTo("COMPLETED");
    shop.restart();
    shop.pass(Duration.ofSeconds(3));
    Shop.eventually(() -> refundNow(passes).path("status").asString().equals("COMPLETED"));
    Shop.eventually(() -> refundNow(fails).path("status").asString().equals("FAILED"));
    assertThat(status(capture)).isEqualTo("PARTIALLY_REFUNDED");
    JsonNode rest = json(shop.refund(capture, "r-4", Map.of()));
    assertThat(rest.at("/amount/value").asString()).isEqualTo("13.03");
  }
}
