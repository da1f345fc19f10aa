package dev.naru.look;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** What somebody at a browser sees where a program reads a refusal. */
public final class RefusalPage {

  private static final Set<Integer> STATUSES = Set.of(404, 405, 500, 503);

  private RefusalPage() {}

  /** Whether this refusal of this request is told by a page. */
  public static boolean tells(HttpServletRequest request, int status) {
    return STATUSES.contains(status) && Browsers.asks(request);
  }

  /**
   * @param message as the program would read it: the one place with an error's number
   */
  public static ModelAndView of(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      @Nullable String message) {
    response.setStatus(status);
    ModelAndView page = BarePage.of("look/refusal", request, response);
    page.setStatus(HttpStatus.valueOf(status));
    return page.addObject("styles", BarePage.START)
        .addObject("status", status)
        .addObject("message", message)
        .addObject("other", null);
  }
}
