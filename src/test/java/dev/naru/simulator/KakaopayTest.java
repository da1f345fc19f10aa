package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulator of Kakao Pay: what it promises about a TID, a token, a SID, and repeats. */
@Apart
final class KakaopayTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T03:00:00Z"));

  @TempDir Path data;
  private Simulators simulators;

  @BeforeEach
  void start() {
    simulators =
        Simulators.start(
            new Simulators.Settings(
                0, "127.0.0.1", data, Duration.ofSeconds(2), Duration.ofMillis(100), now::get));
  }

  @AfterEach
  void stop() {
    simulators.close();
  }

  private static Map<String, Object> order(String cid, long amount) {
    Map<String, Object> order = new HashMap<>();
    order.put("cid", cid);
    order.put("partner_order_id", "order-1");
    order.put("partner_user_id", "user-1");
    order.put("item_name", "녹차");
    order.put("quantity", 1);
    order.put("total_amount", amount);
    order.put("tax_free_amount", 0);
    order.put("approval_url", "http://shop.example/ok?a=1");
    order.put("cancel_url", "http://shop.example/cancel");
    order.put("fail_url", "http://shop.example/fail");
    return order;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode post(String operation, Map<String, ?> body) {
    return post(operation, body, "SECRET_KEY DEV1234567890");
  }

  private JsonNode post(String operation, Map<String, ?> body, String key) {
    URI url = simulators.url().resolve("/kakaopay/online/v1/payment/" + operation);
    return JSON.readTree(
        send(HttpRequest.newBuilder(url)
                .header("Authorization", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))))
            .body());
  }

  private static int error(JsonNode answer) {
    return answer.path("error_code").asInt(0);
  }

  private String location(HttpRequest.Builder request) {
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** Where the window sends the browser when this was pressed. */
  private String press(JsonNode ready, String form) {
    String entrance = ready.path("next_redirect_pc_url").asString();
    String window = location(HttpRequest.newBuilder(URI.create(entrance)));
    if (!window.startsWith("/_sim")) {
      return window;
    }
    return location(
        HttpRequest.newBuilder(simulators.url().resolve(window))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private String token(JsonNode ready, String number) {
    String back = press(ready, "action=pay&method=card&card_number=" + number);
    assertThat(back).startsWith("http://shop.example/ok?a=1&pg_token=");
    return back.substring(back.indexOf("pg_token=") + "pg_token=".length());
  }

  private static Map<String, Object> approval(
      Map<String, Object> order, JsonNode ready, String token) {
    Map<String, Object> body = new HashMap<>(order);
    body.put("tid", ready.path("tid").asString());
    body.put("pg_token", token);
    return body;
  }

  private String status(JsonNode ready) {
    return post("order", Map.of("cid", "TC0ONETIME", "tid", ready.path("tid").asString()))
        .path("status")
        .asString();
  }

  @Test
  void aTokenIsGoodForItsOrderAndOnce() {
    Map<String, Object> order = order("TC0ONETIME", 10_000);
    JsonNode ready = post("ready", order);
    assertThat(status(ready)).isEqualTo("READY");
    assertThat(error(post("approve", approval(order, ready, "x")))).isEqualTo(-701);
    String token = token(ready, "5310000000000000");
    assertThat(status(ready)).isEqualTo("AUTH_PASSWORD");
    Map<String, Integer> differs =
        Map.of(
            "partner_order_id", -706,
            "partner_user_id", -707,
            "pg_token", -708,
            "tid", -721,
            "cid", -731);
    differs.forEach(
        (name, code) -> {
          Map<String, Object> body = approval(order, ready, token);
          body.put(name, "other");
          assertThat(error(post("approve", body))).as(name).isEqualTo(code);
        });
    Map<String, Object> dear = approval(order, ready, token);
    dear.put("total_amount", 90_000);
    assertThat(error(post("approve", dear))).isEqualTo(-704);
    JsonNode approved = post("approve", approval(order, ready, token));
    assertThat(approved.path("amount").path("total").asLong()).isEqualTo(10_000);
    assertThat(approved.path("approved_at").asString()).isEqualTo("2026-01-01T12:00:00");
    assertThat(error(post("approve", approval(order, ready, token)))).isEqualTo(-702);
    assertThat(status(ready)).isEqualTo("SUCCESS_PAYMENT");
  }

  @Test
  void aTidLivesFifteenMinutes() {
    Map<String, Object> order = order("TC0ONETIME", 10_000);
    JsonNode late = post("ready", order);
    JsonNode agreed = post("ready", order);
    JsonNode shown = post("ready", order);
    String window =
        location(
            HttpRequest.newBuilder(URI.create(shown.path("next_redirect_mobile_url").asString())));
    String token = token(agreed, "5310000000000000");
    now.updateAndGet(at -> at.plus(Duration.ofMinutes(16)));
    assertThat(press(late, "action=pay&method=card&card_number=5310000000000000"))
        .isEqualTo("http://shop.example/fail");
    assertThat(
            location(
                HttpRequest.newBuilder(simulators.url().resolve(window))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(
                        BodyPublishers.ofString(
                            "action=pay&method=card&card_number=5310000000000000"))))
        .isEqualTo("http://shop.example/fail");
    assertThat(error(post("approve", approval(order, agreed, token)))).isEqualTo(-723);
    assertThat(status(agreed)).isEqualTo("FAIL_PAYMENT");
  }

  @Test
  void aClosedWindowLeadsToItsOwnUrl() {
    JsonNode ready = post("ready", order("TC0ONETIME", 10_000));
    assertThat(press(ready, "action=close")).isEqualTo("http://shop.example/cancel");
    assertThat(status(ready)).isEqualTo("QUIT_PAYMENT");
  }

  @Test
  void aSidHasALife() {
    Map<String, Object> order = order("TCSUBSCRIP", 0);
    JsonNode ready = post("ready", order);
    JsonNode issued = post("approve", approval(order, ready, token(ready, "5310000000000000")));
    Map<String, Object> charge = order("TCSUBSCRIP", 5_000);
    charge.put("sid", issued.path("sid").asString());
    assertThat(post("manage/subscription/status", charge).has("last_approved_at")).isFalse();
    assertThat(post("subscription", charge).path("tid").asString()).startsWith("T");
    // The PG compares no order ids.
    assertThat(post("subscription", charge).path("tid").asString()).startsWith("T");
    assertThat(post("manage/subscription/status", charge).path("last_approved_at").asString())
        .isEqualTo("2026-01-01T12:00:00");
    Map<String, Object> other = new HashMap<>(charge);
    other.put("partner_user_id", "user-2");
    assertThat(error(post("subscription", other))).isEqualTo(-753);
    assertThat(post("manage/subscription/inactive", charge).path("status").asString())
        .isEqualTo("INACTIVE");
    assertThat(error(post("subscription", charge))).isEqualTo(-751);
    charge.put("sid", "S1");
    assertThat(error(post("subscription", charge))).isEqualTo(-750);
  }

  @Test
  void aCancelComparesWhatIsLeft() {
    Map<String, Object> order = order("TC0ONETIME", 10_000);
    JsonNode ready = post("ready", order);
    post("approve", approval(order, ready, token(ready, "5310000000000000")));
    assertThat(error(cancel(ready, 11_000, 10_000))).isEqualTo(-711);
    assertThat(cancel(ready, 4_000, 10_000).path("status").asString())
        .isEqualTo("PART_CANCEL_PAYMENT");
    assertThat(error(cancel(ready, 4_000, 10_000))).isEqualTo(-722);
    assertThat(error(cancel(ready, 7_000, 6_000))).isEqualTo(-710);
    assertThat(cancel(ready, 6_000, 6_000).path("status").asString()).isEqualTo("CANCEL_PAYMENT");
    assertThat(error(cancel(ready, 1, 0))).isEqualTo(-784);
    assertThat(status(ready)).isEqualTo("CANCEL_PAYMENT");
  }

  private JsonNode cancel(JsonNode ready, long amount, long available) {
    return post(
        "cancel",
        Map.of(
            "cid",
            "TC0ONETIME",
            "tid",
            ready.path("tid").asString(),
            "cancel_amount",
            amount,
            "cancel_tax_free_amount",
            0,
            "cancel_available_amount",
            available));
  }

  @Test
  void refusesWhatIsWrong() {
    Map<String, Object> order = order("TC0ONETIME", 10_000);
    assertThat(error(post("ready", order, "KakaoAK 1"))).isEqualTo(-401);
    assertThat(error(post("nothing", order))).isEqualTo(-404);
    Map<String, Integer> wrong =
        Map.of(
            "cid", -731,
            "partner_order_id", -726,
            "approval_url", -726,
            "total_amount", -725,
            "tax_free_amount", -722,
            "payment_method_type", -726);
    wrong.forEach(
        (name, code) -> {
          Map<String, Object> bad = new HashMap<>(order);
          bad.put(name, name.endsWith("amount") ? -1 : name.endsWith("type") ? "X" : "");
          assertThat(error(post("ready", bad))).as(name).isEqualTo(code);
        });
  }

  /** A window outlives the simulator that made it. */
  @Test
  void theBookKeepsAWindow() {
    Map<String, Object> order = order("TC0ONETIME", 10_000);
    JsonNode ready = post("ready", order);
    String token = token(ready, "5310000000000000");
    stop();
    start();
    assertThat(post("approve", approval(order, ready, token)).path("tid").asString())
        .isEqualTo(ready.path("tid").asString());
  }
}
