package dev.naru.look;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.ModelAndView;

/** A page with a top bar and no menu ({@code look/bare}), and the headers it needs. */
public final class BarePage {

  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src"
          + " 'self'";

  /** What the start page and refusals have beside the look's own. */
  static final List<String> START = List.of("/assets/look/start.css");

  private BarePage() {}

  /**
   * @param template of the page's content
   */
  public static ModelAndView of(
      String template, HttpServletRequest request, HttpServletResponse response) {
    protect(response);
    boolean korean = Browsers.korean(request);
    return new ModelAndView(template)
        .addObject("korean", korean)
        .addObject("styles", List.of())
        .addObject("scripts", List.of())
        .addObject("other", "?lang=" + (korean ? "en" : "ko"));
  }

  /** No script or style but our own files, in no frame, kept by nobody. */
  public static void protect(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }
}
