package dev.naru.console.frame;

import java.util.List;
import org.springframework.web.servlet.ModelAndView;

/** A page that is arranged by a style sheet of its section. */
public final class Styled {

  private Styled() {}

  /**
   * @param view of {@code templates}
   * @param section whose sheet it is, in {@code static/assets/console}
   */
  public static ModelAndView page(String view, String section) {
    return new ModelAndView(view)
        .addObject("styles", List.of("/assets/console/" + section + ".css"));
  }
}
