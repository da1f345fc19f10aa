package dev.naru.api.aftercare;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import dev.naru.aftercare.Sales;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.aftercare.OrderStatus;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import dev.naru.payment.flow.PaymentLists;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /payco}: how an order that was paid by PAYCO goes on. */
@RestController
class PaycoApi {

  private static final Set<String> STATUSES =
      Arrays.stream(OrderStatus.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

  private final Sales sales;
  private final PaymentLists payments;

  PaycoApi(Sales sales, PaymentLists payments) {
    this.sales = sales;
    this.payments = payments;
  }

  /** V1's PaycoStatus. */
  private record View(String status) {}

  @PostMapping("/payco/orders/status/{impUid}")
  Envelope progress(Merchant merchant, Params params, @PathVariable String impUid) {
    String status = params.requiredOneOf("status", STATUSES);
    sales.progress(
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT)),
        OrderStatus.valueOf(status));
    return Envelope.of(new View(status));
  }
}
