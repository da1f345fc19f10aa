package dev.naru.api.wire;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Globals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Notices, once, that requests come through a proxy that nobody declared: then all callers have its
 * address, and share its limits.
 */
@Component
class UndeclaredProxies extends OncePerRequestFilter {

  private static final List<String> FORWARDED =
      List.of("X-Forwarded-For", "Forwarded", "X-Real-IP");

  private static final Logger LOG = LoggerFactory.getLogger(UndeclaredProxies.class);

  private final AtomicBoolean told = new AtomicBoolean();

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // Of a declared one the container has taken the address.
    if (!told.get()
        && request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) == null
        && FORWARDED.stream().anyMatch(name -> request.getHeader(name) != null)
        && told.compareAndSet(false, true)) {
      LOG.warn(
          "requests come from {} with forwarded headers, which are not believed: if it is your"
              + " proxy, name it in NARU_TRUSTED_PROXIES. Until then all who come through it count"
              + " as one caller, with one caller's limits.",
          request.getRemoteAddr());
    }
    chain.doFilter(request, response);
  }
}
