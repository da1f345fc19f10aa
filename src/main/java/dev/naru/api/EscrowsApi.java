package dev.naru.api;

import dev.naru.aftercare.EscrowDeliveries;
import dev.naru.aftercare.EscrowDelivery;
import dev.naru.connector.Delivery;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentLists;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
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

  /** V1's couriers, older ones included. */
  private static final Set<String> COURIERS =
      Set.of(
          "HYUNDAI",
          "HANARO",
          "SAGAWA",
          "KGB",
          "YELLOWCAP",
          "DONGBU",
          "EPOST",
          "CJGLS",
          "HANJIN",
          "DAESIN",
          "ETC",
          "REGISTPOST",
          "CHUNIL",
          "ILYANG",
          "CVSNET",
          "KDEXP",
          "HONAM",
          "HDEXP");

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
    Delivery delivery = delivery(merchant, params);
    params.flag("send_email");
    return answer(deliveries.register(payment(merchant, impUid), delivery));
  }

  @PutMapping("/escrows/logis/{impUid}")
  Envelope change(Merchant merchant, Params params, @PathVariable String impUid) {
    Delivery delivery = delivery(merchant, params);
    return answer(deliveries.change(payment(merchant, impUid), delivery));
  }

  @GetMapping("/escrows/logis/{impUid}")
  Envelope read(Merchant merchant, @PathVariable String impUid) {
    return answer(deliveries.get(payment(merchant, impUid)));
  }

  private Payment payment(Merchant merchant, String impUid) {
    return payments
        .find(merchant.id(), impUid)
        .orElseThrow(() -> Failed.notFound("존재하지 않는 결제정보입니다."));
  }

  private static Delivery delivery(Merchant merchant, Params params) {
    Params logis = params.within("logis");
    String company = courier(logis.required("company", 40));
    String invoice = logis.required("invoice", 40);
    logis.required("sent_at", 20);
    Instant sentAt = logis.time("sent_at");
    if (sentAt == null) {
      throw Failed.invalid("필수 파라미터가 누락되었습니다. (sent_at)");
    }
    return new Delivery(
        party(params, "sender"),
        party(params, "receiver"),
        company,
        invoice,
        sentAt,
        merchant.name());
  }

  /** Two couriers were taken over by others; one that V1 does not know is any other. */
  private static String courier(String given) {
    String code = given.strip().toUpperCase(Locale.ROOT);
    return switch (code) {
      case "LOGEN" -> "KGB";
      case "KOREX" -> "CJGLS";
      default -> COURIERS.contains(code) ? code : "ETC";
    };
  }

  private static Delivery.Party party(Params params, String name) {
    Params party = params.within(name);
    return new Delivery.Party(
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
