package dev.naru.checkout;

import dev.naru.connector.window.PgReturn;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Json;
import dev.naru.kernel.Malformed;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests as bytes. Asking the container for a parameter, or Spring for a body, would decode a
 * form with a charset that is not the PG's.
 */
public final class RawRequest {

  private static final int LARGEST = 256 * 1024;

  /** Of what a browser asks for, which anybody may and which is kept. */
  private static final int LARGEST_OBJECT = 64 * 1024;

  private static final JsonMapper JSON = Json.fromOutside();

  private RawRequest() {}

  public static PgReturn of(HttpServletRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name));
    }
    String query = request.getQueryString();
    return new PgReturn(
        body(request), query == null ? "" : query, headers, request.getRemoteAddr());
  }

  static byte[] body(HttpServletRequest request) {
    try {
      byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
      if (body.length > LARGEST) {
        throw Failed.tooLarge(Malformed.BODY_TOO_LARGE, 256);
      }
      return body;
    } catch (IOException broken) {
      throw Failed.invalid(Malformed.BODY_UNREADABLE);
    }
  }

  /** The JSON object that was sent. Throws {@link Failed} invalid for anything else. */
  public static JsonNode object(HttpServletRequest request) {
    byte[] body = body(request);
    if (body.length > LARGEST_OBJECT) {
      throw Failed.tooLarge(Malformed.BODY_TOO_LARGE, 64);
    }
    return object(new String(body, StandardCharsets.UTF_8));
  }

  /** The same of a text that holds one. */
  public static JsonNode object(String text) {
    try {
      JsonNode object = JSON.readTree(text);
      if (object.isObject()) {
        return object;
      }
    } catch (JacksonException | ArithmeticException | NumberFormatException malformed) {
      // The same answer as to any JSON that is no object.
    }
    throw Failed.invalid(Malformed.BODY_NO_JSON);
  }
}
