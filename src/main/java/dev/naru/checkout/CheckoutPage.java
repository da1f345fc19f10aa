package dev.naru.checkout;

import dev.naru.connector.window.PgReturn;
import dev.naru.kernel.Failed;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.webhook.log.Deliveries;
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
 * The pages between the shop's page and the PG's window. They know the buyer by the URL's state
 * alone: no cookie survives a form that a PG posts from its own site.
 */
@Controller
public class CheckoutPage {

  private final Checkouts checkouts;
  private final Returns returns;
  private final Deliveries deliveries;
  private final JsonMapper json;

  CheckoutPage(Checkouts checkouts, Returns returns, Deliveries deliveries, JsonMapper json) {
    this.checkouts = checkouts;
    this.deliveries = deliveries;
    this.returns = returns;
    this.json = json;
  }

  /** Starts the PG's window. */
  @GetMapping("/checkout/{token}")
  ModelAndView bridge(@PathVariable String token, HttpServletResponse response) {
    Checkout checkout = checkouts.get(token);
    Payment payment = checkouts.payment(checkout);
    Bridge bridge = checkout.bridge();
    List<String> hosts = checkouts.hosts(payment, bridge);
    Policy.apply(response, hosts, checkout.visitor(), hosts);
    if (payment.attempt().state() != Attempt.State.OPEN) {
      return new ModelAndView(Hosted.to(checkouts.url(checkout.token(), "/result")));
    }
    if (bridge.kind() == Bridge.Kind.REDIRECT) {
      return new ModelAndView(Hosted.to(bridge.target()));
    }
    return new ModelAndView("checkout/bridge")
        .addObject("korean", checkout.isKorean())
        .addObject("bridge", bridge)
        .addObject("arguments", json.writeValueAsString(bridge.arguments()))
        .addObject("payment", payment)
        .addObject("close", checkouts.url(checkout.token(), "/close"));
  }

  /** Where the PG sends the browser; whatever it brings is bytes until the connector reads it. */
  @RequestMapping(
      path = "/checkout/{token}/return",
      method = {RequestMethod.GET, RequestMethod.POST})
  View comeBack(@PathVariable String token, HttpServletRequest request) {
    Checkout checkout = checkouts.get(token);
    PgReturn back = RawRequest.of(request);
    returns.work(checkout.token(), () -> checkouts.comeBack(checkout, back));
    // The result has an address of its own: reloading it sends nothing again.
    return Hosted.to(checkouts.url(checkout.token(), "/result"));
  }

  /** Where the PG's window goes when the buyer closes it. */
  @GetMapping("/checkout/{token}/close")
  View close(@PathVariable String token) {
    Checkout checkout = checkouts.get(token);
    returns.work(checkout.token(), () -> checkouts.close(checkout));
    return Hosted.to(checkouts.url(checkout.token(), "/result"));
  }

  /** Tells the shop's page: by a message out of the frame, or by going back to it. */
  @GetMapping("/checkout/{token}/result")
  ModelAndView result(@PathVariable String token, HttpServletResponse response) {
    Checkout checkout = checkouts.get(token);
    Payment payment = checkouts.payment(checkout);
    Result result = new Result(checkout, payment);
    List<String> framers = checkouts.hosts(payment, checkout.bridge());
    Policy.apply(response, List.of(), checkout.visitor(), framers);
    if (isAwaited(result)) {
      return Hosted.working("payment", checkout).addObject("payment", payment);
    }
    if (result.end() == Result.End.OPEN) {
      return new ModelAndView(Hosted.to(checkouts.url(checkout.token(), "")));
    }
    String redirectUrl = checkout.visitor().redirectUrl();
    if (checkout.redirects() && redirectUrl != null) {
      RedirectView back = Hosted.to(result.redirectUrl(redirectUrl));
      back.setStatusCode(HttpStatus.FOUND);
      return new ModelAndView(back);
    }
    return new ModelAndView("checkout/result")
        .addObject("korean", checkout.isKorean())
        .addObject("end", result.end().name())
        .addObject("why", result.why())
        .addObject("token", token)
        .addObject("origin", checkout.visitor().origin())
        .addObject("fields", result.fields())
        .addObject("json", json.writeValueAsString(result.fields()));
  }

  /** Whether the result is still worked on; the page that waits for it asks. */
  @GetMapping("/checkout/{token}/progress")
  @ResponseBody
  Map<String, Object> progress(@PathVariable String token) {
    Checkout checkout = checkouts.get(token);
    Result result = new Result(checkout, checkouts.payment(checkout));
    return Map.of("over", !isAwaited(result));
  }

  /** The outcome is not known, or the shop wants to know of it before the buyer is back. */
  private boolean isAwaited(Result result) {
    return result.isUndecided()
        ? returns.isAtWork(result.checkout())
        : deliveries.isAwaited(result.payment());
  }

  /** A buyer gets a page, not an envelope, and a way on where there is one. */
  @ExceptionHandler
  ModelAndView failed(Failed failed, HttpServletRequest request, HttpServletResponse response) {
    return Hosted.problem("payment", failed, request, response);
  }
}
