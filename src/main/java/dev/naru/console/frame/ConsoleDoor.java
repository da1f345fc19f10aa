package dev.naru.console.frame;

import dev.naru.account.entry.Session;
import dev.naru.account.entry.Sessions;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.Tiers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Who comes to which page. A handler says what it needs; one that says nothing is for nobody. Who
 * is not signed in is sent to where one signs in, and back again.
 */
@Component
class ConsoleDoor implements HandlerInterceptor {

  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
          + " data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors"
          + " 'none'";

  /** What open pages ask for by themselves, which keeps nobody signed in. */
  private static final String BY_ITSELF = "/console/live";

  private static final String SESSION = Session.class.getName();
  private static final String VIEWER = Viewer.class.getName();

  private final Sessions sessions;
  private final Merchants merchants;
  private final Tiers tiers;
  private final Cookies cookies;
  private final OwnSite site;
  private final Settings settings;

  ConsoleDoor(
      Sessions sessions,
      Merchants merchants,
      Tiers tiers,
      Cookies cookies,
      OwnSite site,
      Settings settings) {
    this.sessions = sessions;
    this.merchants = merchants;
    this.tiers = tiers;
    this.cookies = cookies;
    this.site = site;
    this.settings = settings;
  }

  /** Who is signed in; null for nobody. */
  static @Nullable Viewer viewer(HttpServletRequest request) {
    return (Viewer) request.getAttribute(VIEWER);
  }

  /** The session of a browser, whose second proof may still be wanted. */
  static Optional<Session> session(HttpServletRequest request) {
    return Optional.ofNullable((Session) request.getAttribute(SESSION));
  }

  /**
   * @throws Failed forbidden
   */
  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    // In place of what every answer has, and which Spring Security would leave.
    response.setHeader("Content-Security-Policy", POLICY);
    Languages.speak(request, language(request));
    site.check(request);
    boolean byItself = request.getRequestURI().startsWith(BY_ITSELF);
    Optional<Session> session =
        cookies
            .find(request, Cookies.SESSION)
            .map(Secret::new)
            .flatMap(id -> byItself ? sessions.peek(id) : sessions.find(id));
    session.ifPresent(found -> request.setAttribute(SESSION, found));
    session.filter(Session::entered).ifPresent(found -> know(request, found));
    return !(handler instanceof HandlerMethod method) || admits(method, request, response);
  }

  private boolean admits(
      HandlerMethod handler, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (handler.hasMethodAnnotation(Open.class)) {
      return true;
    }
    Needs needs = handler.getMethodAnnotation(Needs.class);
    Viewer viewer = viewer(request);
    if (viewer == null) {
      Frame.send(request, response, "/console/sign-in?next=" + address(request));
      return false;
    }
    if (needs == null || !viewer.may(needs.value())) {
      throw Failed.forbidden(Refusal.NOT_ALLOWED);
    }
    if (lacksCodes(viewer, request.getRequestURI())) {
      Frame.send(request, response, "/console/account/codes");
      return false;
    }
    if (needs.fresh() && !sessions.isFresh(viewer.session())) {
      Frame.send(request, response, "/console/prove?next=" + address(request));
      return false;
    }
    return true;
  }

  /** With real money a password alone opens neither an owner's nor an admin's account. */
  private static boolean lacksCodes(Viewer viewer, String path) {
    return viewer.live()
        && !viewer.account().secured()
        && viewer.account().role().most() == 1
        && !path.startsWith("/console/account")
        && !path.equals("/console/prove");
  }

  private void know(HttpServletRequest request, Session session) {
    Merchant home = merchants.get(session.account().merchantId());
    boolean above = home.parentId() == null;
    List<Merchant> subShops = above ? tiers.of(home) : List.of();
    List<Merchant> closed = above ? tiers.closedOf(home) : List.of();
    String asked = request.getParameter("shop");
    boolean korean = session.account().korean();
    Languages.speak(request, korean);
    request.setAttribute(
        VIEWER,
        new Viewer(
            session,
            home,
            subShops,
            closed,
            Viewer.selected(asked == null ? session.shop() : asked, subShops, closed),
            korean,
            settings.live(),
            request.getRemoteAddr()));
  }

  private boolean language(HttpServletRequest request) {
    return cookies
        .find(request, Cookies.LANGUAGE)
        .map(language -> language.equals("ko"))
        .orElseGet(
            () -> {
              String accepted = request.getHeader("Accept-Language");
              return accepted == null || accepted.startsWith("ko") || accepted.contains(",ko");
            });
  }

  /** Where to go on; what was posted is not posted again. */
  private static String address(HttpServletRequest request) {
    String path = request.getMethod().equals("GET") ? request.getRequestURI() : "/console";
    String query = request.getQueryString();
    boolean whole = request.getMethod().equals("GET") && query != null;
    return URLEncoder.encode(whole ? path + "?" + query : path, StandardCharsets.UTF_8);
  }
}
