package dev.naru.api.aftercare;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import dev.naru.aftercare.OrderedProducts;
import dev.naru.aftercare.OrderedProducts.Acted;
import dev.naru.aftercare.ProductRequest;
import dev.naru.api.Refusal;
import dev.naru.api.Word;
import dev.naru.api.once.Once;
import dev.naru.api.wire.Amounts;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.aftercare.ProductAct;
import dev.naru.connector.aftercare.ProductAct.Verb;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * V1's {@code /payments/{imp_uid}/naver} and {@code /naver}, the half that is of Naver Pay's order
 * type. Its actions answer 200 if all were done, 207 if some were, 500 if none was.
 */
@RestController
class NavercoApi {

  private static final int LONGEST_MEMO = 256;

  private final OrderedProducts products;
  private final PaymentLists payments;

  NavercoApi(OrderedProducts products, PaymentLists payments) {
    this.products = products;
    this.payments = payments;
  }

  @GetMapping("/payments/{impUid}/naver/product-orders")
  Envelope list(Merchant merchant, @PathVariable String impUid) {
    return Envelope.of(
        products.of(payment(merchant, impUid)).stream().map(NavercoView::of).toList());
  }

  @GetMapping("/naver/product-orders/{id}")
  Envelope read(Merchant merchant, @PathVariable String id) {
    NavercoWords.requireId(id);
    return Envelope.of(NavercoView.of(products.get(merchant.id(), id)));
  }

  /** An unknown reason counts as the default: V1 has it so here alone. */
  @PostMapping("/payments/{impUid}/naver/cancel")
  ResponseEntity<Envelope> cancel(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    String given = params.text("reason", 40);
    String reason =
        given != null && NavercoWords.CANCEL_REASONS.contains(given)
            ? given
            : "PRODUCT_UNSATISFIED";
    return refund(
        new NavercoRequest(merchant, params, once, impUid),
        Verb.CANCEL,
        reason,
        Wording.KOREAN.of(Word.PRODUCT_CANCELED, reason));
  }

  @PostMapping("/payments/{impUid}/naver/approve-cancel")
  ResponseEntity<Envelope> approveCancel(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    return refund(
        new NavercoRequest(merchant, params, once, impUid),
        Verb.APPROVE_CANCEL,
        null,
        Wording.KOREAN.of(Word.CANCEL_APPROVED));
  }

  @PostMapping("/payments/{impUid}/naver/approve-return")
  ResponseEntity<Envelope> approveReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    String memo = params.text("memo", LONGEST_MEMO);
    return refund(
        new NavercoRequest(merchant, params, once, impUid),
        Verb.APPROVE_RETURN,
        null,
        memo == null ? Wording.KOREAN.of(Word.RETURN_APPROVED) : memo);
  }

  @PostMapping("/payments/{impUid}/naver/place")
  ResponseEntity<Envelope> place(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    return tell(new NavercoRequest(merchant, params, once, impUid), Verb.PLACE, Map.of());
  }

  @PostMapping("/payments/{impUid}/naver/ship")
  ResponseEntity<Envelope> ship(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    Map<String, String> details = NavercoWords.delivery(params, NavercoWords.WAYS_OUT, "DELIVERY");
    params.required("dispatched_at", 40);
    details.put("sent_at", String.valueOf(params.time("dispatched_at")));
    return tell(new NavercoRequest(merchant, params, once, impUid), Verb.SHIP, details);
  }

  @PostMapping("/payments/{impUid}/naver/ship-exchanged")
  ResponseEntity<Envelope> shipExchanged(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    Map<String, String> details = NavercoWords.delivery(params, NavercoWords.WAYS_OUT, "DELIVERY");
    return tell(new NavercoRequest(merchant, params, once, impUid), Verb.SHIP_EXCHANGED, details);
  }

  @PostMapping("/payments/{impUid}/naver/collect-exchanged")
  ResponseEntity<Envelope> collectExchanged(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    return tell(
        new NavercoRequest(merchant, params, once, impUid), Verb.COLLECT_EXCHANGED, Map.of());
  }

  @PostMapping("/payments/{impUid}/naver/request-return")
  ResponseEntity<Envelope> requestReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    Map<String, String> details =
        NavercoWords.delivery(params, NavercoWords.WAYS_BACK, "RETURN_DELIVERY");
    String reason = params.oneOf("reason", NavercoWords.RETURN_REASONS);
    details.put("reason", reason == null ? "INTENT_CHANGED" : reason);
    return tell(new NavercoRequest(merchant, params, once, impUid), Verb.REQUEST_RETURN, details);
  }

  @PostMapping("/payments/{impUid}/naver/reject-return")
  ResponseEntity<Envelope> rejectReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    Map<String, String> details = Map.of("memo", params.required("memo", LONGEST_MEMO));
    return tell(new NavercoRequest(merchant, params, once, impUid), Verb.REJECT_RETURN, details);
  }

  @PostMapping("/payments/{impUid}/naver/withhold-return")
  ResponseEntity<Envelope> withholdReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    String reason = params.oneOf("reason", NavercoWords.WITHHOLD_REASONS);
    Map<String, String> details =
        Map.of(
            "reason", reason == null ? "ETC" : reason,
            "memo", params.required("memo", LONGEST_MEMO),
            "extra_charge", Long.toString(Amounts.won(params, "extra_charge", Integer.MAX_VALUE)));
    return tell(new NavercoRequest(merchant, params, once, impUid), Verb.WITHHOLD_RETURN, details);
  }

  @PostMapping("/payments/{impUid}/naver/resolve-return")
  ResponseEntity<Envelope> resolveReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    return tell(new NavercoRequest(merchant, params, once, impUid), Verb.RESOLVE_RETURN, Map.of());
  }

  private ResponseEntity<Envelope> refund(
      NavercoRequest request, Verb verb, @Nullable String why, String reason) {
    // Elsewhere an empty list is as good as none, which means all: what money goes back for is
    // said.
    if (request.params().isEmptyArray("product_order_id")) {
      throw Failed.invalid(Refusal.NO_PRODUCT_ORDER);
    }
    return act(request, request.asked(new ProductAct(verb, Map.of()), why, reason));
  }

  private ResponseEntity<Envelope> tell(
      NavercoRequest request, Verb verb, Map<String, String> details) {
    return act(request, request.asked(new ProductAct(verb, details), null, ""));
  }

  private ResponseEntity<Envelope> act(NavercoRequest request, ProductRequest asked) {
    Acted acted = products.act(payment(request.merchant(), request.impUid()), asked);
    if (acted.undecided()) {
      request.once().undecided();
    }
    String why =
        acted.failed().entrySet().stream()
            .map(one -> one.getKey() + ": " + Wording.KOREAN.of(one.getValue()))
            .collect(Collectors.joining(" / "));
    if (acted.done().isEmpty()) {
      throw Failed.pgError(Refusal.NOTHING_DONE, why);
    }
    List<NavercoView> done = acted.done().stream().map(NavercoView::of).toList();
    return acted.failed().isEmpty()
        ? ResponseEntity.ok(Envelope.of(done))
        : ResponseEntity.status(HttpStatus.MULTI_STATUS)
            .body(new Envelope(0, Wording.KOREAN.of(Refusal.PARTLY_DONE, why), done));
  }

  private Payment payment(Merchant merchant, String impUid) {
    return payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
  }
}
