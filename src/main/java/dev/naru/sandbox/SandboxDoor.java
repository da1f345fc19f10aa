package dev.naru.sandbox;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Keeps other sites' pages from {@code /sandbox}: neither may a page that somebody has open move
 * the clock, nor one that was made to look like this machine by its name read what is there. Tools
 * send no Origin, and the right host.
 */
@Configuration
@Conditional(SandboxOnly.class)
class SandboxDoor implements WebMvcConfigurer, HandlerInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(SandboxDoor.class);
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Settings settings;

  SandboxDoor(Settings settings) throws UnknownHostException {
    this.settings = settings;
    if (!InetAddress.getByName(settings.bind()).isLoopbackAddress()) {
      LOG.warn(
          "THIS SANDBOX CAN BE REACHED BY OTHERS at {}:{}. Its keys are published: whoever reaches"
              + " it does what they like with it. Never let the Internet reach it.",
          settings.bind(),
          settings.port());
    }
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(this).addPathPatterns("/sandbox/**");
  }

  /**
   * @throws Failed forbidden, if another site's page asks, or under another's name
   */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!isOurHost("http://" + request.getHeader("Host"))) {
      throw Failed.forbidden(Refusal.OTHER_HOST, settings.baseUrl());
    }
    String origin = request.getHeader("Origin");
    if ((origin != null && !isOurs(origin)) || comesFromElsewhere(request)) {
      throw Failed.forbidden(Refusal.OTHER_SITE);
    }
    return true;
  }

  /** What a browser says. Whoever follows a link to a page may look at it. */
  private static boolean comesFromElsewhere(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    boolean elsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
    return elsewhere
        && !(request.getMethod().equals("GET")
            && "navigate".equals(request.getHeader("Sec-Fetch-Mode")));
  }

  /** The hub's own pages, by whatever name of this machine's they were opened. */
  private boolean isOurs(String origin) {
    URI asked = uri(origin);
    if (asked == null || !isOurHost(origin)) {
      return false;
    }
    URI base = settings.baseUrl();
    boolean likeBase = asked.getPort() == base.getPort();
    return asked.getPort() == settings.port() || (likeBase && host(base).equals(host(asked)));
  }

  private boolean isOurHost(String url) {
    URI asked = uri(url);
    return asked != null
        && (THIS_MACHINE.contains(host(asked)) || host(asked).equals(host(settings.baseUrl())));
  }

  private static String host(URI uri) {
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
  }

  private static @Nullable URI uri(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() == null ? null : uri;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
