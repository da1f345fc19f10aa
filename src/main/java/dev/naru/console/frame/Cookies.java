package dev.naru.console.frame;

import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/** The console's cookies: no script reads them, and no other path gets them. */
@Component
public class Cookies {

  /** Who is signed in. */
  public static final String SESSION = "naru_console";

  /** A visitor who is not; forms of theirs are bound to it. */
  static final String VISIT = "naru_visit";

  static final String LANGUAGE = "naru_lang";

  private static final String PATH = "/console";
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration BROWSER = Duration.ofSeconds(-1);

  private final boolean secure;

  Cookies(Settings settings) {
    secure = "https".equals(settings.console().url().getScheme());
  }

  /** Signed in from now on. */
  public void enter(HttpServletResponse response, Secret id) {
    set(response, SESSION, id.reveal(), BROWSER);
  }

  /** The same in the answer to this request. */
  public void enter(ServletWebRequest web, Secret id) {
    enter(Objects.requireNonNull(web.getResponse()), id);
  }

  /** Signed out. */
  public void leave(HttpServletResponse response) {
    set(response, SESSION, "", Duration.ZERO);
  }

  void visit(HttpServletResponse response, String id) {
    set(response, VISIT, id, BROWSER);
  }

  void language(HttpServletResponse response, boolean korean) {
    set(response, LANGUAGE, korean ? "ko" : "en", YEAR);
  }

  Optional<String> find(HttpServletRequest request, String name) {
    Cookie @Nullable [] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(one -> one.getName().equals(name))
            .map(Cookie::getValue)
            .filter(value -> value.matches("[A-Za-z0-9_-]{1,64}"))
            .findFirst();
  }

  private void set(HttpServletResponse response, String name, String value, Duration life) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name, value)
            .path(PATH)
            .httpOnly(true)
            .sameSite("Lax")
            .secure(secure)
            .maxAge(life)
            .build()
            .toString());
  }
}
