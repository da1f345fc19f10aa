package dev.naru.checkout;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;

/** A small shop that pays through the SDK, as any shop would; in sandbox mode only. */
@RestController
@ConditionalOnProperty(name = "naru.mode", havingValue = "sandbox", matchIfMissing = true)
class DemoPage {

  /** The shop that a sandbox is seeded with. */
  static final String USER_CODE = "imp00000000";

  private final DemoTill shop;

  DemoPage(DemoTill shop) {
    this.shop = shop;
  }

  @GetMapping("/demo")
  ModelAndView demo(
      @RequestParam @Nullable String lang,
      HttpServletRequest request,
      HttpServletResponse response) {
    // In the layer the PG's own pages show: a shop's policy has to let it.
    Policy.apply(response, shop.pgHosts(), false);
    String accepted = request.getHeader("Accept-Language");
    String wanted = lang != null ? lang : accepted == null ? "ko" : accepted;
    return new ModelAndView("demo/shop")
        .addObject("korean", !wanted.startsWith("en"))
        .addObject("userCode", USER_CODE)
        .addObject("channels", shop.channels());
  }

  /** What a shop's server does after the callback: it asks for the payment and believes that. */
  @GetMapping("/demo/payments/{impUid}")
  Map<String, Object> payment(@PathVariable String impUid) {
    return shop.view(shop.payment(impUid));
  }

  /** JSON only: no other site's form can press these buttons. */
  @PostMapping(path = "/demo/payments/{impUid}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> cancel(@PathVariable String impUid) {
    return shop.view(shop.cancel(impUid));
  }

  /** Plays the buyer at the bank. */
  @PostMapping(
      path = "/demo/payments/{impUid}/deposit",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> deposit(@PathVariable String impUid) throws InterruptedException {
    shop.deposit(impUid);
    return shop.view(shop.payment(impUid));
  }
}
