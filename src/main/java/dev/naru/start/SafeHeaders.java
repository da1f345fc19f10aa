package dev.naru.start;

import dev.naru.kernel.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What holds of every answer unless a page says otherwise: it runs no script, shows in no frame, is
 * taken for nothing but what it says, and is kept by nobody. In live mode what belongs to the
 * sandbox's pages does not exist.
 */
@Component
class SafeHeaders extends OncePerRequestFilter {

  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Files of ours, which may be kept: they hold nothing of anybody. */
  private static final List<String> FILES = List.of("/assets/", "/webjars/", "/v1/", "/js/");

  /** A type's files are in a folder of their version, and so never change. */
  private static final String TYPE = "/assets/look/pretendard-";

  private static final List<String> OF_THE_SANDBOX = List.of("/assets/demo/", "/assets/sandbox/");

  private final boolean live;

  SafeHeaders(Settings settings) {
    live = settings.live();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (FILES.stream().noneMatch(path::startsWith)) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    if (path.startsWith(TYPE)) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
    }
    if (live && OF_THE_SANDBOX.stream().anyMatch(path::startsWith)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    chain.doFilter(request, response);
  }
}
