package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Hub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How often, and how much, somebody may leave with a hub who knows nothing but a user code. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WindowLimitsTest {

  private static final int LIMIT = 3;
  private static final String LINKS = "/api/supplements/v1/link/payment";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Hub hub = Hub.shared();

  @BeforeAll
  void start() {
    hub = Hub.start(Map.of("naru.trusted.proxies", "127.0.0.1", "naru.window.limit", "" + LIMIT));
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/checkout/prepare",
        "/checkout/certification",
        "/checkout/ui",
        "/checkout/wishlist",
        LINKS,
        "/link/1-0123456789abcdef/pay"
      })
  void anAddressHasItsLimit(String path) throws Exception {
    String from = "203.0.113." + (1 + path.length());
    for (int n = 0; n < LIMIT; n++) {
      assertThat(post(path, from, asked("imp99999999", Map.of())).statusCode()).isIn(400, 404);
    }
    HttpResponse<String> refused = post(path, from, asked("imp99999999", Map.of()));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    JsonNode envelope = JSON.readTree(refused.body());
    assertThat(envelope.path("code").asInt()).isEqualTo(-1);
    assertThat(envelope.path("message").asString()).contains("요청이 너무 많습니다");
    assertThat(
            post(path, "198.51.100.1" + path.length(), asked("imp99999999", Map.of())).statusCode())
        .isIn(400, 404);
  }

  @Test
  void userCodesAreNotToBeFoundByTrying() throws Exception {
    for (int n = 0; n < LIMIT; n++) {
      assertThat(get("/users/pg/imp1234567" + n, "203.0.113.200")).isEqualTo(404);
    }
    assertThat(get("/users/pg/imp12345679", "203.0.113.200")).isEqualTo(429);
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() throws Exception {
    for (int n = 0; n < LIMIT; n++) {
      assertThat(get("/users/pg/imp1234567" + n, "2001:db8:1:1::" + n)).isEqualTo(404);
    }
    assertThat(get("/users/pg/imp12345679", "2001:db8:1:1:ffff::1")).isEqualTo(429);
    assertThat(get("/users/pg/imp12345679", "2001:db8:1:2::1")).isEqualTo(404);
  }

  @Test
  void aShopHasItsLimitFromWhereverItsBuyersCome() throws Exception {
    int last = 0;
    int opened = 0;
    while (last != 429 && opened < 1_000) {
      String from = "192.0.2." + opened / 3 % 250;
      last =
          post("/checkout/prepare", from, asked("imp00000000", Map.of("pg", "none"))).statusCode();
      opened++;
    }
    assertThat(opened).isBetween(50 * LIMIT, 60 * LIMIT);
  }

  @Test
  void optionsAreCapped() throws Exception {
    String korean = "가".repeat(3_900);
    Map<String, Object> three = Map.of("bypass", Map.of("a", korean, "b", korean, "c", korean));
    for (String path : List.of("/checkout/prepare", "/checkout/certification")) {
      HttpResponse<String> refused =
          post(path, "203.0.113." + (100 + path.length()), asked("imp00000000", three));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("8000자를 초과할 수 없습니다");
    }
    HttpResponse<String> custom =
        post(
            "/checkout/prepare",
            "203.0.113.251",
            asked("imp00000000", Map.of("custom_data", Map.of("a", korean, "b", korean))));
    assertThat(custom.statusCode()).isEqualTo(400);
    assertThat(custom.body()).contains("custom_data는 4000자를 초과할 수 없습니다");
    Map<String, Object> link = new HashMap<>(Links.order());
    link.put("memo", Map.of("a", korean, "b", korean, "c", korean, "d", korean, "e", korean));
    HttpResponse<String> large = post(LINKS, "203.0.113.252", JSON.writeValueAsString(link));
    assertThat(large.statusCode()).isEqualTo(400);
    assertThat(large.body()).contains("초과할 수 없습니다");
  }

  @Test
  void aProxyThatNobodyDeclaredIsToldOfOnce(CapturedOutput output) throws Exception {
    try (Hub other = Hub.start(Map.of())) {
      for (int n = 0; n < 3; n++) {
        var _ =
            http.send(
                HttpRequest.newBuilder(other.url().resolve("/users/pg/imp00000000"))
                    .header("X-Forwarded-For", "203.0.113.7")
                    .build(),
                BodyHandlers.ofString());
      }
    }
    assertThat(output.getAll().split("NARU_TRUSTED_PROXIES", -1)).hasSize(2);
  }

  @Test
  void ofADeclaredProxyNothingIsTold(CapturedOutput output) throws Exception {
    var _ = get("/users/pg/imp00000000", "spoofed, 203.0.113.211");
    assertThat(output.getAll()).doesNotContain("NARU_TRUSTED_PROXIES");
  }

  private static String asked(String userCode, Map<String, Object> more) {
    Map<String, Object> params = new HashMap<>();
    params.put("pg", "html5_inicis");
    params.put("pay_method", "card");
    params.put("merchant_uid", "order");
    params.put("name", "의자");
    params.put("amount", 1_000);
    params.putAll(more);
    return JSON.writeValueAsString(
        Map.of("user_code", userCode, "ui_type", "paypal-spb", "params", params));
  }

  private HttpResponse<String> post(String path, String from, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(hub.url().resolve(path))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", from)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private int get(String path, String from) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(hub.url().resolve(path)).header("X-Forwarded-For", from).build(),
            BodyHandlers.ofString())
        .statusCode();
  }
}
