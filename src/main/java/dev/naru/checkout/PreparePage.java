package dev.naru.checkout;

import dev.naru.kernel.Failed;
import dev.naru.payment.Payment;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the browser SDK calls, from any shop's page. */
@RestController
@CrossOrigin(origins = "*", allowCredentials = "false", maxAge = 600)
class PreparePage {

  private final Checkouts checkouts;
  private final NoticeAddresses addresses;
  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  PreparePage(Checkouts checkouts, NoticeAddresses addresses) {
    this.checkouts = checkouts;
    this.addresses = addresses;
  }

  /** Makes a payment and tells where its window is. */
  @PostMapping("/checkout/prepare")
  Map<String, Object> prepare(HttpServletRequest request) {
    PayRequest asked =
        PayRequest.of(
            body(request),
            new PayRequest.Headers(
                request.getHeader("Origin"),
                request.getHeader("User-Agent"),
                request.getHeader("Accept-Language")));
    Checkout checkout = checkouts.open(asked);
    Payment payment = checkouts.payment(checkout);
    addresses.announce(payment);
    return envelope(
        Map.of(
            "imp_uid", payment.impUid().value(),
            "merchant_uid", payment.purchase().merchantUid(),
            "url", checkouts.url(checkout.token(), "").toString(),
            "presentation", checkout.redirects() ? "redirect" : "iframe"));
  }

  /**
   * The layer's close button. {@code closed} is false while a charge is under way: its result is
   * about to come out of the window.
   */
  @PostMapping("/checkout/{token}/close")
  Map<String, Object> close(@PathVariable String token) {
    Checkout checkout = checkouts.get(token);
    Result result = new Result(checkout, checkouts.close(checkout));
    return envelope(
        Map.of("closed", result.end() != Result.End.UNDECIDED, "result", result.fields()));
  }

  private JsonNode body(HttpServletRequest request) {
    try {
      JsonNode body = json.readTree(RawRequest.body(request));
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException malformed) {
      // The same answer as to any JSON that is no object.
    }
    throw Failed.invalid("요청 본문(JSON)의 형식이 올바르지 않습니다.");
  }

  private static Map<String, Object> envelope(Map<String, Object> response) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("code", 0);
    envelope.put("message", null);
    envelope.put("response", response);
    return envelope;
  }
}
