package dev.naru.api;

import dev.naru.aftercare.OrderedProducts;
import dev.naru.aftercare.OrderedProducts.Acted;
import dev.naru.aftercare.OrderedProducts.Asked;
import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.ProductAct;
import dev.naru.connector.ProductAct.Verb;
import dev.naru.connector.ProductReview;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentLists;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
  private static final int MOST = 100;
  private static final String ID = "[0-9A-Za-z]{1,20}";

  private static final Set<String> CANCEL_REASONS =
      Set.of(
          "SOLD_OUT",
          "DELAYED_DELIVERY",
          "PRODUCT_UNSATISFIED",
          "INTENT_CHANGED",
          "COLOR_AND_SIZE",
          "WRONG_ORDER",
          "INCORRECT_INFO");
  private static final Set<String> RETURN_REASONS =
      Set.of(
          "INTENT_CHANGED",
          "COLOR_AND_SIZE",
          "WRONG_ORDER",
          "PRODUCT_UNSATISFIED",
          "DELAYED_DELIVERY",
          "SOLD_OUT",
          "DROPPED_DELIVERY",
          "BROKEN",
          "INCORRECT_INFO",
          "WRONG_DELIVERY",
          "WRONG_OPTION");
  private static final Set<String> WITHHOLD_REASONS =
      Set.of(
          "RETURN_DELIVERYFEE",
          "EXTRAFEEE",
          "RETURN_DELIVERYFEE_AND_EXTRAFEEE",
          "RETURN_PRODUCT_NOT_DELIVERED",
          "ETC");

  /** What is listed where no time is named. */
  private static final Duration REVIEWED = Duration.ofDays(30);

  private static final Set<String> WAYS_OUT =
      Set.of(
          "DELIVERY", "GDFW_ISSUE_SVC", "VISIT_RECEIPT", "DIRECT_DELIVERY", "QUICK_SVC", "NOTHING");
  private static final Set<String> WAYS_BACK =
      Set.of("RETURN_DESIGNATED", "RETURN_DELIVERY", "RETURN_INDIVIDUAL");
  private static final Set<String> COURIERS =
      Set.of(
          ("CJGLS KGB DONGBU EPOST REGISTPOST HANJIN HYUNDAI KGBLS INNOGIS DAESIN ILYANG KDEXP"
                  + " CHUNIL CH1 HDEXP CVSNET DHL FEDEX GSMNTON WARPEX WIZWA EMS DHLDE ACIEXPRESS"
                  + " EZUSA PANTOS UPS HLCGLOBAL KOREXG TNT SWGEXP DAEWOON USPS IPARCEL KUNYOUNG"
                  + " HPL DADREAM SLX SFEXPRESS HONAM")
              .split(" ", -1));

  private final OrderedProducts products;
  private final PaymentLists payments;
  private final Channels channels;
  private final HubClock clock;

  NavercoApi(OrderedProducts products, PaymentLists payments, Channels channels, HubClock clock) {
    this.clock = clock;
    this.products = products;
    this.payments = payments;
    this.channels = channels;
  }

  @GetMapping("/payments/{impUid}/naver/product-orders")
  Envelope list(Merchant merchant, @PathVariable String impUid) {
    return Envelope.of(
        products.of(payment(merchant, impUid)).stream().map(NavercoView::of).toList());
  }

  @GetMapping("/naver/product-orders/{id}")
  Envelope read(Merchant merchant, @PathVariable String id) {
    if (!id.matches(ID)) {
      throw Failed.invalid("상품 주문 번호의 형식이 올바르지 않습니다. (product_order_id)");
    }
    return Envelope.of(NavercoView.of(products.get(merchant.id(), id)));
  }

  @GetMapping("/naver/reviews")
  Envelope reviews(Merchant merchant, Params params) {
    String channelKey = params.text("channel_key", 55);
    Instant until = params.time("to");
    Instant since = params.time("from");
    Instant to = until != null ? until : since == null ? clock.instant() : since.plus(REVIEWED);
    Instant from = since == null ? to.minus(REVIEWED) : since;
    String type = params.requiredOneOf("review_type", Set.of("general", "premium"));
    ProductReview.Kind kind = ProductReview.Kind.valueOf(type.toUpperCase(Locale.ROOT));
    if (from.isAfter(to)) {
      throw Failed.invalid("조회 시작 시각(from)은 종료 시각(to)보다 늦을 수 없습니다.");
    }
    Channel channel = channels.choose(merchant.id(), channelKey, null, ProductOrders.class);
    return Envelope.of(
        products.reviews(channel, from, to.plusNanos(999_999_999), kind).stream()
            .map(NavercoView.Review::of)
            .toList());
  }

  /** An unknown reason counts as the default: V1 has it so here alone. */
  @PostMapping("/payments/{impUid}/naver/cancel")
  ResponseEntity<Envelope> cancel(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    String given = params.text("reason", 40);
    String reason = given != null && CANCEL_REASONS.contains(given) ? given : "PRODUCT_UNSATISFIED";
    return refund(
        new Request(merchant, params, once, impUid),
        Verb.CANCEL,
        reason,
        "상품 주문 취소 (" + reason + ")");
  }

  @PostMapping("/payments/{impUid}/naver/approve-cancel")
  ResponseEntity<Envelope> approveCancel(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    return refund(
        new Request(merchant, params, once, impUid), Verb.APPROVE_CANCEL, null, "구매자의 취소 요청 승인");
  }

  @PostMapping("/payments/{impUid}/naver/approve-return")
  ResponseEntity<Envelope> approveReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    String memo = params.text("memo", LONGEST_MEMO);
    return refund(
        new Request(merchant, params, once, impUid),
        Verb.APPROVE_RETURN,
        null,
        memo == null ? "반품 승인" : memo);
  }

  @PostMapping("/payments/{impUid}/naver/place")
  ResponseEntity<Envelope> place(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    return tell(new Request(merchant, params, once, impUid), Verb.PLACE, Map.of());
  }

  @PostMapping("/payments/{impUid}/naver/ship")
  ResponseEntity<Envelope> ship(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    Map<String, String> details = delivery(params, WAYS_OUT, "DELIVERY");
    params.required("dispatched_at", 40);
    details.put("sent_at", String.valueOf(params.time("dispatched_at")));
    return tell(new Request(merchant, params, once, impUid), Verb.SHIP, details);
  }

  @PostMapping("/payments/{impUid}/naver/ship-exchanged")
  ResponseEntity<Envelope> shipExchanged(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    Map<String, String> details = delivery(params, WAYS_OUT, "DELIVERY");
    return tell(new Request(merchant, params, once, impUid), Verb.SHIP_EXCHANGED, details);
  }

  @PostMapping("/payments/{impUid}/naver/collect-exchanged")
  ResponseEntity<Envelope> collectExchanged(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    return tell(new Request(merchant, params, once, impUid), Verb.COLLECT_EXCHANGED, Map.of());
  }

  @PostMapping("/payments/{impUid}/naver/request-return")
  ResponseEntity<Envelope> requestReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    Map<String, String> details = delivery(params, WAYS_BACK, "RETURN_DELIVERY");
    String reason = params.oneOf("reason", RETURN_REASONS);
    details.put("reason", reason == null ? "INTENT_CHANGED" : reason);
    return tell(new Request(merchant, params, once, impUid), Verb.REQUEST_RETURN, details);
  }

  @PostMapping("/payments/{impUid}/naver/reject-return")
  ResponseEntity<Envelope> rejectReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    Map<String, String> details = Map.of("memo", params.required("memo", LONGEST_MEMO));
    return tell(new Request(merchant, params, once, impUid), Verb.REJECT_RETURN, details);
  }

  @PostMapping("/payments/{impUid}/naver/withhold-return")
  ResponseEntity<Envelope> withholdReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    String reason = params.oneOf("reason", WITHHOLD_REASONS);
    Map<String, String> details =
        Map.of(
            "reason", reason == null ? "ETC" : reason,
            "memo", params.required("memo", LONGEST_MEMO),
            "extra_charge", Long.toString(Amounts.won(params, "extra_charge", Integer.MAX_VALUE)));
    return tell(new Request(merchant, params, once, impUid), Verb.WITHHOLD_RETURN, details);
  }

  @PostMapping("/payments/{impUid}/naver/resolve-return")
  ResponseEntity<Envelope> resolveReturn(
      Merchant merchant, Params params, Once once, @PathVariable String impUid) {
    return tell(new Request(merchant, params, once, impUid), Verb.RESOLVE_RETURN, Map.of());
  }

  /** How something travels: a courier and a number where one takes it. */
  private static Map<String, String> delivery(Params params, Set<String> ways, String byCourier) {
    String way = params.requiredOneOf("delivery_method", ways);
    Map<String, String> details = new HashMap<>();
    details.put("method", way);
    if (way.equals(byCourier)) {
      details.put("courier", params.requiredOneOf("delivery_company", COURIERS));
      details.put("tracking", params.required("tracking_number", 40));
    } else {
      params.oneOf("delivery_company", COURIERS);
      params.text("tracking_number", 40);
    }
    return details;
  }

  /** What all of V1's actions have. */
  private record Request(Merchant merchant, Params params, Once once, String impUid) {

    Asked asked(ProductAct act, @Nullable String why, String reason) {
      List<String> ids = params.texts("product_order_id", 20, MOST);
      return new Asked(ids, act, why, reason, once.cancellationId());
    }
  }

  private ResponseEntity<Envelope> refund(
      Request request, Verb verb, @Nullable String why, String reason) {
    // Elsewhere an empty list is as good as none, which means all: what money goes back for is
    // said.
    if (request.params().isEmptyArray("product_order_id")) {
      throw Failed.invalid("상품 주문 번호가 없습니다. (product_order_id)");
    }
    return act(request, request.asked(new ProductAct(verb, Map.of()), why, reason));
  }

  private ResponseEntity<Envelope> tell(Request request, Verb verb, Map<String, String> details) {
    return act(request, request.asked(new ProductAct(verb, details), null, ""));
  }

  private ResponseEntity<Envelope> act(Request request, Asked asked) {
    Acted acted = products.act(payment(request.merchant(), request.impUid()), asked);
    if (acted.undecided()) {
      request.once().undecided();
    }
    String why =
        acted.failed().entrySet().stream()
            .map(one -> one.getKey() + ": " + one.getValue())
            .collect(Collectors.joining(" / "));
    if (acted.done().isEmpty()) {
      throw new Failed(new Failure.PgError("모두 처리하지 못했습니다. " + why));
    }
    List<NavercoView> done = acted.done().stream().map(NavercoView::of).toList();
    return acted.failed().isEmpty()
        ? ResponseEntity.ok(Envelope.of(done))
        : ResponseEntity.status(HttpStatus.MULTI_STATUS)
            .body(new Envelope(0, "일부만 처리했습니다. " + why, done));
  }

  private Payment payment(Merchant merchant, String impUid) {
    return payments
        .find(merchant.id(), impUid)
        .orElseThrow(() -> Failed.notFound("존재하지 않는 결제정보입니다."));
  }
}
