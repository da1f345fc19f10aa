package dev.naru.checkout;

import dev.naru.connector.PgReturn;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Json;
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
final class RawRequest {

  private static final int LARGEST = 256 * 1024;

  /** Of what a browser asks for, which anybody may and which is kept. */
  private static final int LARGEST_OBJECT = 64 * 1024;

  private static final JsonMapper JSON = Json.fromOutside();

  private RawRequest() {}

  static PgReturn of(HttpServletRequest request) {
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
        throw new Failed(new Failure.TooLarge("요청 본문이 너무 큽니다. (최대 256KB)"));
      }
      return body;
    } catch (IOException broken) {
      throw Failed.invalid("요청 본문을 읽을 수 없습니다.");
    }
  }

  /** The JSON object that was sent. Throws {@link Failed} invalid for anything else. */
  static JsonNode object(HttpServletRequest request) {
    byte[] body = body(request);
    if (body.length > LARGEST_OBJECT) {
      throw new Failed(new Failure.TooLarge("요청 본문이 너무 큽니다. (최대 64KB)"));
    }
    return object(new String(body, StandardCharsets.UTF_8));
  }

  /** The same of a text that holds one. */
  static JsonNode object(String text) {
    try {
      JsonNode object = JSON.readTree(text);
      if (object.isObject()) {
        return object;
      }
    } catch (JacksonException | ArithmeticException | NumberFormatException malformed) {
      // The same answer as to any JSON that is no object.
    }
    throw Failed.invalid("요청 본문(JSON)의 형식이 올바르지 않습니다.");
  }
}
