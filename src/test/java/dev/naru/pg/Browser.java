package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A buyer's browser without scripts: opens windows, presses their buttons, brings back what they
 * say.
 */
final class Browser {

  private static final Pattern FIELD =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
  private static final Pattern CHARSET = Pattern.compile("accept-charset=\"([^\"]*)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI simulator;

  Browser(URI simulator) {
    this.simulator = simulator;
  }

  PgReturn pay(Window window, String card) {
    return press(window, Map.of("action", "pay", "method", "card", "card_number", card));
  }

  PgReturn payBy(Window window, String method) {
    return press(window, Map.of("action", "pay", "method", method, "bank", "88"));
  }

  PgReturn payBy(Window window, String method, String points) {
    Map<String, String> buttons = new LinkedHashMap<>();
    buttons.put("action", "pay");
    buttons.put("method", method);
    buttons.put("card_number", World.GOOD);
    buttons.put("points", points);
    return press(window, buttons);
  }

  PgReturn close(Window window) {
    return press(window, Map.of("action", "close"));
  }

  /** Proves who they are in an identity window. */
  PgReturn prove(Window window, Map<String, String> typed) {
    Map<String, String> buttons = new LinkedHashMap<>(typed);
    buttons.put("action", "verify");
    return press(window, buttons);
  }

  /** The window's page, as the buyer sees it. */
  String page(Window window) {
    return send(HttpRequest.newBuilder(opened(window)).GET()).body();
  }

  /** What the PG says to a browser that it will not open a window for. */
  String problem(Window.FormPost form) {
    HttpResponse<String> answer = send(post(form.target(), form.fields(), form.charset()));
    assertThat(answer.statusCode()).isEqualTo(400);
    return answer.body();
  }

  PgReturn press(Window window, Map<String, String> buttons) {
    HttpResponse<String> left = send(post(opened(window), buttons, StandardCharsets.UTF_8));
    if (left.statusCode() == 303) {
      String location = left.headers().firstValue("Location").orElseThrow();
      int query = location.indexOf('?');
      return new PgReturn(
          new byte[0], query < 0 ? "" : location.substring(query + 1), Map.of(), "127.0.0.1");
    }
    Matcher charset = CHARSET.matcher(left.body());
    assertThat(charset.find()).as(left.body()).isTrue();
    Map<String, String> fields = new LinkedHashMap<>();
    for (Matcher field = FIELD.matcher(left.body()); field.find(); ) {
      fields.put(unescape(field.group(1)), unescape(field.group(2)));
    }
    return posted(fields, Charset.forName(charset.group(1)));
  }

  /** A form post as it reaches the hub. */
  static PgReturn posted(Map<String, String> fields, Charset charset) {
    return new PgReturn(
        encode(fields, charset).getBytes(StandardCharsets.US_ASCII),
        "",
        Map.of("content-type", "application/x-www-form-urlencoded"),
        "127.0.0.1");
  }

  private URI opened(Window window) {
    HttpRequest.Builder request =
        switch (window) {
          case Window.Script script when script.call().equals("tosspayments") -> toss(script);
          case Window.Script script when script.call().equals("naverpay") ->
              HttpRequest.newBuilder(
                  script
                      .source()
                      .resolve("../../register?" + encode(texts(script), StandardCharsets.UTF_8)));
          case Window.Script script when script.call().equals("nicepay") ->
              post(script.source().resolve("../../pay"), script.form(), StandardCharsets.UTF_8);
          case Window.Script script ->
              post(
                  script.source().resolve("../payMain/pay"), script.form(), StandardCharsets.UTF_8);
          case Window.FormPost form -> post(form.target(), form.fields(), form.charset());
          case Window.Redirect(URI target, var kept) -> HttpRequest.newBuilder(target).GET();
        };
    HttpResponse<String> opened = send(request);
    if (window instanceof Window.Redirect(URI target, var kept) && opened.statusCode() == 200) {
      return target;
    }
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(303);
    return opened.uri().resolve(opened.headers().firstValue("Location").orElseThrow());
  }

  private static Map<String, String> texts(Window.Script script) {
    Map<String, String> texts = new LinkedHashMap<>();
    script.arguments().forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  /** What the script of Toss does with its arguments. */
  private static HttpRequest.Builder toss(Window.Script script) {
    boolean key = "requestBillingAuth".equals(script.arguments().get("verb"));
    Map<String, String> query = new LinkedHashMap<>();
    script.arguments().forEach((name, value) -> flatten(query, name, value));
    String target = "../../window/" + (key ? "billing" : "payment");
    return HttpRequest.newBuilder(
            script.source().resolve(target + "?" + encode(query, StandardCharsets.UTF_8)))
        .GET();
  }

  private static void flatten(Map<String, String> into, String name, Object value) {
    switch (value) {
      case Map<?, ?> nested when name.equals("amount") ->
          into.put(name, String.valueOf(nested.get("value")));
      case Map<?, ?> nested ->
          nested.forEach((inner, each) -> flatten(into, String.valueOf(inner), each));
      default -> into.put(name, String.valueOf(value));
    }
  }

  /** Where the simulators are. */
  URI simulator() {
    return simulator;
  }

  String get(String path) {
    return send(HttpRequest.newBuilder(simulator.resolve(path)).GET()).body();
  }

  String post(String path, String json) {
    return fine(
        HttpRequest.newBuilder(simulator.resolve(path)).POST(BodyPublishers.ofString(json)));
  }

  String put(String path, String json) {
    return fine(HttpRequest.newBuilder(simulator.resolve(path)).PUT(BodyPublishers.ofString(json)));
  }

  /** Holds a barcode to the reader of a store's till; gives the till's result. */
  String till(String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(simulator.resolve("/emulation/till"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return JsonMapper.shared().readTree(send(request).body()).path("result").asString("");
  }

  private String fine(HttpRequest.Builder request) {
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static HttpRequest.Builder post(URI to, Map<String, String> fields, Charset charset) {
    return HttpRequest.newBuilder(to)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(encode(fields, charset)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As browsers do, who take EUC-KR for Windows-949. */
  private static String encode(Map<String, String> fields, Charset asked) {
    Charset charset = asked.name().equals("EUC-KR") ? Charset.forName("MS949") : asked;
    return fields.entrySet().stream()
        .map(
            field ->
                URLEncoder.encode(field.getKey(), charset)
                    + "="
                    + URLEncoder.encode(field.getValue(), charset))
        .collect(Collectors.joining("&"));
  }

  private static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
