package dev.naru.testing;

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
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shop's server as V1 knows it: its keys, the demo shop's if it is told none, a token, and calls
 * in JSON or as a form.
 */
public final class Api {

  public static final String KEY = "imp_apikey";
  public static final String SECRET =
      "ekKoeW8RyKuT0zgaZsUtXXTLQ4AhPFW3ZGseDA6b" + "kA5lamv9OqDMnxyeB9wqOsuO9W3Mx9YSJ4dTqJ3f";

  /** A card that every simulator approves. */
  public static final String GOOD_CARD = "1234-1234-1234-1234";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = new JsonMapper();

  private final URI hub;
  private final String key;
  private final String secret;
  private final @Nullable String tier;
  private volatile @Nullable String token;

  public Api(URI hub) {
    this(hub, KEY, SECRET);
  }

  /** Another shop's server. */
  public Api(URI hub, String key, String secret) {
    this(hub, key, secret, null);
  }

  private Api(URI hub, String key, String secret, @Nullable String tier) {
    this.hub = hub;
    this.key = key;
    this.secret = secret;
    this.tier = tier;
  }

  /** The same keys, used for a sub-merchant. */
  public Api as(String tierCode) {
    return new Api(hub, key, secret, tierCode);
  }

  /** An answer: its status and its envelope. */
  public record Answer(int status, JsonNode body) {

    public int code() {
      return body.path("code").asInt(-99);
    }

    public String message() {
      return body.path("message").asString("");
    }

    public JsonNode response() {
      return body.path("response");
    }
  }

  /**
   * Asks for a billing key, and again if the PG did not answer in time: a busy machine is no fault,
   * and nothing but the shop's second call ends that.
   *
   * @param card as {@code POST /subscribe/customers/{customer_uid}} wants it
   */
  public Answer issueKey(String customerUid, Map<String, Object> card) {
    Answer answer = post("/subscribe/customers/" + customerUid, card);
    for (int n = 0; n < 2 && answer.message().contains("응답을 확인할 수 없습니다"); n++) {
      answer = post("/subscribe/customers/" + customerUid, card);
    }
    return answer;
  }

  /** An order id that no other test uses, and that cannot be taken for a card number. */
  public static String newOrder() {
    return "order-" + UUID.randomUUID().toString().substring(0, 18).replace('-', 'x');
  }

  /** The parameters of a key-in that is approved, to be changed or added to. */
  public static Map<String, Object> keyIn(String merchantUid, String pg, String cardNumber) {
    Map<String, Object> parameters = new java.util.LinkedHashMap<>();
    parameters.put("merchant_uid", merchantUid);
    parameters.put("pg", pg);
    parameters.put("amount", 10_000);
    parameters.put("card_number", cardNumber);
    parameters.put("expiry", "2039-12");
    parameters.put("birth", "900101");
    parameters.put("pwd_2digit", "12");
    parameters.put("name", "나무 의자");
    parameters.put("buyer_name", "김나루");
    parameters.put("buyer_email", "buyer@example.com");
    parameters.put("buyer_tel", "010-0000-0000");
    return parameters;
  }

  public Answer get(String path) {
    return send(HttpRequest.newBuilder(hub.resolve(path)).GET(), true);
  }

  public Answer delete(String path) {
    return send(HttpRequest.newBuilder(hub.resolve(path)).DELETE(), true);
  }

  public Answer post(String path, Map<String, ?> json) {
    return json("POST", path, json);
  }

  public Answer put(String path, Map<String, ?> json) {
    return json("PUT", path, json);
  }

  public Answer postForm(String path, Map<String, ?> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(String.valueOf(field.getValue())))
            .collect(Collectors.joining("&"));
    return raw("POST", path, "application/x-www-form-urlencoded", body);
  }

  /** Any body under any content type, with the token. */
  public Answer raw(String method, String path, String contentType, String body) {
    return send(
        HttpRequest.newBuilder(hub.resolve(path))
            .header("Content-Type", contentType)
            .method(method, BodyPublishers.ofString(body)),
        true);
  }

  /** Without a token, or with whatever headers are given. */
  public Answer bare(HttpRequest.Builder request) {
    return send(request, false);
  }

  public URI at(String path) {
    return hub.resolve(path);
  }

  /** This shop's live token. */
  public String token() {
    String known = token;
    if (known == null) {
      known =
          bare(HttpRequest.newBuilder(hub.resolve("/users/getToken"))
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          JSON.writeValueAsString(Map.of("imp_key", key, "imp_secret", secret)))))
              .response()
              .path("access_token")
              .asString();
      token = known;
    }
    return known;
  }

  private Answer json(String method, String path, Map<String, ?> json) {
    return raw(method, path, "application/json", JSON.writeValueAsString(json));
  }

  private Answer send(HttpRequest.Builder request, boolean withToken) {
    try {
      if (withToken) {
        request.header("Authorization", token());
        if (tier != null) {
          request.header("Tier", tier);
        }
      }
      HttpResponse<String> response =
          HTTP.send(
              request.timeout(Duration.ofSeconds(60)).build(),
              BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
