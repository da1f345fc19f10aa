package dev.naru.look;

import dev.naru.kernel.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What this is and where to go. Live, where anybody may come by, says no more than it must. */
@Controller
class StartPage {

  private final Settings settings;

  StartPage(Settings settings) {
    this.settings = settings;
  }

  /** Whom shops and buyers are led past, if it has a door that is not theirs. */
  private @Nullable String console() {
    if (!settings.consoleApart()) {
      return "/console";
    }
    return settings.sandbox() ? settings.console().url() + "/console" : null;
  }

  /**
   * @throws NoResourceFoundException for a program, which knows no such operation
   */
  @GetMapping("/")
  ModelAndView start(HttpServletRequest request, HttpServletResponse response)
      throws NoResourceFoundException {
    if (!Browsers.asks(request)) {
      throw new NoResourceFoundException(HttpMethod.GET, "/", "");
    }
    return BarePage.of("look/start", request, response)
        .addObject("styles", BarePage.START)
        .addObject("sandbox", settings.sandbox())
        .addObject("console", console())
        .addObject("base", settings.baseUrl().toString());
  }
}
