package dev.naru.sandbox.demo;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Settings;
import dev.naru.sandbox.Refusal;
import dev.naru.sandbox.SandboxOnly;
import dev.naru.sandbox.SimulatorDesk;
import dev.naru.shops.Published;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo shop's server. It knows no more of the hub than any shop's: it calls V1 over HTTP with
 * the shop's keys, so that what the page shows as the server's code is what was done.
 */
@Component
@Conditional(SandboxOnly.class)
class DemoTill {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String LONGEST_ID = "(?!\\.{1,2}$)[^\\p{Cntrl}]{1,80}";

  /** What the page may have its server do; {@code {id}} is filled in, and V1 may want a token. */
  enum Call {
    PAYMENT("GET", "/payments/{id}", true),
    FIND("GET", "/payments/find/{id}", true),
    CANCEL("POST", "/payments/cancel", true),
    KEY("GET", "/subscribe/customers/{id}", true),
    DELETE_KEY("DELETE", "/subscribe/customers/{id}", true),
    AGAIN("POST", "/subscribe/payments/again", true),
    SCHEDULE("POST", "/subscribe/payments/schedule", true),
    UNSCHEDULE("POST", "/subscribe/payments/unschedule", true),
    OTP_REQUEST("POST", "/certifications/otp/request", true),
    OTP_CONFIRM("POST", "/certifications/otp/confirm/{id}", true),
    CERTIFICATION("GET", "/certifications/{id}", true),
    LINK("POST", "/api/supplements/v1/link/payment", false),
    CLOCK("POST", "/sandbox/clock", false),
    OUTBOX("GET", "/sandbox/outbox?phone={id}", false),
    TAP("POST", "/sandbox/outbox/{id}/approve", false);

    final String method;
    final String path;
    final boolean token;

    Call(String method, String path, boolean token) {
      this.method = method;
      this.path = path;
      this.token = token;
    }

    /** As it stands in the page, so that the code shown there is made of the same. */
    Map<String, Object> view() {
      return Map.of("method", method, "path", path, "token", token);
    }
  }

  /** What came back. */
  record Answer(int status, JsonNode answer) {}

  private final Settings settings;
  private final SimulatorDesk simulators;
  private final JsonMapper json;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  DemoTill(Settings settings, SimulatorDesk simulators, JsonMapper json) {
    this.settings = settings;
    this.simulators = simulators;
    this.json = json;
  }

  /**
   * @param id null where the path wants none
   * @param body null where there is none
   * @throws Failed invalid for an id that is missing or no id
   */
  Answer call(Call call, @Nullable String id, @Nullable JsonNode body) throws InterruptedException {
    String path = call.path;
    if (path.contains("{id}")) {
      if (id == null || !id.matches(LONGEST_ID)) {
        throw Failed.invalid(Malformed.WRONG_FORM, "id");
      }
      path = path.replace("{id}", escaped(id));
    }
    return send(call.method, path, call.token ? token() : null, body);
  }

  /**
   * Plays the buyer at the bank.
   *
   * @throws Failed wrong state if the payment waits for no deposit
   */
  Answer deposit(String impUid) throws InterruptedException {
    JsonNode payment = call(Call.PAYMENT, impUid, null).answer().path("response");
    String account = payment.path("vbank_num").asString("").replaceAll("[^0-9]", "");
    if (account.isEmpty() || !payment.path("status").asString("").equals("ready")) {
      throw Failed.wrongState(Refusal.NO_ACCOUNT);
    }
    ResponseEntity<byte[]> answer =
        simulators.ask(
            "POST",
            "/_sim/vbanks/%s/%s/deposit"
                .formatted(escaped(payment.path("pg_provider").asString()), account));
    return new Answer(
        answer.getStatusCode().value(),
        read(Optional.ofNullable(answer.getBody()).orElse(new byte[0])));
  }

  private String token() throws InterruptedException {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("imp_key", Published.KEYS.getFirst());
    keys.put("imp_secret", Published.SECRET.reveal());
    return send("POST", "/users/getToken", null, json.valueToTree(keys))
        .answer()
        .path("response")
        .path("access_token")
        .asString("");
  }

  private Answer send(String method, String path, @Nullable String token, @Nullable JsonNode body)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address() + ":" + settings.port() + path))
            .timeout(PATIENCE)
            .method(
                method,
                body == null || method.equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", token);
    }
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), read(answer.body()));
    } catch (IOException broken) {
      throw Failed.wrongState(Refusal.SHOP_AWAY);
    }
  }

  /** Not by its base URL, which may lead around a proxy that this machine does not know. */
  private String address() {
    String bind = settings.bind();
    boolean every = Set.of("0.0.0.0", "::", "").contains(bind);
    return every ? "127.0.0.1" : bind.contains(":") ? "[" + bind + "]" : bind;
  }

  private JsonNode read(byte[] body) {
    try {
      return json.readTree(body);
    } catch (JacksonException noJson) {
      return json.valueToTree(new String(body, StandardCharsets.UTF_8));
    }
  }

  private static String escaped(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** All of them, by their names in the page. */
  static Map<String, Map<String, Object>> views() {
    Map<String, Map<String, Object>> views = new LinkedHashMap<>();
    List.of(Call.values())
        .forEach(call -> views.put(call.name().toLowerCase(Locale.ROOT), call.view()));
    return views;
  }
}
