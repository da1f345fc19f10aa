package dev.naru.checkout.identity;

import dev.naru.certification.Certification;
import dev.naru.certification.Certification.State;
import dev.naru.checkout.Bridge;
import dev.naru.checkout.Checkout;
import dev.naru.checkout.CheckoutPage;
import dev.naru.checkout.Hosted;
import dev.naru.checkout.Policy;
import dev.naru.checkout.RawRequest;
import dev.naru.checkout.Refusal;
import dev.naru.checkout.Result;
import dev.naru.checkout.Returns;
import dev.naru.connector.window.PgReturn;
import dev.naru.kernel.Failed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pages between the shop's page and the PG's identity window; see {@link CheckoutPage}. None of
 * them, and none of their addresses, says who the person is.
 */
@Controller
class IdentityPage {

  private final IdentityCheckouts checkouts;
  private final Returns returns;
  private final JsonMapper json;

  IdentityPage(IdentityCheckouts checkouts, Returns returns, JsonMapper json) {
    this.checkouts = checkouts;
    this.returns = returns;
    this.json = json;
  }

  /** Starts the PG's window; once it is over, goes on to what came of it. */
  @GetMapping("/checkout/identity/{token}")
  ModelAndView bridge(@PathVariable String token, HttpServletResponse response) {
    Checkout checkout = checkouts.get(token);
    Certification certification = checkouts.certification(checkout);
    Bridge bridge = checkout.bridge();
    List<String> hosts = checkouts.hosts(certification, bridge);
    Policy.apply(response, hosts, checkout.visitor(), hosts);
    State.Showing showing = certification.showing().orElse(null);
    if (showing == null) {
      return new ModelAndView(to(checkout, "/result"));
    }
    if (showing.intent() != null) {
      // The PG has yet to answer: it is asked again with what came back.
      return new ModelAndView(to(checkout, "/return"));
    }
    if (bridge.kind() == Bridge.Kind.REDIRECT) {
      return new ModelAndView(Hosted.to(bridge.target()));
    }
    return new ModelAndView("checkout/bridge")
        .addObject("purpose", "identity")
        .addObject("korean", checkout.isKorean())
        .addObject("bridge", bridge)
        .addObject("arguments", json.writeValueAsString(bridge.arguments()))
        .addObject("close", checkouts.url(checkout.token(), "/close"));
  }

  /** Where the PG sends the browser; whatever it brings is bytes until the connector reads it. */
  @RequestMapping(
      path = "/checkout/identity/{token}/return",
      method = {RequestMethod.GET, RequestMethod.POST})
  View comeBack(@PathVariable String token, HttpServletRequest request) {
    Checkout checkout = checkouts.get(token);
    PgReturn back = RawRequest.of(request);
    returns.work(checkout.token(), () -> checkouts.comeBack(checkout, back));
    // The result has an address of its own: reloading it sends nothing again.
    return to(checkout, "/result");
  }

  /** Where the PG's window goes when the person closes it. */
  @GetMapping("/checkout/identity/{token}/close")
  View close(@PathVariable String token) {
    Checkout checkout = checkouts.get(token);
    checkouts.close(checkout);
    return to(checkout, "/result");
  }

  /** Tells the shop's page: by a message out of the window, or by going back to it. */
  @GetMapping("/checkout/identity/{token}/result")
  ModelAndView result(@PathVariable String token, HttpServletResponse response) {
    Checkout checkout = checkouts.get(token);
    Certification certification = checkouts.certification(checkout);
    IdentityResult result = new IdentityResult(certification);
    List<String> framers = checkouts.hosts(certification, checkout.bridge());
    Policy.apply(response, List.of(), checkout.visitor(), framers);
    if (result.isUndecided() && returns.isAtWork(checkout)) {
      return Hosted.working("identity", checkout);
    }
    if (result.end() == Result.End.OPEN) {
      return new ModelAndView(to(checkout, ""));
    }
    if (result.end() == Result.End.UNDECIDED) {
      throw Failed.pgError(Refusal.IDENTITY_UNANSWERED);
    }
    String redirectUrl = checkout.visitor().redirectUrl();
    if (checkout.redirects() && redirectUrl != null) {
      RedirectView back = Hosted.to(result.redirectUrl(redirectUrl));
      back.setStatusCode(HttpStatus.FOUND);
      return new ModelAndView(back);
    }
    return new ModelAndView("checkout/result")
        .addObject("purpose", "identity")
        .addObject("korean", checkout.isKorean())
        .addObject("end", result.end().name())
        .addObject("why", result.why())
        .addObject("token", token)
        .addObject("origin", checkout.visitor().origin())
        .addObject("fields", result.fields())
        .addObject("json", json.writeValueAsString(result.fields()));
  }

  /** See {@link CheckoutPage#progress}. */
  @GetMapping("/checkout/identity/{token}/progress")
  @ResponseBody
  Map<String, Object> progress(@PathVariable String token) {
    Checkout checkout = checkouts.get(token);
    IdentityResult result = new IdentityResult(checkouts.certification(checkout));
    return Map.of("over", !(result.isUndecided() && returns.isAtWork(checkout)));
  }

  @ExceptionHandler
  ModelAndView failed(Failed failed, HttpServletRequest request, HttpServletResponse response) {
    return Hosted.problem("identity", failed, request, response);
  }

  private RedirectView to(Checkout checkout, String page) {
    return Hosted.to(checkouts.url(checkout.token(), page));
  }
}
