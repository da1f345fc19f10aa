package dev.naru.checkout.link;

import dev.naru.checkout.Checkout;
import dev.naru.checkout.Checkouts;
import dev.naru.checkout.English;
import dev.naru.checkout.Fields;
import dev.naru.checkout.PayRequest;
import dev.naru.checkout.Policy;
import dev.naru.checkout.RawRequest;
import dev.naru.checkout.notice.NoticeAddresses;
import dev.naru.connector.Approval;
import dev.naru.connector.Decline;
import dev.naru.kernel.Settings;
import dev.naru.payment.Payment;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/** Where a payment link leads to. Looking at it changes nothing: messengers look at every link. */
@Controller
class LinkPage {

  private final PayLinks links;
  private final Checkouts checkouts;
  private final NoticeAddresses addresses;
  private final Settings settings;

  LinkPage(PayLinks links, Checkouts checkouts, NoticeAddresses addresses, Settings settings) {
    this.settings = settings;
    this.links = links;
    this.checkouts = checkouts;
    this.addresses = addresses;
  }

  /** What the page shows. */
  enum State {
    OPEN,
    PAID,
    CANCELED,
    WAITING,
    UNDECIDED,
    OVER
  }

  @GetMapping("/link/{code}")
  ModelAndView page(
      @PathVariable String code, HttpServletRequest request, HttpServletResponse response) {
    Policy.apply(response, List.of(), false);
    return links
        .find(code)
        .map(this::page)
        .orElseGet(() -> nothing(request, response))
        .addObject("sandbox", settings.sandbox());
  }

  private static ModelAndView nothing(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    String language = String.valueOf(request.getHeader("Accept-Language"));
    return new ModelAndView("checkout/link")
        .addObject("korean", !language.startsWith("en"))
        .addObject("state", State.OVER.name());
  }

  private ModelAndView page(PayLink link) {
    Payment payment = links.payment(link).orElse(null);
    return new ModelAndView("checkout/link")
        .addObject("korean", link.order().isKorean())
        .addObject("state", state(link, payment).name())
        .addObject("link", link)
        .addObject("name", link.order().params().path("name").asString(""))
        .addObject("number", link.order().params().path("merchant_uid").asString(""))
        .addObject("amount", PayRequest.amount(new Fields(link.order().params())))
        .addObject("account", account(payment))
        .addObject("refusal", refusal(payment).map(Decline::text).orElse(null))
        .addObject("why", refusal(payment).map(why -> English.of(why.reason())).orElse(null));
  }

  private static Approval.@Nullable Account account(@Nullable Payment payment) {
    return payment == null
        ? null
        : payment.approval().map(approval -> approval.account()).orElse(null);
  }

  private State state(PayLink link, @Nullable Payment payment) {
    if (payment != null) {
      switch (payment.state()) {
        case Payment.State.Paid paid -> {
          return payment.canceled().isZero() ? State.PAID : State.CANCELED;
        }
        case Payment.State.Waiting waiting -> {
          return State.WAITING;
        }
        case Payment.State.Ready ready -> {
          if (payment.isUndecided()) {
            return State.UNDECIDED;
          }
        }
        case Payment.State.Failed failed -> {
          // The link is as good as before.
        }
      }
    }
    return links.isOver(link) ? State.OVER : State.OPEN;
  }

  private static Optional<Decline> refusal(@Nullable Payment payment) {
    return payment != null && payment.state() instanceof Payment.State.Failed(Decline why, var at)
        ? Optional.of(why)
        : Optional.empty();
  }

  /** Begins the payment and says where its window is. JSON only: no other site can do it. */
  @PostMapping(path = "/link/{code}/pay", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  Map<String, String> pay(@PathVariable String code, HttpServletRequest request) {
    PayLink link = links.get(code);
    int method =
        new Fields(RawRequest.object(request)).number("method").map(n -> n.intValue()).orElse(-1);
    Checkout checkout = links.pay(link, method, PayRequest.Headers.of(request));
    addresses.announce(checkouts.payment(checkout));
    return Map.of("url", checkouts.url(checkout.token(), "").toString());
  }
}
