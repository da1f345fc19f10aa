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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's browser at the console: keeps cookies, and sends the token of the page it is on. */
public final class ConsoleVisitor {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI hub;
  private final Map<String, String> cookies = new TreeMap<>();
  private String token = "";

  public ConsoleVisitor(URI hub) {
    this.hub = hub;
  }

  /** One who is signed in already. */
  public ConsoleVisitor(URI hub, String session) {
    this.hub = hub;
    cookies.put("naru_console", session);
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path).GET(), headers);
  }

  /** As the form of a page does it: the page is looked at first. */
  public HttpResponse<String> post(String page, String path, Map<String, String> fields) {
    get(page);
    return postOnly(path, fields);
  }

  /** As the page that was looked at last does it. */
  public HttpResponse<String> postOnly(String path, Map<String, String> fields, String... headers) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("_csrf", token);
    return postBare(path, all, headers);
  }

  /** Without a token, unless it is among the fields. */
  public HttpResponse<String> postBare(String path, Map<String, String> fields, String... headers) {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", "application/x-www-form-urlencoded"),
        headers);
  }

  public String session() {
    return cookies.getOrDefault("naru_console", "");
  }

  public void plant(String name, String value) {
    cookies.put(name, value);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(hub.resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    request.header("Accept-Language", "ko");
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
      List<String> set = answer.headers().allValues("set-cookie");
      set.forEach(this::keep);
      Matcher found = TOKEN.matcher(answer.body());
      if (found.find()) {
        token = found.group(1);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String cookie) {
    String[] parts = cookie.split(";", 2)[0].split("=", 2);
    if (parts[1].isEmpty()) {
      cookies.remove(parts[0]);
    } else {
      cookies.put(parts[0], parts[1]);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
