package dev.naru.sandbox.demo;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import dev.naru.sandbox.Refusal;
import dev.naru.sandbox.SandboxOnly;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Lets nobody press the demo page's buttons but the page itself. There is no login that a session
 * could hang on, so that a token stands in the page and what it is made of in a cookie; nodes with
 * one keyset take each other's. A host that is neither the hub's nor this machine is refused too,
 * for names can be made to lead here by others.
 */
@Component
@Conditional(SandboxOnly.class)
class DemoGuard {

  /** Where the page sends the token. */
  static final String HEADER = "X-CSRF-Token";

  private static final String COOKIE = "naru_demo";
  private static final String PURPOSE = "demo page";
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Settings settings;
  private final Vault vault;
  private final Ids ids;

  DemoGuard(Settings settings, Vault vault, Ids ids) {
    this.settings = settings;
    this.vault = vault;
    this.ids = ids;
  }

  /** The token of a visitor's pages, who gets a cookie if there is none yet. */
  String token(HttpServletRequest request, HttpServletResponse response) {
    return vault.hash(PURPOSE, cookie(request).orElseGet(() -> give(response)));
  }

  private String give(HttpServletResponse response) {
    String fresh = ids.state();
    response.addHeader(
        "Set-Cookie",
        // A PG's window that comes back brings it along: a page that is open elsewhere stays good.
        ResponseCookie.from(COOKIE, fresh)
            .path("/demo")
            .httpOnly(true)
            .sameSite("Lax")
            .secure("https".equals(settings.baseUrl().getScheme()))
            .build()
            .toString());
    return fresh;
  }

  /**
   * For what changes something.
   *
   * @throws Failed forbidden, unless the call comes from a page of ours that is fresh
   */
  void checkCall(HttpServletRequest request) {
    checkReader(request);
    String origin = request.getHeader("Origin");
    if (origin == null || !isOurs(origin)) {
      throw Failed.forbidden(Refusal.OTHER_SITE_THAN, page());
    }
    String expected = cookie(request).map(value -> vault.hash(PURPOSE, value)).orElse("");
    String given = Optional.ofNullable(request.getHeader(HEADER)).orElse("");
    if (expected.isEmpty() || !MessageDigest.isEqual(bytes(expected), bytes(given))) {
      throw Failed.forbidden(Refusal.OLD_PAGE);
    }
  }

  /**
   * For what only reads.
   *
   * @throws Failed forbidden, if another site's page asks, or under another's name
   */
  void checkReader(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Failed.forbidden(Refusal.OTHER_SITE_THAN, page());
    }
    if (!isOurs(request.getScheme() + "://" + request.getHeader("Host"))) {
      throw Failed.forbidden(Refusal.OTHER_HOST_THAN, page());
    }
  }

  private String page() {
    return settings.baseUrl() + "/demo";
  }

  /** The hub as browsers are told to reach it, or this machine on the hub's port. */
  private boolean isOurs(String origin) {
    try {
      URI asked = URI.create(origin.toLowerCase(Locale.ROOT));
      URI base = settings.baseUrl();
      String host = asked.getHost();
      return host != null
          && (authority(asked).equals(authority(base))
              || (THIS_MACHINE.contains(host) && asked.getPort() == settings.port()));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** Without the scheme: behind a proxy the hub itself is spoken to by plain HTTP. */
  private static String authority(URI uri) {
    boolean usual =
        uri.getPort() < 0 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT)
        + (usual ? "" : ":" + uri.getPort());
  }

  private static Optional<String> cookie(HttpServletRequest request) {
    Cookie @Nullable [] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(one -> one.getName().equals(COOKIE))
            .map(Cookie::getValue)
            .filter(value -> value.matches("[0-9a-f]{32}"))
            .findFirst();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
