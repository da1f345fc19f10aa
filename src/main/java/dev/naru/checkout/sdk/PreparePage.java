package dev.naru.checkout.sdk;

import dev.naru.checkout.Checkout;
import dev.naru.checkout.Checkouts;
import dev.naru.checkout.PayRequest;
import dev.naru.checkout.RawRequest;
import dev.naru.checkout.Result;
import dev.naru.checkout.notice.NoticeAddresses;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Why;
import dev.naru.kernel.Wording;
import dev.naru.payment.Payment;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the browser SDK calls, from any shop's page. */
@RestController
@CrossOrigin(origins = "*", allowCredentials = "false", maxAge = 600)
class PreparePage {

  private final Checkouts checkouts;
  private final NoticeAddresses addresses;

  PreparePage(Checkouts checkouts, NoticeAddresses addresses) {
    this.checkouts = checkouts;
    this.addresses = addresses;
  }

  /** V1's code of an order that was paid before. */
  private static final String PAID_BEFORE = "F1002";

  /**
   * Makes a payment and tells where its window is; an {@code error_code} stands beside a refusal
   * for which V1 has one.
   */
  @PostMapping("/checkout/prepare")
  Map<String, Object> prepare(HttpServletRequest request) {
    try {
      return opened(request);
    } catch (Failed failed) {
      if (failed.failure() instanceof Failure.PaidBefore(Why why)) {
        return refusal(Wording.KOREAN.of(why), PAID_BEFORE);
      }
      throw failed;
    }
  }

  private static Map<String, Object> refusal(String message, String errorCode) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("code", 1);
    envelope.put("message", message);
    envelope.put("response", null);
    envelope.put("error_code", errorCode);
    return envelope;
  }

  private Map<String, Object> opened(HttpServletRequest request) {
    PayRequest asked =
        PayRequest.of(RawRequest.object(request), PayRequest.Headers.of(request), checkouts::meant);
    Checkout checkout = checkouts.open(asked);
    Payment payment = checkouts.payment(checkout);
    addresses.announce(payment);
    return PageAnswer.of(
        Map.of(
            "imp_uid", payment.impUid().value(),
            "merchant_uid", payment.purchase().merchantUid(),
            "url", checkouts.url(checkout.token(), "").toString(),
            "presentation", checkout.presentation().wire()));
  }

  /**
   * The layer's close button. {@code closed} is false while a charge is under way: its result is
   * about to come out of the window.
   */
  @PostMapping("/checkout/{token}/close")
  Map<String, Object> close(@PathVariable String token) {
    Checkout checkout = checkouts.get(token);
    Result result = new Result(checkout, checkouts.close(checkout));
    return PageAnswer.of(
        Map.of("closed", result.end() != Result.End.UNDECIDED, "result", result.fields()));
  }
}
