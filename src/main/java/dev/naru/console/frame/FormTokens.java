package dev.naru.console.frame;

import dev.naru.kernel.Ids;
import dev.naru.kernel.Vault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;

/**
 * What every form of the console brings along: a keyed hash of its visitor's cookie. It is another
 * one as soon as somebody signs in or out, and any node knows it.
 */
@Component
class FormTokens implements CsrfTokenRepository {

  private static final String FRESH = FormTokens.class.getName();

  private final Cookies cookies;
  private final Vault vault;
  private final Ids ids;

  FormTokens(Cookies cookies, Vault vault, Ids ids) {
    this.cookies = cookies;
    this.vault = vault;
    this.ids = ids;
  }

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    String visit = ids.state();
    request.setAttribute(FRESH, visit);
    return token(visit);
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    if (token != null && request.getAttribute(FRESH) instanceof String visit) {
      cookies.visit(response, visit);
    }
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    Optional<String> known =
        cookies.find(request, Cookies.SESSION).or(() -> cookies.find(request, Cookies.VISIT));
    return known.isPresent() ? token(known.get()) : null;
  }

  private CsrfToken token(String cookie) {
    return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", vault.hash("console-form", cookie));
  }
}
