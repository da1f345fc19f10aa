package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.simulator.kit.book.Book;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A shop that sells through PayPal, and its buyer; time stands still unless it is moved. */
final class PaypalShop implements AutoCloseable {

  static final String MERCHANT = "NARUPAYPAL001";
  static final String GOOD = "5310000000000000";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T03:00:00Z"));
  private final Path data;
  private Simulators simulators;
  String token = "";

  PaypalShop(Path data) {
    this.data = data;
    simulators = start();
    token = token("naru-paypal-client", "naru-paypal-secret").path("access_token").asString();
  }

  private Simulators start() {
    return Simulators.start(
        new Simulators.Settings(
            0, "127.0.0.1", data, Duration.ofSeconds(2), Duration.ofMillis(100), now::get));
  }

  void restart() {
    simulators.close();
    simulators = start();
  }

  /** Time goes on, and what was to happen meanwhile does. */
  void pass(Duration time) {
    now.updateAndGet(at -> at.plus(time));
    control("PUT", "clock", Map.of("ahead_millis", 0));
  }

  JsonNode control(String method, String path, Map<String, ?> body) {
    return Book.JSON.readTree(
        send(HttpRequest.newBuilder(simulators.url().resolve("/_sim/" + path))
                .method(method, BodyPublishers.ofString(Book.JSON.writeValueAsString(body))))
            .body());
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  URI url(String path) {
    return simulators.url().resolve("/paypal_v2" + path);
  }

  JsonNode token(String client, String secret) {
    String basic =
        Base64.getEncoder()
            .encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    return Book.JSON.readTree(
        send(HttpRequest.newBuilder(url("/v1/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")))
            .body());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url(path))
        .header("Authorization", "Bearer " + token)
        .header("Prefer", "return=representation")
        .header("Content-Type", "application/json");
  }

  HttpResponse<String> post(String path, String requestId, @Nullable Map<String, ?> body) {
    return send(
        request(path)
            .header("PayPal-Request-Id", requestId)
            .POST(BodyPublishers.ofString(body == null ? "" : Book.JSON.writeValueAsString(body))));
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  static JsonNode json(HttpResponse<String> answer) {
    return Book.JSON.readTree(answer.body());
  }

  /** The status and the issue. */
  static String problem(HttpResponse<String> answer) {
    JsonNode body = json(answer);
    assertThat(body.path("debug_id").asString()).isNotEmpty();
    return answer.statusCode() + " " + body.path("details").path(0).path("issue").asString();
  }

  static Map<String, Object> money(String currency, String value) {
    return Map.of("currency_code", currency, "value", value);
  }

  static Map<String, Object> unit(String invoice, String currency, String value) {
    Map<String, Object> unit = new HashMap<>();
    unit.put("amount", money(currency, value));
    unit.put("payee", Map.of("merchant_id", MERCHANT));
    unit.put("description", "Green tea");
    unit.put("custom_id", invoice);
    unit.put("invoice_id", invoice);
    return unit;
  }

  static Map<String, Object> order(String invoice, String currency, String value) {
    Map<String, Object> order = new HashMap<>();
    order.put("intent", "CAPTURE");
    order.put("purchase_units", List.of(unit(invoice, currency, value)));
    order.put("payment_source", Map.of("paypal", Map.of("experience_context", context())));
    return order;
  }

  static Map<String, Object> context() {
    return Map.of(
        "return_url", "http://shop.example/ok?a=1",
        "cancel_url", "http://shop.example/cancel",
        "locale", "en-US",
        "user_action", "PAY_NOW",
        "shipping_preference", "NO_SHIPPING");
  }

  /** Makes an order and answers its id. */
  JsonNode opened(String invoice, String currency, String value) {
    HttpResponse<String> answer =
        post("/v2/checkout/orders", "create-" + invoice, order(invoice, currency, value));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  static String link(JsonNode resource, String rel) {
    for (JsonNode link : resource.path("links")) {
      if (link.path("rel").asString().equals(rel)) {
        return link.path("href").asString();
      }
    }
    throw new AssertionError("no " + rel + " in " + resource);
  }

  String location(HttpRequest.Builder request) {
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** The page of the window. */
  String page(String entrance) {
    String window = location(HttpRequest.newBuilder(URI.create(entrance)));
    return send(HttpRequest.newBuilder(simulators.url().resolve(window))).body();
  }

  /** Where the window sends the browser when this was pressed. */
  String press(String entrance, String form) {
    String window = location(HttpRequest.newBuilder(URI.create(entrance)));
    return window.startsWith("/_sim")
        ? location(
            HttpRequest.newBuilder(simulators.url().resolve(window))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)))
        : window;
  }

  /** An order that the buyer approved with this card. */
  String approved(String invoice, String currency, String value, String card) {
    JsonNode order = opened(invoice, currency, value);
    String back = press(link(order, "payer-action"), "action=pay&method=card&card_number=" + card);
    assertThat(back)
        .matches("http://shop\\.example/ok\\?a=1&token=[A-Z0-9]{17}&PayerID=[A-Z0-9]{13}");
    return order.path("id").asString();
  }

  HttpResponse<String> capture(String order, String requestId) {
    return post("/v2/checkout/orders/" + order + "/capture", requestId, null);
  }

  /** The capture of an order that was approved with this card. */
  JsonNode paid(String invoice, String currency, String value, String card) {
    HttpResponse<String> answer =
        capture(approved(invoice, currency, value, card), "capture-" + invoice);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return captureOf(json(answer));
  }

  static JsonNode captureOf(JsonNode order) {
    return order.path("purchase_units").path(0).path("payments").path("captures").path(0);
  }

  HttpResponse<String> refund(JsonNode capture, String requestId, Map<String, ?> body) {
    return post(
        "/v2/payments/captures/" + capture.path("id").asString() + "/refund", requestId, body);
  }

  JsonNode captureNow(JsonNode capture) {
    return json(get("/v2/payments/captures/" + capture.path("id").asString()));
  }

  @Override
  public void close() {
    simulators.close();
  }
}
