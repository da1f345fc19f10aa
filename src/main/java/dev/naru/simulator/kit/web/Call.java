package dev.naru.simulator.kit.web;

import com.sun.net.httpserver.HttpExchange;
import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Form;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request, read whole. The body stays bytes: only the PG knows its charset. */
public record Call(HttpExchange exchange, String method, String path, String query, Body body) {

  /** What Korean PGs mean by EUC-KR. */
  public static final Charset EUC_KR = Charset.forName("MS949");

  private static final int LONGEST = 1 << 20;

  /** Wraps the bytes, which would not compare by value in a record. */
  static final class Body {
    private final byte[] bytes;

    Body(byte[] bytes) {
      this.bytes = bytes;
    }

    /** As text. */
    public String text(Charset charset) {
      return new String(bytes, charset);
    }
  }

  /** Reads it whole. */
  public static Call read(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST);
    String query = exchange.getRequestURI().getRawQuery();
    return new Call(
        exchange,
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query == null ? "" : query,
        new Body(bytes));
  }

  /** Whether it is this one. */
  public boolean is(String method, String path) {
    return this.method.equals(method) && this.path.equals(path);
  }

  /** The same call as seen below a prefix. */
  public Call below(String prefix) {
    return new Call(exchange, method, path.substring(prefix.length()), query, body);
  }

  public @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** Who calls, as name and password with a colon between; empty when nobody says so. */
  public String basic() {
    String header = header("Authorization");
    return header == null || !header.startsWith("Basic ")
        ? ""
        : Digests.base64(header.substring("Basic ".length()).strip());
  }

  /** Where the caller reached us: what the PG would know as its own host. */
  public String origin() {
    String host = header("Host");
    String scheme = "https".equals(header("X-Forwarded-Proto")) ? "https" : "http";
    return scheme + "://" + (host == null ? "localhost" : host);
  }

  /** The fields of the query. */
  public Map<String, String> params() {
    return Form.decode(query, StandardCharsets.UTF_8);
  }

  /** The fields of a form in UTF-8. */
  public Map<String, String> form() {
    return form(StandardCharsets.UTF_8);
  }

  /** The fields of a form. */
  public Map<String, String> form(Charset charset) {
    return Form.decode(body.text(StandardCharsets.ISO_8859_1), charset);
  }

  /** The body in UTF-8. */
  public String text() {
    return body.text(StandardCharsets.UTF_8);
  }

  /** An empty object when there is no body or it cannot be read. */
  public JsonNode json() {
    return json(text());
  }

  /** The same of a text that a request holds. */
  public static JsonNode json(String text) {
    try {
      JsonNode node = Book.JSON.readTree(text);
      return node.isObject() ? node : Book.JSON.createObjectNode();
    } catch (JacksonException _) {
      return Book.JSON.createObjectNode();
    }
  }

  /** A field of an object; empty when it is missing. */
  public static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /** Whether a query is about this one, or about all. */
  public static boolean fits(Map<String, String> filter, String name, String value) {
    return filter.getOrDefault(name, value).equals(value);
  }
}
