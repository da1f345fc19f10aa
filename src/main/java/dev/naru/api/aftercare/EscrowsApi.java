package dev.naru.api.aftercare;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import dev.naru.aftercare.escrow.Couriers;
import dev.naru.aftercare.escrow.EscrowDeliveries;
import dev.naru.aftercare.escrow.EscrowDelivery;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.aftercare.Shipment;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's {@code /escrows/logis}: the delivery of what was paid by escrow. */
@RestController
class EscrowsApi {

  private final EscrowDeliveries deliveries;
  private final PaymentLists payments;

  EscrowsApi(EscrowDeliveries deliveries, PaymentLists payments) {
    this.deliveries = deliveries;
    this.payments = payments;
  }

  /** V1's EscrowLogis. Times are UNIX seconds. */
  @JsonNaming(SnakeCaseStrategy.class)
  private record View(String company, String invoice, long sentAt, long appliedAt) {}

  @PostMapping("/escrows/logis/{impUid}")
  Envelope register(Merchant merchant, Params params, @PathVariable String impUid) {
    Shipment delivery = delivery(merchant, params);
    params.flag("send_email");
    return answer(deliveries.register(payment(merchant, impUid), delivery));
  }

  @PutMapping("/escrows/logis/{impUid}")
  Envelope change(Merchant merchant, Params params, @PathVariable String impUid) {
    Shipment delivery = delivery(merchant, params);
    return answer(deliveries.change(payment(merchant, impUid), delivery));
  }

  @GetMapping("/escrows/logis/{impUid}")
  Envelope read(Merchant merchant, @PathVariable String impUid) {
    return answer(deliveries.get(payment(merchant, impUid)));
  }

  private Payment payment(Merchant merchant, String impUid) {
    return payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
  }

  private static Shipment delivery(Merchant merchant, Params params) {
    Params logis = params.within("logis");
    String company = Couriers.code(logis.required("company", 40));
    String invoice = logis.required("invoice", 40);
    logis.required("sent_at", 20);
    Instant sentAt = logis.time("sent_at");
    if (sentAt == null) {
      throw Failed.invalid(Malformed.MISSING, "sent_at");
    }
    return new Shipment(
        party(params, "sender"),
        party(params, "receiver"),
        company,
        invoice,
        sentAt,
        merchant.name());
  }

  private static Shipment.Party party(Params params, String name) {
    Params party = params.within(name);
    return new Shipment.Party(
        party.required("name", 40),
        party.required("tel", 20),
        party.required("addr", 200),
        party.required("postcode", 10));
  }

  private static Envelope answer(EscrowDelivery delivery) {
    return Envelope.of(
        new View(
            delivery.company(),
            delivery.invoice(),
            delivery.sentAt().getEpochSecond(),
            delivery.appliedAt().getEpochSecond()));
  }
}
