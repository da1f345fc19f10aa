package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Payment links as a shop's server makes them. */
final class Links {

  static final String PATH = "/api/supplements/v1/link/payment";
  static final JsonMapper JSON = JsonMapper.shared();

  private final Api api = new Api(Hub.shared().url());

  /** What is to be paid for, by Toss Payments or INICIS. */
  static Map<String, Object> order() {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("title", "나루상점 주문 결제");
    order.put("user_code", "imp00000000");
    order.put("amount", 10_000);
    order.put("merchant_uid", Api.newOrder());
    order.put("name", "나무 의자");
    order.put("currency", "KRW");
    order.put("buyer_name", "김나루");
    order.put("buyer_tel", "010-0000-0000");
    order.put("buyer_email", "buyer@example.com");
    order.put("custom_data", Map.of("cart", 7));
    order.put(
        "pay_methods",
        List.of(
            Map.of("pg", "tosspayments", "pay_method", "card", "label", "토스페이먼츠 카드"),
            Map.of("pg", "html5_inicis", "pay_method", "card", "label", "이니시스 카드"),
            Map.of("pg", "tosspayments", "pay_method", "vbank", "label", "가상계좌")));
    return order;
  }

  static Map<String, Object> with(Map<String, Object> order, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(order);
    changed.put(name, value);
    return changed;
  }

  /** V1's published form: all but the expiry as a text. */
  static Map<String, Object> wrapped(Map<String, Object> order, Object expiredAt) {
    return Map.of("payment_info", JSON.writeValueAsString(order), "expired_at", expiredAt);
  }

  /** Without a token. */
  Api.Answer send(String method, String path, String body) {
    return api.bare(
        HttpRequest.newBuilder(api.at(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  Api.Answer post(Map<String, Object> body) {
    return send("POST", PATH, JSON.writeValueAsString(body));
  }

  /** The address of a link. */
  URI made(Map<String, Object> body) {
    Api.Answer answer = post(body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return URI.create(answer.body().path("shortenedUrl").asString());
  }

  /** Begins a payment, as the page does. */
  Api.Answer pay(URI link, int method) {
    return send("POST", link.getPath() + "/pay", "{\"method\":" + method + "}");
  }

  /** The newest payment of an order. */
  Api.Answer found(Map<String, Object> order) {
    return api.get("/payments/find/" + order.get("merchant_uid"));
  }

  Api.Answer disable(URI link) {
    return send("PUT", PATH + link.getPath().replace("/link", ""), "");
  }
}
