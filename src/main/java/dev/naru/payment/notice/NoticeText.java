package dev.naru.payment.notice;

import dev.naru.connector.window.PgReturn;
import dev.naru.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a notice is kept. Anybody may post to the address of a channel, and PGs tell names,
 * accounts and keys: so the values stay of fields that are known to name nobody, of others only
 * that they were there.
 */
public final class NoticeText {

  private static final int LONGEST = 4_000;
  private static final String HIDDEN = "***";
  private static final JsonMapper JSON = Json.fromOutside();
  private static final Set<String> SHOWN = shown();

  /** Also of a known field: one short word, number or time. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} ._:+/-]{0,80}");

  private NoticeText() {}

  private static Set<String> shown() {
    try (InputStream in =
        Objects.requireNonNull(
            NoticeText.class.getResourceAsStream("/connector/notice-fields.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.strip().split(" ", -1)))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it is kept: no more than 4,000 characters, none of them NUL. */
  public static String of(PgReturn raw) {
    String text = json(raw);
    if (text.isEmpty()) {
      text = form(raw);
    }
    String clean = text.replace("\0", "");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  /** Empty if its body is no JSON. */
  private static String json(PgReturn raw) {
    String type = raw.header("content-type").orElse("");
    if (type.startsWith("application/x-www-form-urlencoded") || raw.body().length == 0) {
      return "";
    }
    return scrubbed(raw.body());
  }

  private static String scrubbed(byte[] text) {
    try {
      JsonNode body = JSON.readTree(text);
      return body.isContainer() ? scrubbed(body, "").toString() : "";
    } catch (JacksonException notJson) {
      return "";
    }
  }

  private static JsonNode scrubbed(JsonNode node, String name) {
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(one -> copy.set(named(one.getKey()), scrubbed(one.getValue(), one.getKey())));
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      node.forEach(one -> copy.add(scrubbed(one, name)));
      return copy;
    }
    boolean stays = node.isNull() || (SHOWN.contains(name) && isPlain(node.asString("")));
    return stays ? node : JsonNodeFactory.instance.stringNode(HIDDEN);
  }

  /** Names are the PG's where they are words; whatever else stands there is nobody's business. */
  private static String named(String name) {
    return name.matches("[A-Za-z0-9_.-]{1,60}") ? name : HIDDEN;
  }

  /** As a form, whether in its body or in its query. In which charset matters to hidden values. */
  private static String form(PgReturn raw) {
    Map<String, String> fields = raw.fields(StandardCharsets.UTF_8);
    return fields.isEmpty() && raw.body().length > 0
        ? "(" + raw.body().length + " bytes)"
        : fields.entrySet().stream()
            .map(one -> named(one.getKey()) + "=" + value(one.getKey(), one.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String value(String name, String value) {
    // Some PGs tell JSON in a field.
    String json = value.startsWith("{") ? scrubbed(value.getBytes(StandardCharsets.UTF_8)) : "";
    boolean stays = value.isEmpty() || (SHOWN.contains(name) && isPlain(value));
    return !json.isEmpty() ? json : stays ? value : HIDDEN;
  }

  private static boolean isPlain(String value) {
    return PLAIN.matcher(value).matches();
  }
}
