package dev.naru.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a form, or a query: plain names and values, of a name that comes twice the last. */
public final class FormBody {

  private FormBody() {}

  /** Throws {@link IllegalArgumentException} for what is not escaped well. */
  static Map<String, Object> form(String body) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String field : body.split("&")) {
      String[] pair = field.split("=", 2);
      if (!pair[0].isEmpty()) {
        fields.put(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1]));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
