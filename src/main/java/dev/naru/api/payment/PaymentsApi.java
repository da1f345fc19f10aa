package dev.naru.api.payment;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import dev.naru.api.Refusal;
import dev.naru.api.Word;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.PagedView;
import dev.naru.api.wire.Params;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import dev.naru.payment.flow.PaymentLists.By;
import dev.naru.payment.flow.PaymentLists.Page;
import dev.naru.payment.flow.PaymentLists.Sorting;
import dev.naru.payment.flow.PaymentLists.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /payments}, the reading half. */
@RestController
class PaymentsApi {

  private static final int MOST_IDS = 100;
  private static final Duration LONGEST_SPAN = Duration.ofDays(90);
  private static final Set<String> STATUSES = Set.of("all", "ready", "paid", "cancelled", "failed");
  private static final Map<String, Sorting> SORTINGS =
      Map.of(
          "-started", Sorting.NEWEST,
          "started", new Sorting(By.STARTED, false),
          "-paid", new Sorting(By.PAID, true),
          "paid", new Sorting(By.PAID, false),
          "-updated", new Sorting(By.UPDATED, true),
          "updated", new Sorting(By.UPDATED, false));

  private final PaymentLists payments;
  private final PaymentViews views;
  private final HubClock clock;
  private final Settings settings;

  PaymentsApi(PaymentLists payments, PaymentViews views, HubClock clock, Settings settings) {
    this.payments = payments;
    this.views = views;
    this.clock = clock;
    this.settings = settings;
  }

  @GetMapping("/payments/{impUid}")
  Envelope one(Merchant merchant, Params params, @PathVariable String impUid) {
    // Live mode hides test payments unless asked, as V1 does; a sandbox has nothing else to show.
    boolean all = settings.sandbox() || params.flag("include_sandbox");
    Payment payment =
        payments
            .find(merchant.id(), impUid)
            .filter(found -> all || !found.via().sandbox())
            .orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
    return Envelope.of(views.of(payment));
  }

  @GetMapping("/payments")
  ResponseEntity<Envelope> bulk(Merchant merchant, Params params) {
    List<String> impUids = params.texts("imp_uid", 32, MOST_IDS);
    List<String> merchantUids = params.texts("merchant_uid", 40, MOST_IDS);
    int asked = impUids.size() + merchantUids.size();
    if (asked == 0) {
      throw Failed.invalid(Refusal.NO_PAYMENT_NAMED);
    }
    if (asked > MOST_IDS) {
      throw Failed.invalid(Refusal.TOO_MANY_IDS, MOST_IDS);
    }
    List<Payment> found = payments.bulk(merchant.id(), impUids, merchantUids);
    if (found.isEmpty()) {
      throw Failed.notFound(UNKNOWN_PAYMENT);
    }
    boolean complete =
        impUids.stream()
                .allMatch(uid -> found.stream().anyMatch(p -> p.impUid().value().equals(uid)))
            && merchantUids.stream()
                .allMatch(
                    uid -> found.stream().anyMatch(p -> p.purchase().merchantUid().equals(uid)));
    return ResponseEntity.status(complete ? HttpStatus.OK : HttpStatus.MULTI_STATUS)
        .body(Envelope.of(views.of(found)));
  }

  @GetMapping({"/payments/find/{merchantUid}", "/payments/find/{merchantUid}/{status}"})
  Envelope find(
      Merchant merchant,
      Params params,
      @PathVariable String merchantUid,
      @PathVariable(required = false) @Nullable String status) {
    return payments
        .first(merchant.id(), merchantUid, status(status), sorting(params))
        .map(views::of)
        .map(Envelope::of)
        .orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
  }

  @GetMapping({"/payments/findAll/{merchantUid}", "/payments/findAll/{merchantUid}/{status}"})
  Envelope findAll(
      Merchant merchant,
      Params params,
      @PathVariable String merchantUid,
      @PathVariable(required = false) @Nullable String status) {
    String wanted = status(status);
    Page page = page(params);
    PaymentLists.Found found =
        payments.ofOrder(merchant.id(), merchantUid, wanted, sorting(params), page);
    if (found.total() == 0) {
      throw Failed.notFound(UNKNOWN_PAYMENT);
    }
    return paged(found, page);
  }

  @GetMapping("/payments/status/{status}")
  Envelope status(Merchant merchant, Params params, @PathVariable String status) {
    Instant to = params.time("to");
    Instant until = to == null ? clock.instant() : to.plusNanos(999_999_000);
    Instant from = params.time("from");
    Instant since = from == null ? until.minus(LONGEST_SPAN) : from;
    if (since.isAfter(until)) {
      throw Failed.invalid(Refusal.FROM_AFTER_TO);
    }
    if (Duration.between(since, until).compareTo(LONGEST_SPAN.plusSeconds(1)) > 0) {
      throw Failed.invalid(Refusal.TOO_MANY_DAYS);
    }
    Page page = page(params);
    Span span = new Span(status(status), since, until);
    PaymentLists.Found found = payments.inSpan(merchant.id(), span, sorting(params), page);
    if (found.payments().isEmpty() && page.number() > 1) {
      throw Failed.invalid(Refusal.PAGE_BEYOND);
    }
    return paged(found, page);
  }

  /** The same paths without what they are to find. */
  @GetMapping({"/payments/find", "/payments/findAll", "/payments/status"})
  Envelope nothingNamed(Merchant merchant) {
    throw Failed.invalid(Malformed.MISSING, Word.ORDER_OR_STATUS);
  }

  private Envelope paged(PaymentLists.Found found, Page page) {
    return Envelope.of(
        PagedView.of(
            found.total(),
            page.number(),
            page.size(),
            views.of(found.payments()),
            Function.identity()));
  }

  /** Null for all. */
  private static @Nullable String status(@Nullable String status) {
    if (status == null || status.isEmpty()) {
      return null;
    }
    if (!STATUSES.contains(status)) {
      throw Failed.invalid(Refusal.UNKNOWN_STATUS);
    }
    return "all".equals(status) ? null : status;
  }

  private static Sorting sorting(Params params) {
    String name = params.oneOf("sorting", SORTINGS.keySet());
    return name == null ? Sorting.NEWEST : SORTINGS.getOrDefault(name, Sorting.NEWEST);
  }

  private static Page page(Params params) {
    return new Page(params.whole("page", 1, 1, 1_000_000), params.whole("limit", 20, 1, 1000));
  }
}
