package dev.naru.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo page's buttons are pressed by the page alone, and a bad press changes nothing. */
class DemoGuardTest {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Hub hub = Hub.shared();
  private final Api api = new Api(hub.url());

  /** The page as one visitor's browser has it. */
  private record Loaded(String cookie, String token) {}

  private HttpResponse<String> page() throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(hub.url().resolve("/demo")).build(), BodyHandlers.ofString());
  }

  private Loaded load() throws Exception {
    HttpResponse<String> page = page();
    Matcher token = Pattern.compile("data-csrf=\"([0-9a-f]{40})\"").matcher(page.body());
    assertThat(token.find()).isTrue();
    String cookie = page.headers().firstValue("Set-Cookie").orElse("");
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/demo");
    return new Loaded(cookie.replaceFirst(";.*", ""), token.group(1));
  }

  private Map<String, String> good() throws Exception {
    Loaded loaded = load();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Origin", hub.url().toString());
    headers.put("Cookie", loaded.cookie());
    headers.put(DemoGuard.HEADER, loaded.token());
    headers.put("Sec-Fetch-Site", "same-origin");
    return headers;
  }

  private HttpResponse<String> post(String path, Map<String, String> headers, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.url().resolve(path)).POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode envelope(HttpResponse<String> answer) {
    JsonNode envelope = JsonMapper.shared().readTree(answer.body());
    assertThat(envelope.path("code").asInt()).isNotZero();
    assertThat(envelope.path("message").asString("")).isNotEmpty();
    assertThat(envelope.path("response").isNull()).isTrue();
    return envelope;
  }

  private String paid() {
    return api.post(
            "/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD))
        .response()
        .path("imp_uid")
        .asString();
  }

  private static String cancel(String impUid) {
    return "{\"body\":{\"imp_uid\":\"" + impUid + "\",\"amount\":1000}}";
  }

  private int cancelled(String impUid) {
    return api.get("/payments/" + impUid).response().path("cancel_amount").asInt();
  }

  @Test
  void thePageItselfMay() throws Exception {
    String impUid = paid();
    HttpResponse<String> answer = post("/demo/calls/cancel", good(), cancel(impUid));
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode told = JsonMapper.shared().readTree(answer.body());
    assertThat(told.path("status").asInt()).isEqualTo(200);
    assertThat(told.path("answer").path("response").path("cancel_amount").asInt()).isEqualTo(1_000);
    assertThat(cancelled(impUid)).isEqualTo(1_000);
    // The same page under the machine's other names.
    Map<String, String> other = good();
    other.put("Origin", "http://localhost:" + hub.url().getPort());
    assertThat(post("/demo/calls/cancel", other, cancel(impUid)).statusCode()).isEqualTo(200);
    assertThat(cancelled(impUid)).isEqualTo(2_000);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin,",
    "Origin,null",
    "Origin,https://evil.example",
    "Origin,http://127.0.0.1:1",
    "Origin,http://127.0.0.1.evil.example",
    "Origin,http://user@evil.example",
    "Origin,not a url",
    "X-CSRF-Token,",
    "X-CSRF-Token,0000000000000000000000000000000000000000",
    "Cookie,",
    "Cookie,naru_demo=00000000000000000000000000000000",
    "Cookie,naru_demo=x",
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site"
  })
  void nobodyElseMay(String header, @Nullable String value) throws Exception {
    String impUid = paid();
    Map<String, String> headers = good();
    if (value == null) {
      headers.remove(header);
    } else {
      headers.put(header, value);
    }
    for (String path : new String[] {"/demo/calls/cancel", "/demo/deposits"}) {
      HttpResponse<String> answer = post(path, headers, cancel(impUid));
      assertThat(answer.statusCode()).isEqualTo(403);
      envelope(answer);
    }
    assertThat(cancelled(impUid)).isZero();
  }

  @Test
  void anotherVisitorsTokenIsWorthNothing() throws Exception {
    String impUid = paid();
    Map<String, String> headers = good();
    headers.put(DemoGuard.HEADER, load().token());
    assertThat(post("/demo/calls/cancel", headers, cancel(impUid)).statusCode()).isEqualTo(403);
    assertThat(cancelled(impUid)).isZero();
  }

  /** A form of another site can send neither JSON nor the token. */
  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data"})
  void noFormMay(String type) throws Exception {
    String impUid = paid();
    Map<String, String> headers = good();
    headers.put("Content-Type", type);
    HttpResponse<String> answer = post("/demo/calls/cancel", headers, cancel(impUid));
    assertThat(answer.statusCode()).isBetween(400, 499);
    envelope(answer);
    assertThat(cancelled(impUid)).isZero();
  }

  /** A name of somebody else's that leads to this machine (DNS rebinding). */
  @ParameterizedTest
  @ValueSource(strings = {"/demo/events", "/demo/calls/payment"})
  void noOtherNameMay(String path) throws IOException {
    try (Socket socket = new Socket(hub.url().getHost(), hub.url().getPort())) {
      String verb = path.endsWith("events") ? "GET" : "POST";
      String request =
          verb
              + " "
              + path
              + " HTTP/1.1\r\nHost: evil.example:"
              + hub.url().getPort()
              + "\r\nOrigin: http://evil.example:"
              + hub.url().getPort()
              + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
              + "Connection: close\r\n\r\n{}";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void noOtherSiteListens() throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(hub.url().resolve("/demo/events"));
    request.header("Sec-Fetch-Site", "cross-site");
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
    envelope(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/demo/calls/refund_everything|{}|404",
        "/demo/calls/payment|{}|400",
        "/demo/calls/payment|{\"id\":7}|400",
        "/demo/calls/payment|{\"id\":\"\"}|400",
        "/demo/calls/payment|{\"id\":\"..\"}|400",
        "/demo/calls/payment|{\"id\":[\"imp_1\"]}|400",
        "/demo/calls/cancel|{\"body\":[]}|400",
        "/demo/calls/cancel|{\"body\":\"x\"}|400",
        "/demo/calls/cancel|[]|400",
        "/demo/calls/cancel|{|400",
        "/demo/calls/cancel||400",
        "/demo/deposits|{}|400",
        "/demo/deposits|{\"id\":\"imp_000000000000\"}|200"
      })
  void mistakesGetTheEnvelope(String path, @Nullable String body, int status) throws Exception {
    HttpResponse<String> answer = post(path, good(), body == null ? "" : body);
    assertThat(answer.statusCode()).isEqualTo(status);
    envelope(answer);
  }

  @Test
  void mistakesOfIdsAndSizesToo() throws Exception {
    String longId = "{\"id\":\"" + "x".repeat(81) + "\"}";
    assertThat(post("/demo/calls/payment", good(), longId).statusCode()).isEqualTo(400);
    String large = "{\"body\":{\"reason\":\"" + "x".repeat(16 * 1024) + "\"}}";
    assertThat(post("/demo/calls/cancel", good(), large).statusCode()).isEqualTo(413);
    // V1's own refusals come through as they are.
    HttpResponse<String> unknown =
        post("/demo/calls/payment", good(), "{\"id\":\"imp_000000000000\"}");
    assertThat(unknown.statusCode()).isEqualTo(200);
    JsonNode told = JsonMapper.shared().readTree(unknown.body());
    assertThat(told.path("status").asInt()).isEqualTo(404);
    assertThat(told.path("answer").path("message").asString()).isEqualTo("존재하지 않는 결제정보입니다.");
  }

  @Test
  void thePolicyIsStrict() throws Exception {
    HttpResponse<String> page = page();
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .contains("frame-ancestors 'none'", "form-action 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.body()).doesNotContain("<script>", "style=\"", "onclick");
  }

  /** A visitor who has a cookie keeps it: pages that are open elsewhere stay good. */
  @Test
  void aSecondPageLeavesTheFirstAlone() throws Exception {
    Loaded first = load();
    HttpResponse<String> second =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(hub.url() + "/demo?flow=link"))
                .header("Cookie", first.cookie())
                .build(),
            BodyHandlers.ofString());
    assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(second.body()).contains("data-csrf=\"" + first.token() + "\"");
  }
}
