package dev.naru.checkout.link;

import dev.naru.checkout.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * V1's payment URL service, which knows no token: a shop names itself by its user code. What it
 * answers is not in the envelope, except for errors.
 */
@RestController
public class LinkApi {

  public static final String PATH = "/api/supplements/v1/link/payment";

  private final PayLinks links;

  LinkApi(PayLinks links) {
    this.links = links;
  }

  @PostMapping(PATH)
  Map<String, String> make(HttpServletRequest request) {
    return view(links.make(RawRequest.object(request)));
  }

  /** Disables a link. */
  @PutMapping(PATH + "/{code}")
  Map<String, String> disable(@PathVariable String code) {
    PayLink link = links.get(code);
    links.disable(link);
    return view(link);
  }

  private Map<String, String> view(PayLink link) {
    return Map.of("shortenedUrl", links.url(link).toString());
  }
}
