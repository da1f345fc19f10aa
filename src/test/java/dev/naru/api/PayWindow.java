package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A buyer who pays in a PG's window, as {@code IMP.request_pay} leads there, without a browser: for
 * PGs to whose window a redirect leads.
 */
final class PayWindow {

  static final String KAKAOPAY = "kakaopay";
  static final String NAVERPAY = "naverpay";
  static final String PAYCO = "payco";
  static final String PAYMENTWALL = "paymentwall";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = JsonMapper.shared();

  private PayWindow() {}

  /** The parameters of 11,000 won. */
  static Map<String, Object> order(String pg) {
    Map<String, Object> params = new HashMap<>();
    params.put("pg", pg);
    params.put("pay_method", "card");
    params.put("merchant_uid", Api.newOrder());
    params.put("name", "녹차");
    params.put("amount", 11_000);
    params.put("buyer_name", "김나루");
    params.put("buyer_email", "buyer@example.com");
    params.put("buyer_tel", "010-0000-0000");
    params.put(
        "naverProducts",
        List.of(
            Map.of(
                "categoryType", "FOOD",
                "categoryId", "DELIVERY",
                "uid", "tea",
                "name", "녹차",
                "count", 1)));
    return params;
  }

  static Map<String, String> card(String number) {
    return Map.of("action", "pay", "method", "card", "card_number", number);
  }

  /** A payment by card, as V1 tells it. */
  static JsonNode paid(Shop shop, String pg) {
    return paid(shop, order(pg), card(Api.GOOD_CARD));
  }

  static JsonNode paid(Shop shop, Map<String, ?> order, Map<String, String> buttons) {
    JsonNode payment = press(shop, order, buttons);
    assertThat(payment.path("status").asString()).as(payment.toString()).isEqualTo("paid");
    return payment;
  }

  /** A payment whose window is open. */
  static JsonNode opened(Shop shop, Map<String, ?> order) {
    JsonNode prepared = prepare(shop, order);
    return shop.api().get("/payments/" + prepared.path("imp_uid").asString()).response();
  }

  /** What has become of a payment after these buttons were pressed. */
  static JsonNode press(Shop shop, Map<String, ?> order, Map<String, String> buttons) {
    return press(shop, prepare(shop, order), buttons);
  }

  /** The same, of a window that is open already. */
  static JsonNode press(Shop shop, JsonNode prepared, Map<String, String> buttons) {
    URI entrance = follow(request(URI.create(prepared.path("url").asString())).GET());
    URI window = follow(request(entrance).GET());
    String form =
        buttons.entrySet().stream()
            .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    URI back =
        follow(
            request(window)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    assertThat(follow(request(back).GET()).getPath()).endsWith("/result");
    return shop.api().get("/payments/" + prepared.path("imp_uid").asString()).response();
  }

  /** Asks for a window: {@code imp_uid}, and the {@code url} that leads there. */
  static JsonNode prepare(Shop shop, Map<String, ?> order) {
    Api.Answer prepared = asked(shop, order);
    assertThat(prepared.code()).as(prepared.message()).isZero();
    return prepared.response();
  }

  /** What the shop's page hears when it asks for a window. */
  static Api.Answer asked(Shop shop, Map<String, ?> order) {
    Map<String, Object> body = new HashMap<>();
    body.put("user_code", shop.merchant().userCode());
    body.put("page", "https://shop.example/cart");
    body.put("params", order);
    return shop.api()
        .bare(
            request(Hub.shared().url().resolve("/checkout/prepare"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private static HttpRequest.Builder request(URI url) {
    return HttpRequest.newBuilder(url);
  }

  private static URI follow(HttpRequest.Builder asked) {
    try {
      HttpRequest request = asked.build();
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(302, 303);
      return request.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
