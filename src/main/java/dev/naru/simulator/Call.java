package dev.naru.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request, read whole. The body stays bytes: only the PG knows its charset. */
record Call(HttpExchange exchange, String method, String path, String query, Body body) {

  /** What Korean PGs mean by EUC-KR. */
  static final Charset EUC_KR = Charset.forName("MS949");

  private static final int LONGEST = 1 << 20;

  /** Wraps the bytes, which would not compare by value in a record. */
  static final class Body {
    private final byte[] bytes;

    Body(byte[] bytes) {
      this.bytes = bytes;
    }

    String text(Charset charset) {
      return new String(bytes, charset);
    }
  }

  static Call read(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST);
    String query = exchange.getRequestURI().getRawQuery();
    return new Call(
        exchange,
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query == null ? "" : query,
        new Body(bytes));
  }

  boolean is(String method, String path) {
    return this.method.equals(method) && this.path.equals(path);
  }

  /** The same call as seen below a prefix. */
  Call below(String prefix) {
    return new Call(exchange, method, path.substring(prefix.length()), query, body);
  }

  @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** Where the caller reached us: what the PG would know as its own host. */
  String origin() {
    String host = header("Host");
    String scheme = "https".equals(header("X-Forwarded-Proto")) ? "https" : "http";
    return scheme + "://" + (host == null ? "localhost" : host);
  }

  Map<String, String> params() {
    return decode(query, StandardCharsets.UTF_8);
  }

  Map<String, String> form() {
    return form(StandardCharsets.UTF_8);
  }

  Map<String, String> form(Charset charset) {
    return decode(body.text(StandardCharsets.ISO_8859_1), charset);
  }

  String text() {
    return body.text(StandardCharsets.UTF_8);
  }

  /** An empty object when there is no body or it cannot be read. */
  JsonNode json() {
    try {
      JsonNode node = Book.JSON.readTree(text());
      return node.isObject() ? node : Book.JSON.createObjectNode();
    } catch (JacksonException _) {
      return Book.JSON.createObjectNode();
    }
  }

  static Map<String, String> decode(String encoded, Charset charset) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.putIfAbsent(
            unescape(pair.substring(0, equals), charset),
            unescape(pair.substring(equals + 1), charset));
      }
    }
    return fields;
  }

  private static String unescape(String text, Charset charset) {
    try {
      return URLDecoder.decode(text, charset);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
