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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A buyer of the demo shop in a PG's window to which a form or a redirect leads, without a browser;
 * so that each step can be left out.
 */
public final class FormBuyer {

  private static final int MOST_TRIES = 5;

  private static final Pattern ACTION = Pattern.compile("<form id=\"[^>]*action=\"([^\"]*)\"");
  private static final Pattern FIELD =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI page;
  private final URI window;
  private final String impUid;
  private @Nullable URI back;
  private Map<String, String> brought = Map.of();

  private FormBuyer(URI page, URI window, String impUid) {
    this.page = page;
    this.window = window;
    this.impUid = impUid;
  }

  /** The parameters of 10,000 won. */
  public static Map<String, Object> order(String pg) {
    Map<String, Object> params = new HashMap<>();
    params.put("pg", pg);
    params.put("pay_method", "card");
    params.put("merchant_uid", Api.newOrder());
    params.put("name", "나무 의자");
    params.put("amount", 10_000);
    params.put("buyer_name", "김나루");
    params.put("buyer_tel", "010-0000-0000");
    params.put("company", "나루상점");
    params.put("company_en", "Naru");
    return params;
  }

  /** What the shop's page hears when it asks for a window. */
  public static JsonNode prepare(URI hub, Map<String, Object> order) {
    return prepare(hub, "prepare", order);
  }

  private static JsonNode prepare(URI hub, String what, Map<String, Object> order) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", "imp00000000");
    body.put("page", "https://shop.example/cart");
    body.put("mobile", order.containsKey("m_redirect_url"));
    body.put("params", order);
    return JSON.readTree(
        send(HttpRequest.newBuilder(hub.resolve("/checkout/" + what))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))))
            .body());
  }

  /** Opens the PG's window for an order; a buyer to whom the PG was too slow presses again. */
  public static FormBuyer open(URI hub, Map<String, Object> order) {
    JsonNode prepared = prepare(hub, order);
    for (int tries = 1; tries < MOST_TRIES && isTooSlow(prepared); tries++) {
      prepared = prepare(hub, order);
    }
    return enter(prepared);
  }

  private static boolean isTooSlow(JsonNode prepared) {
    return prepared.path("message").asString("").contains("잠시 후 다시 시도해 주세요");
  }

  /** Opens the window of an identity check. */
  public static FormBuyer openIdentity(URI hub, String pg) {
    Map<String, Object> params = new HashMap<>();
    params.put("pg", pg);
    params.put("merchant_uid", Api.newOrder());
    params.put("company", "나루찻집");
    return enter(prepare(hub, "certification", params));
  }

  private static FormBuyer enter(JsonNode prepared) {
    if (prepared.path("code").asInt(-1) != 0) {
      throw new AssertionError(prepared);
    }
    URI page = URI.create(prepared.path("response").path("url").asString());
    HttpResponse<String> entered = send(HttpRequest.newBuilder(page));
    if (entered.statusCode() == 303 || entered.statusCode() == 302) {
      URI entrance = location(page, entered);
      URI window = location(entrance, send(HttpRequest.newBuilder(entrance)));
      return new FormBuyer(page, window, prepared.path("response").path("imp_uid").asString());
    }
    String bridge = entered.body();
    URI target = URI.create(first(ACTION, bridge));
    HttpResponse<String> opened = send(post(target, fields(bridge)));
    String to =
        opened
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new AssertionError(opened.body()));
    return new FormBuyer(
        page, target.resolve(to), prepared.path("response").path("imp_uid").asString());
  }

  private static URI location(URI of, HttpResponse<String> answer) {
    return of.resolve(
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new AssertionError(answer.body())));
  }

  public String impUid() {
    return impUid;
  }

  /** The hub's page of this window. */
  public URI page() {
    return page;
  }

  /** Presses pay, by card or by what the window is for; the browser is not back yet. */
  public FormBuyer pay(String card) {
    return press(Map.of("action", "pay", "card_number", card, "bank", "88"));
  }

  /** The same, and the window is told how to end: the name of a simulator's outcome. */
  public FormBuyer payEnding(String outcome) {
    return press(Map.of("action", "pay", "bank", "88", "outcome", outcome));
  }

  /** Proves in an identity window who they are. */
  public FormBuyer prove() {
    return press(
        Map.of(
            "action", "verify",
            "provider", "TOSS",
            "name", "남궁나루",
            "birth", "20000229",
            "gender", "female",
            "nationality", "foreign",
            "carrier", "KT_MVNO",
            "phone", "01075319086",
            "card_number", Api.GOOD_CARD));
  }

  public FormBuyer giveUp() {
    return press(Map.of("action", "close"));
  }

  private FormBuyer press(Map<String, String> buttons) {
    HttpResponse<String> left = send(post(window, buttons));
    if (left.statusCode() == 303) {
      back = window.resolve(left.headers().firstValue("Location").orElseThrow());
      brought = Map.of();
    } else {
      back = URI.create(first(ACTION, left.body()));
      brought = fields(left.body());
    }
    return this;
  }

  /** What the window has the browser post. */
  public Map<String, String> brought() {
    return brought;
  }

  /** The browser goes back to the hub; the status of the answer. */
  public int comeBack() {
    return comeBack(brought);
  }

  /** The same with fields of somebody's own. */
  public int comeBack(Map<String, String> fields) {
    URI to = back == null ? URI.create(page + "/return") : Objects.requireNonNull(back);
    return send(fields.isEmpty() ? HttpRequest.newBuilder(to) : post(to, fields)).statusCode();
  }

  /** The buyer closes the layer in the shop's page; whether it may be closed. */
  public JsonNode closeLayer() {
    return JSON.readTree(
        send(HttpRequest.newBuilder(URI.create(page + "/close"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")))
            .body());
  }

  private static Map<String, String> fields(String html) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Matcher field = FIELD.matcher(html); field.find(); ) {
      fields.put(unescape(field.group(1)), unescape(field.group(2)));
    }
    return fields;
  }

  private static String first(Pattern pattern, String html) {
    Matcher found = pattern.matcher(html);
    if (!found.find()) {
      throw new AssertionError(html);
    }
    return unescape(found.group(1));
  }

  private static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#43;", "+")
        .replace("&amp;", "&");
  }

  private static HttpRequest.Builder post(URI to, Map<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(to)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The lines of a simulator's book. */
  public static List<JsonNode> book(URI simulators, String pg) {
    String path = "/_sim/books/" + pg;
    return JSON.readTree(send(HttpRequest.newBuilder(simulators.resolve(path))).body())
        .valueStream()
        .toList();
  }
}
