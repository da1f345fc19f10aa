package dev.naru.console.frame;

import dev.naru.account.Action;
import dev.naru.attention.MatterListStore;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Puts a page into the console: a browser gets it whole, htmx the part {@code content} of it, or
 * the one that the view's name asks for ({@code "console/members :: row"}).
 */
@Component
public class Frame implements HandlerInterceptor {

  private static final String HTMX = "HX-Request";
  private static final String PAYMENTS = "/console/payments";

  private final Settings settings;
  private final MessageSource texts;
  private final MatterListStore matters;

  Frame(Settings settings, MessageSource texts, MatterListStore matters) {
    this.settings = settings;
    this.texts = texts;
    this.matters = matters;
  }

  /**
   * After something was done: another page, which says so by the text {@code done.{what}}.
   *
   * @param path below {@code /console}
   */
  public static String back(String path, String what) {
    return "redirect:" + path + (path.contains("?") ? "&" : "?") + "done=" + what;
  }

  /** Asks who sits there once more, and goes on to this page of the console then. */
  public static String prove(String next) {
    return "redirect:" + Said.with("/console/prove", "next", next);
  }

  /** Where to go on after a proof, if it is a page of the console; else its first. */
  public static String next(@Nullable String asked) {
    return asked != null && asked.matches("/console(/[A-Za-z0-9/_.-]*)?(\\?[^\\\\\\s]*)?")
        ? asked
        : "/console";
  }

  /** To another page, whole, also out of a part of one. */
  static void send(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException {
    if (request.getHeader(HTMX) != null) {
      response.setHeader("HX-Redirect", path);
      response.setStatus(HttpStatus.NO_CONTENT.value());
    } else {
      response.setStatus(HttpStatus.SEE_OTHER.value());
      response.setHeader(HttpHeaders.LOCATION, path);
    }
  }

  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    if (page == null || page.getViewName() == null || page.getViewName().startsWith("redirect:")) {
      return;
    }
    dress(request, response, page);
  }

  /** What every page knows: {@code look/frame} says what of it the look takes. */
  void dress(HttpServletRequest request, HttpServletResponse response, ModelAndView page) {
    Viewer viewer = ConsoleDoor.viewer(request);
    boolean korean = Languages.korean(request);
    page.addObject("me", viewer)
        .addObject("nav", nav(request, viewer, korean))
        .addObject("viewer", viewer == null ? null : who(viewer, korean))
        .addObject("korean", korean)
        .addObject("sandbox", settings.sandbox())
        .addObject("other", language(request, korean))
        .addObject("said", said(request, korean))
        .addObject("saidKind", "good")
        .addObject("zone", HubClock.SEOUL)
        .addObject("scripts", scripts(page));
    if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
      // Asked for now, since its cookie must go out before the page does.
      page.addObject("formToken", token.getToken());
    }
    response.addHeader(HttpHeaders.VARY, HTMX);
    String view = String.valueOf(page.getViewName());
    if (request.getHeader(HTMX) != null && !view.contains("::")) {
      page.setViewName(view + " :: content");
    }
  }

  /** Those of all pages, and those that the page itself names. */
  private static List<String> scripts(ModelAndView page) {
    List<String> all = new ArrayList<>(List.of(Htmx.PATH, "/assets/console/console.js"));
    if (page.getModel().get("scripts") instanceof List<?> own) {
      own.forEach(one -> all.add(String.valueOf(one)));
    }
    return all;
  }

  private Map<String, @Nullable Object> nav(
      HttpServletRequest request, @Nullable Viewer viewer, boolean korean) {
    Map<String, @Nullable Object> nav = new HashMap<>();
    nav.put("home", "/console");
    nav.put("product", text("frame.console", korean));
    nav.put("sandbox", settings.sandbox());
    nav.put("find", viewer == null ? null : find(viewer, request, korean));
    nav.put(
        "language",
        Map.of("href", language(request, korean), "label", text("frame.other", korean)));
    nav.put("shop", viewer == null ? null : shop(viewer, korean));
    nav.put(
        "groups",
        viewer == null ? List.of() : Menu.of(viewer, request.getRequestURI(), open(viewer), texts));
    return nav;
  }

  /** How many matters are open; none where the page says that the database is away. */
  private int open(Viewer viewer) {
    try {
      return viewer.may(Action.ATTENTION_READ) ? matters.countOpen(viewer.watched()) : 0;
    } catch (DataAccessException away) {
      return 0;
    }
  }

  /** The search at the top leads to the list of payments. */
  private @Nullable Map<String, String> find(
      Viewer viewer, HttpServletRequest request, boolean korean) {
    if (!viewer.may(Action.PAYMENTS_READ)) {
      return null;
    }
    String text =
        request.getRequestURI().equals(PAYMENTS)
            ? Objects.requireNonNullElse(request.getParameter("q"), "")
            : "";
    return Map.of("action", PAYMENTS, "value", text, "label", text("frame.find", korean));
  }

  private Map<String, String> shop(Viewer viewer, boolean korean) {
    boolean all = viewer.selected().equals(Viewer.ALL);
    String name =
        all ? text("frame.all-shops", korean, viewer.home().name()) : viewer.shop().name();
    return Map.of("name", name, "code", viewer.shop().userCode(), "href", "/console/shop");
  }

  private Map<String, String> who(Viewer viewer, boolean korean) {
    return Map.of(
        "name",
        viewer.account().name(),
        "detail",
        text("role." + viewer.account().role(), korean),
        "account",
        "/console/account",
        "signOut",
        "/console/sign-out");
  }

  private @Nullable String said(HttpServletRequest request, boolean korean) {
    String done = request.getParameter("done");
    return done == null ? null : texts.getMessage("done." + done, null, null, locale(korean));
  }

  /** This page in the other language; what was posted is not posted again. */
  private static String language(HttpServletRequest request, boolean korean) {
    String query = request.getMethod().equals("GET") ? request.getQueryString() : null;
    String here = request.getRequestURI() + (query == null ? "" : "?" + query);
    return Said.with("/console/language?to=" + (korean ? "en" : "ko"), "next", here);
  }

  private String text(String key, boolean korean, Object... arguments) {
    return Objects.requireNonNull(texts.getMessage(key, arguments, locale(korean)));
  }

  private static Locale locale(boolean korean) {
    return korean ? Locale.KOREAN : Locale.ENGLISH;
  }
}
