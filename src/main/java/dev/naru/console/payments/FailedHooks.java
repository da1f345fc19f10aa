package dev.naru.console.payments;

import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.merchant.Merchant;
import dev.naru.payment.list.PaymentFilter.Span;
import dev.naru.webhook.Refusal;
import dev.naru.webhook.log.Deliveries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Payments of the shops that are looked at, of which somebody was not told. */
@Component
class FailedHooks {

  private final Deliveries deliveries;

  FailedHooks(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** How many there are in a span of time. */
  int count(Viewer viewer, Span span) {
    return of(viewer, span).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many each shop has; those that have some. */
  Map<Merchant, Integer> of(Viewer viewer, Span span) {
    Map<Merchant, Integer> failed = new LinkedHashMap<>();
    for (Merchant shop : viewer.shops()) {
      int payments = deliveries.failed(shop.id(), span.from(), span.to());
      if (payments > 0) {
        failed.put(shop, payments);
      }
    }
    return failed;
  }

  /**
   * Tells of all of them again.
   *
   * @throws Failed not found, if there is none
   */
  void resend(Viewer viewer, Span span) {
    List<Merchant> shops = List.copyOf(of(viewer, span).keySet());
    if (shops.isEmpty()) {
      throw Failed.notFound(Refusal.NOTHING_TO_REPEAT);
    }
    for (Merchant shop : shops) {
      try {
        deliveries.resendFailed(viewer.actor(), shop.id(), span.from(), span.to());
      } catch (Failed failed) {
        // Received in the meantime, which is as good.
        if (!(failed.failure() instanceof Failure.NotFound)) {
          throw failed;
        }
      }
    }
  }
}
