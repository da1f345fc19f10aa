package dev.naru.checkout;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Why;
import dev.naru.kernel.Wording;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** What pages of payments and of identity verifications share. */
public final class Hosted {

  private Hosted() {}

  /**
   * The page for as long as what the browser brought back is worked on.
   *
   * @param purpose payment or identity
   */
  public static ModelAndView working(String purpose, Checkout checkout) {
    return new ModelAndView("checkout/working")
        .addObject("purpose", purpose)
        .addObject("waiting", true)
        .addObject("korean", checkout.isKorean());
  }

  /**
   * The page of a refusal.
   *
   * @param purpose payment or identity
   */
  public static ModelAndView problem(
      String purpose, Failed failed, HttpServletRequest request, HttpServletResponse response) {
    Policy.apply(response, List.of(), true);
    response.setStatus(
        switch (failed.failure()) {
          case Failure.NotFound ignored -> 404;
          case Failure.TooLarge ignored -> 413;
          case Failure.PgError ignored -> 502;
          case Failure.Busy ignored -> 503;
          default -> 400;
        });
    String again = request.getRequestURI().replaceFirst("/(return|close|result)/?$", "");
    boolean exists = !(failed.failure() instanceof Failure.NotFound);
    boolean korean = !String.valueOf(request.getHeader("Accept-Language")).startsWith("en");
    return new ModelAndView("checkout/problem")
        .addObject("purpose", purpose)
        .addObject("korean", korean)
        .addObject("message", message(failed.failure().why(), korean))
        .addObject("giveUp", exists ? again + "/close" : "")
        .addObject("again", exists ? again : "");
  }

  /** Null for what only a PG has words for, which are Korean. */
  private static @Nullable String message(Why why, boolean korean) {
    return korean || why instanceof Why.Ours ? Wording.of(korean).of(why) : null;
  }

  public static RedirectView to(URI target) {
    return to(target.toASCIIString());
  }

  public static RedirectView to(String target) {
    RedirectView view = new RedirectView(target);
    view.setExposeModelAttributes(false);
    view.setHttp10Compatible(false);
    return view;
  }
}
