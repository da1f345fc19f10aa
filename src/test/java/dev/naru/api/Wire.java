package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Contract;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that no ordinary client makes, and what every refusal must look like. */
public final class Wire {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = new JsonMapper();

  private Wire() {}

  /** An answer as it came. */
  record Got(int status, String contentType, String text) {

    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  static Got send(String method, String path, Map<String, String> headers, byte[] body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(Hub.shared().url() + path))
              .timeout(Duration.ofSeconds(30))
              .method(method, BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      return new Got(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          new String(response.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What any page answers. */
  static Got page(URI url) {
    return page(HttpRequest.newBuilder(url).build());
  }

  /** The same, asked in another way. */
  static Got page(HttpRequest request) {
    try {
      HttpResponse<String> shown = HTTP.send(request, BodyHandlers.ofString());
      return new Got(
          shown.statusCode(), shown.headers().firstValue("Content-Type").orElse(""), shown.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The same, as JSON. */
  static JsonNode get(URI url) {
    return page(url).json();
  }

  /** A request written byte by byte; {@code head} is all before the blank line, ASCII. */
  static Got raw(String head) {
    try (Socket socket = new Socket(Hub.shared().url().getHost(), Hub.shared().url().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return parsed(all(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String all(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException reset) {
      // Closed with part of the request unread: what came before counts.
      assertThat(all.size()).isPositive();
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static Got parsed(String answer) {
    int blank = answer.indexOf("\r\n\r\n");
    String head = answer.substring(0, blank);
    String body = answer.substring(blank + 4);
    String type = "";
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-type:")) {
        type = line.substring("content-type:".length()).strip();
      }
    }
    boolean chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
    return new Got(
        Integer.parseInt(head.substring(9, 12)),
        type,
        chunked ? body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1) : body);
  }

  /**
   * By which status an operation refuses a parameter, as the table says; the path may be a real
   * one.
   */
  static int invalid(String method, String path) {
    String bare = path.replaceAll("[?].*", "");
    return Contract.v1().operations().stream()
        .filter(operation -> operation.method().equals(method))
        .filter(operation -> bare.matches(operation.path().replaceAll("\\{[^}]*}", "[^/]+")))
        .min(Comparator.comparingLong(one -> one.path().chars().filter(c -> c == '{').count()))
        .orElseThrow()
        .refusesBy();
  }

  /** V1's envelope with all of its three keys and nothing of our inside. */
  public static void refused(Got got, int status) {
    assertThat(got.status()).as(got.text()).isEqualTo(status);
    assertThat(got.contentType()).as(got.text()).startsWith("application/json");
    refused(got.json(), -1);
  }

  public static void refused(Api.Answer answer, int status, int code) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    refused(answer.body(), code);
  }

  private static void refused(JsonNode envelope, int code) {
    assertThat(envelope.propertyNames())
        .as(envelope.toString())
        .containsExactlyInAnyOrder("code", "message", "response");
    assertThat(envelope.path("code").isInt()).isTrue();
    assertThat(envelope.path("code").asInt()).as(envelope.toString()).isEqualTo(code);
    assertThat(envelope.path("message").asString("")).isNotBlank();
    assertThat(envelope.path("message").asString(""))
        .doesNotContainIgnoringCase("exception", "java", "spring", "tomcat", "naru.", "<html");
    assertThat(envelope.path("response").isNull()).isTrue();
  }
}
