package dev.naru.connector.window;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that came from a PG or through the buyer's browser, as raw bytes: its charset is the
 * PG's affair, so nothing has decoded it yet.
 *
 * @param query the raw query string, empty if there is none
 * @param headers by lower-case name
 */
public record PgReturn(
    byte[] body, String query, Map<String, String> headers, String remoteAddress) {

  /** The fields of query and form body, decoded with the PG's charset; the body wins. */
  public Map<String, String> fields(Charset charset) {
    Map<String, String> fields = new LinkedHashMap<>();
    decode(query, charset, fields);
    if (header("content-type").orElse("").startsWith("application/x-www-form-urlencoded")) {
      decode(new String(body, StandardCharsets.ISO_8859_1), charset, fields);
    }
    return fields;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  private static void decode(String encoded, Charset charset, Map<String, String> into) {
    for (String pair : encoded.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        into.put(
            decode(pair.substring(0, equals), charset),
            decode(pair.substring(equals + 1), charset));
      }
    }
  }

  private static String decode(String text, Charset charset) {
    try {
      return URLDecoder.decode(text, charset);
    } catch (IllegalArgumentException badEscape) {
      return text;
    }
  }
}
