package dev.naru.pg.kit;

import dev.naru.connector.http.PgHttp.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing JSON. What is missing or strange throws. */
public final class Tree {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Tree() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The body of an answer; what is thrown does not quote it, since it may name people. */
  public static JsonNode of(Reply.Answer answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException(
          "HTTP " + answer.status() + ", " + unreadable.getClass().getSimpleName());
    }
  }

  /** Throws {@link IllegalArgumentException} with Jackson's text. */
  public static JsonNode of(String text) {
    return of(text, null);
  }

  /** The same, with this text if there is one. */
  public static JsonNode of(String text, @Nullable String wrong) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(wrong == null ? malformed.getMessage() : wrong, malformed);
    }
  }

  /** The same as maps, lists and plain values. */
  public static Object plain(String text) {
    return MAPPER.treeToValue(of(text), Object.class);
  }

  /** A field that must be there, and a text. */
  public static String text(JsonNode node, String field) {
    return node.required(field).stringValue();
  }

  /** A field as text, null if it is missing or empty. */
  public static @Nullable String optional(JsonNode node, String field) {
    String text = node.path(field).asString("");
    return text.isEmpty() ? null : text;
  }

  /** A field as text, empty if it is missing. */
  public static String said(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /** Adds what is neither missing nor blank. */
  public static ObjectNode putIf(ObjectNode body, String name, @Nullable String value) {
    return value == null || value.isBlank() ? body : body.put(name, value);
  }

  /** The fields of an object, each as text. */
  public static Map<String, String> flat(JsonNode object) {
    Map<String, String> fields = new LinkedHashMap<>();
    object.properties().forEach(one -> fields.put(one.getKey(), one.getValue().asString("")));
    return fields;
  }
}
