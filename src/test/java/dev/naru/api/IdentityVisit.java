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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who proves who they are, as {@code IMP.certification} leads there, without a browser.
 *
 * @param url of the window at the hub
 * @param seen what pages and addresses of the hub this visitor has seen
 */
record IdentityVisit(Shop shop, String impUid, String url, List<String> seen) {

  static final String UNIFIED = "inicis_unified";
  static final String CARD = "inicis";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern FIELD =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
  private static final Pattern ACTION =
      Pattern.compile("<form id=\"(?:pg-form|next)\"[^>]* action=\"([^\"]*)\"");
  private static final Pattern CHARSET = Pattern.compile("accept-charset=\"([^\"]*)\"");

  /** What a page asks for. */
  static Map<String, Object> params(String pg) {
    Map<String, Object> params = new HashMap<>();
    params.put("pg", pg);
    params.put("merchant_uid", Api.newOrder());
    params.put("company", "나루찻집");
    return params;
  }

  /** What somebody types. */
  static Map<String, String> somebody() {
    Map<String, String> typed = new HashMap<>();
    typed.put("action", "verify");
    typed.put("provider", "TOSS");
    typed.put("name", "남궁나루");
    typed.put("birth", "20000229");
    typed.put("gender", "female");
    typed.put("nationality", "foreign");
    typed.put("carrier", "KT_MVNO");
    typed.put("phone", "01075319086");
    typed.put("card_number", Api.GOOD_CARD);
    return typed;
  }

  /** The same with another outcome. */
  static Map<String, String> ending(String outcome) {
    Map<String, String> typed = somebody();
    typed.put("outcome", outcome);
    return typed;
  }

  static Map<String, String> closing() {
    return Map.of("action", "close");
  }

  static Map<String, Object> body(Shop shop, Map<String, ?> params) {
    Map<String, Object> body = new HashMap<>();
    body.put("user_code", shop.merchant().userCode());
    body.put("page", "https://shop.example/join?user=7#top");
    body.put("params", params);
    return body;
  }

  /** What the shop's page hears when it asks for a window. */
  static Api.Answer asked(Shop shop, Map<String, ?> body) {
    return shop.api()
        .bare(
            HttpRequest.newBuilder(Hub.shared().url().resolve("/checkout/certification"))
                .header("Content-Type", "application/json")
                .header("Origin", "https://shop.example")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  static IdentityVisit open(Shop shop, Map<String, ?> params) {
    return open(shop, params, Map.of());
  }

  /**
   * @param more of the envelope
   */
  static IdentityVisit open(Shop shop, Map<String, ?> params, Map<String, ?> more) {
    Map<String, Object> body = body(shop, params);
    body.putAll(more);
    Api.Answer answer = asked(shop, body);
    assertThat(answer.code()).as(answer.message()).isZero();
    JsonNode prepared = answer.response();
    return new IdentityVisit(
        shop,
        prepared.path("imp_uid").asString(),
        prepared.path("url").asString(),
        new CopyOnWriteArrayList<>());
  }

  /** Goes through the window; gives the request that brings the browser back to the hub. */
  HttpRequest back(Map<String, String> typed) {
    HttpResponse<String> bridge = send(get(url));
    HttpResponse<String> entered = bridge.statusCode() == 200 ? send(form(bridge)) : bridge;
    URI window = located(entered);
    HttpResponse<String> shown = send(get(window.toString()));
    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
    HttpResponse<String> left = send(post(window, typed, StandardCharsets.UTF_8));
    return left.statusCode() == 200 ? form(left) : get(located(left).toString());
  }

  /** All the way; gives what the result page tells the shop's page. */
  JsonNode end(Map<String, String> typed) {
    return result(send(back(typed)));
  }

  /** What an answer of the hub leads to in the end. */
  JsonNode result(HttpResponse<String> answer) {
    HttpResponse<String> at = answer;
    while (at.statusCode() / 100 == 3) {
      at = send(get(located(at).toString()));
    }
    assertThat(at.statusCode()).as(at.body()).isEqualTo(200);
    Matcher result = Pattern.compile("data-result=\"([^\"]*)\"").matcher(at.body());
    assertThat(result.find()).as(at.body()).isTrue();
    return JSON.readTree(unescape(result.group(1)));
  }

  /** What the shop's server is told. */
  JsonNode certification() {
    return shop.api().get("/certifications/" + impUid).response();
  }

  Api.Answer close() {
    return shop.api()
        .bare(
            HttpRequest.newBuilder(URI.create(url + "/close"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
      if (request.uri().getPort() == Hub.shared().url().getPort()) {
        seen.add(request.uri() + "\n" + answer.headers().map() + "\n" + answer.body());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static HttpRequest get(String url) {
    return HttpRequest.newBuilder(URI.create(url)).GET().build();
  }

  private static URI located(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(301, 303);
    return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
  }

  /** The form on a page, as a script posts it. */
  private static HttpRequest form(HttpResponse<String> page) {
    Matcher action = ACTION.matcher(page.body());
    Matcher charset = CHARSET.matcher(page.body());
    assertThat(action.find() && charset.find()).as(page.body()).isTrue();
    Map<String, String> fields = new LinkedHashMap<>();
    for (Matcher field = FIELD.matcher(page.body()); field.find(); ) {
      fields.put(unescape(field.group(1)), unescape(field.group(2)));
    }
    String name = charset.group(1).equals("EUC-KR") ? "MS949" : charset.group(1);
    return post(URI.create(unescape(action.group(1))), fields, Charset.forName(name));
  }

  static HttpRequest post(URI to, Map<String, String> fields, Charset charset) {
    return HttpRequest.newBuilder(to)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            BodyPublishers.ofString(
                fields.entrySet().stream()
                    .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), charset))
                    .collect(Collectors.joining("&"))))
        .build();
  }

  private static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
