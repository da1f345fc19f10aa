package dev.naru.checkout.identity;

import dev.naru.certification.Certification;
import dev.naru.checkout.Checkout;
import dev.naru.checkout.PayRequest;
import dev.naru.checkout.RawRequest;
import dev.naru.checkout.Result;
import dev.naru.checkout.sdk.PageAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What {@code IMP.certification} calls, from any shop's page. */
@RestController
@CrossOrigin(origins = "*", allowCredentials = "false", maxAge = 600)
class IdentityPreparePage {

  private final IdentityCheckouts checkouts;

  IdentityPreparePage(IdentityCheckouts checkouts) {
    this.checkouts = checkouts;
  }

  /** Makes a verification and tells where its window is. */
  @PostMapping("/checkout/certification")
  Map<String, Object> prepare(HttpServletRequest request) {
    IdentityRequest asked =
        IdentityRequest.of(
            RawRequest.object(request), PayRequest.Headers.of(request), checkouts::meant);
    IdentityCheckouts.Opened opened = checkouts.open(asked);
    Certification certification = opened.certification();
    return PageAnswer.of(
        Map.of(
            "imp_uid", certification.impUid().value(),
            "merchant_uid", asked.wanted().merchantUid(),
            "url", checkouts.url(opened.checkout().token(), "").toString(),
            "presentation", opened.checkout().presentation().wire()));
  }

  /**
   * The shop's page gives up, or has seen the window being closed. {@code closed} is false while
   * the PG is asked who it was: the result is about to come. A form is of a PG that posts where it
   * was told to go back to, and leads to the result.
   */
  @PostMapping("/checkout/identity/{token}/close")
  ResponseEntity<Map<String, Object>> close(
      @PathVariable String token, HttpServletRequest request) {
    Checkout checkout = checkouts.get(token);
    IdentityResult result = new IdentityResult(checkouts.close(checkout));
    String type = String.valueOf(request.getContentType());
    if (type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
      return ResponseEntity.status(HttpStatus.SEE_OTHER)
          .location(checkouts.url(checkout.token(), "/result"))
          .build();
    }
    boolean closed = result.end() == Result.End.DONE || result.end() == Result.End.FAILED;
    return ResponseEntity.ok(PageAnswer.of(Map.of("closed", closed, "result", result.fields())));
  }
}
