package dev.naru.look;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Who asks: somebody at a browser, or a program. */
public final class Browsers {

  private static final String PAGE = "text/html";

  /** What every browser names beside it, and no HTTP library does. */
  private static final String OF_BROWSERS = "application/xhtml+xml";

  private Browsers() {}

  /**
   * Whether a page is wanted. Programs get what they always got: V1's clients send no Accept, any
   * type, or, as Java's own client does, HTML among pictures.
   */
  public static boolean asks(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept == null || request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
      return false;
    }
    String types = accept.strip().toLowerCase(Locale.ROOT);
    return types.equals(PAGE) || (types.startsWith(PAGE) && types.contains(OF_BROWSERS));
  }

  /** By {@code lang}, or else by what the browser prefers: Korean, unless that is English. */
  public static boolean korean(HttpServletRequest request) {
    String query = request.getQueryString();
    String asked = query == null ? null : parameter(query);
    String accepted = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
    String wanted = asked != null ? asked : accepted == null ? "ko" : accepted;
    return !wanted.toLowerCase(Locale.ROOT).startsWith("en");
  }

  /** Not asked of the container, which would read a form to find it. */
  private static @Nullable String parameter(String query) {
    for (String part : query.split("&")) {
      if (part.startsWith("lang=")) {
        return part.substring("lang=".length());
      }
    }
    return null;
  }
}
