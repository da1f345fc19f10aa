package dev.naru.console.frame;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.web.servlet.ModelAndView;

/** How a page says that what its form asked for was refused: the form again, with the reason. */
public final class Said {

  private Said() {}

  /** The same page with {@code problem} on it, and the refusal's status. */
  public static ModelAndView problem(ModelAndView page, Failed failed, HttpServletRequest request) {
    page.setStatus(ConsoleRefusals.status(failed.failure()));
    Wording words = Wording.of(Languages.korean(request));
    return page.addObject("problem", words.of(failed.failure().why()));
  }

  /** An address with one more thing in its query. */
  public static String with(String address, String name, String value) {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    return address + (address.contains("?") ? "&" : "?") + name + "=" + encoded;
  }
}
