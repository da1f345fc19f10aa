package dev.naru.simulator.kit.facts;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Fields as forms and addresses have them. */
public final class Form {

  private Form() {}

  /** name=value pairs, in the order of the map. */
  public static String encode(Map<String, String> fields, Charset charset) {
    return fields.entrySet().stream()
        .map(f -> f.getKey() + '=' + URLEncoder.encode(f.getValue(), charset))
        .collect(Collectors.joining("&"));
  }

  /** The address with these fields in its query, behind those it has. */
  public static String onto(String url, Map<String, String> fields) {
    return url + (url.contains("?") ? "&" : "?") + encode(fields, StandardCharsets.UTF_8);
  }

  /** The first value of each name; what is no escape is taken as it is. */
  public static Map<String, String> decode(String encoded, Charset charset) {
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
