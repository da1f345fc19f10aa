package dev.naru.simulator;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.facts.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A shop and its buyer, as the simulators see them. */
public final class Shop implements AutoCloseable {

  static final String SECRET = "test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6";
  static final String GOOD_CARD = "5310000000000000";
  private static final Pattern INPUT = Pattern.compile("name=\"([^\"]*)\" value=\"([^\"]*)\"");
  private static final Pattern ACTION = Pattern.compile("id=\"next\"[^>]*action=\"([^\"]*)\"");

  final Simulators simulators;
  final String url;

  /** How far the simulators' clock is ahead. */
  volatile Duration ahead = Duration.ZERO;

  private final Path data;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Shop(Path data) {
    this.data = data;
    simulators =
        Simulators.start(
            new Simulators.Settings(
                0,
                "127.0.0.1",
                data,
                Duration.ofMillis(400),
                Duration.ofMillis(200),
                () -> InstantSource.system().instant().plus(ahead)));
    url = simulators.url().toString();
  }

  HttpResponse<String> send(HttpRequest.Builder request, Charset charset) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString(charset));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
  }

  HttpRequest.Builder toss(String path) {
    return tossAs(SECRET, path);
  }

  HttpRequest.Builder tossAs(String secret, String path) {
    return request(url + "/tosspayments/v1/" + path)
        .header(
            "Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((secret + ":").getBytes(StandardCharsets.UTF_8)));
  }

  HttpResponse<String> tossPost(String path, Map<String, ?> body) {
    return tossPost(toss(path), body);
  }

  HttpResponse<String> tossPost(HttpRequest.Builder request, Map<String, ?> body) {
    return send(
        request
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Book.JSON.writeValueAsString(body))),
        StandardCharsets.UTF_8);
  }

  HttpResponse<String> tossGet(String path) {
    return send(toss(path).GET(), StandardCharsets.UTF_8);
  }

  /** Without waiting for the answer. */
  CompletableFuture<HttpResponse<String>> later(HttpRequest.Builder request, Map<String, ?> body) {
    return http.sendAsync(
        request
            .POST(HttpRequest.BodyPublishers.ofString(Book.JSON.writeValueAsString(body)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static Map<String, Object> card(String order, long amount, String number) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("amount", amount);
    body.put("orderId", order);
    body.put("orderName", "사과 한 상자");
    body.put("cardNumber", number);
    body.put("cardExpirationYear", "30");
    body.put("cardExpirationMonth", "12");
    body.put("customerIdentityNumber", "900101");
    body.put("cardPassword", "12");
    return body;
  }

  HttpResponse<String> form(String url, Map<String, String> fields) {
    return form(url, fields, StandardCharsets.UTF_8);
  }

  HttpResponse<String> form(String url, Map<String, String> fields, Charset charset) {
    return send(
        request(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encode(fields, charset))),
        charset);
  }

  static String encode(Map<String, String> fields, Charset charset) {
    return fields.entrySet().stream()
        .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), charset))
        .collect(Collectors.joining("&"));
  }

  HttpResponse<String> get(String url) {
    return send(request(url).GET(), StandardCharsets.UTF_8);
  }

  JsonNode control(String method, String path, Map<String, ?> body) {
    return json(
        send(
            request(url + "/_sim/" + path)
                .method(
                    method,
                    HttpRequest.BodyPublishers.ofString(Book.JSON.writeValueAsString(body))),
            StandardCharsets.UTF_8));
  }

  JsonNode book(String pg, String order) {
    return json(get(url + "/_sim/books/" + pg + "?order_id=" + order));
  }

  /** The book itself. */
  String written(String pg) {
    try {
      return Files.readString(data.resolve("simulator/" + pg + ".jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    return Book.JSON.readTree(answer.body());
  }

  /** Opens the window a redirect leads to and presses a button in it. */
  HttpResponse<String> press(HttpResponse<String> opened, Map<String, String> form) {
    return form(url + location(opened), form);
  }

  static String location(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new AssertionError(answer.body()));
  }

  /** The fields of the form that sends the browser on, and its action under "action". */
  static Map<String, String> next(HttpResponse<String> page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher action = ACTION.matcher(page.body());
    if (!action.find()) {
      throw new AssertionError(page.body());
    }
    fields.put("action", unescape(action.group(1)));
    Matcher inputs = INPUT.matcher(page.body());
    while (inputs.find()) {
      fields.put(inputs.group(1), unescape(inputs.group(2)));
    }
    return fields;
  }

  static Map<String, String> query(String url) {
    return Form.decode(url.substring(url.indexOf('?') + 1), StandardCharsets.UTF_8);
  }

  private static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not happen");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  static @Nullable Throwable failure(CompletableFuture<?> call) {
    try {
      call.join();
      return null;
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  @Override
  public void close() {
    http.close();
    simulators.close();
  }
}
