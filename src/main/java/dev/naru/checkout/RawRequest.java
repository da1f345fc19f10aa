package dev.naru.checkout;

import dev.naru.connector.PgReturn;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Requests as bytes. Asking the container for a parameter, or Spring for a body, would decode a
 * form with a charset that is not the PG's.
 */
final class RawRequest {

  private static final int LARGEST = 256 * 1024;

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
}
