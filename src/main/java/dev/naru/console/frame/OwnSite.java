package dev.naru.console.frame;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether a request comes from a page of ours. In a sandbox a name that others made lead to this
 * machine is refused too, since one click lets in there.
 */
@Component
public class OwnSite {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What proxies say of whom they bring; those that are declared are understood before. */
  private static final Set<String> OF_PROXIES = Set.of("X-Forwarded-For", "Forwarded", "X-Real-IP");

  private final Settings settings;

  OwnSite(Settings settings) {
    this.settings = settings;
  }

  /**
   * Any request.
   *
   * @throws Failed forbidden
   */
  void check(HttpServletRequest request) {
    String host = String.valueOf(request.getHeader("Host"));
    if (settings.sandbox() && !isOurHost(uri("http://" + host))) {
      throw Failed.forbidden(Refusal.OTHER_HOST, settings.console().url() + "/console");
    }
    if (request.getMethod().equals("GET")) {
      return;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    boolean elsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
    String origin = request.getHeader("Origin");
    if (elsewhere || (origin != null && !isOurs(uri(origin), host))) {
      throw Failed.forbidden(Refusal.OTHER_SITE);
    }
  }

  /**
   * Whether somebody at this very machine asks. Of whom a proxy brings that nobody declared it is
   * not known.
   */
  public static boolean isLocal(HttpServletRequest request) {
    return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()
        && OF_PROXIES.stream().allMatch(name -> request.getHeader(name) == null);
  }

  private boolean isOurs(@Nullable URI origin, String host) {
    return origin != null
        && (host.equalsIgnoreCase(origin.getAuthority())
            || authority(settings.console().url()).equals(authority(origin)));
  }

  private boolean isOurHost(@Nullable URI asked) {
    return asked != null
        && (THIS_MACHINE.contains(host(asked))
            || host(asked).equals(host(settings.console().url())));
  }

  private static String authority(URI uri) {
    int usual = "https".equals(uri.getScheme()) ? 443 : 80;
    return host(uri) + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
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
