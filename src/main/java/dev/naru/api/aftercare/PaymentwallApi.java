package dev.naru.api.aftercare;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.aftercare.Sales;
import dev.naru.api.Refusal;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.aftercare.DeliveryReport;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.PaymentLists;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's {@code /paymentwall}: the delivery of what was paid by it. */
@RestController
class PaymentwallApi {

  private static final String PHYSICAL = "physical";
  private static final Set<String> TYPES = Set.of(PHYSICAL, "digital");
  private static final Set<String> STATUSES =
      Set.of("order_placed", "order_shipped", "delivering", "delivered");
  private static final Set<String> YES_OR_NO = Set.of("yes", "no");
  private static final String ADDRESS = "shipping_address_";
  private static final List<String> ADDRESS_PARTS =
      List.of("country", "city", "zip", "state", "street", "phone", "firstname", "lastname");

  private final Sales sales;
  private final PaymentLists payments;

  PaymentwallApi(Sales sales, PaymentLists payments) {
    this.sales = sales;
    this.payments = payments;
  }

  /** V1's PaymentwallDeliveryDetail: {@code success}, or what was wrong. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record View(
      @Nullable Integer success,
      @Nullable Integer errorCode,
      @Nullable String error,
      List<String> notices) {}

  @PostMapping("/paymentwall/delivery")
  Envelope deliver(Merchant merchant, Params params) {
    String impUid = params.required("imp_uid", 40);
    DeliveryReport report = report(params);
    Payment payment =
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
    if (!payment.purchase().merchantUid().equals(report.merchantUid())) {
      throw Failed.invalid(Refusal.IDS_OF_DIFFERENT_PAYMENTS);
    }
    DeliveryReport.Verdict verdict = sales.deliver(payment, report);
    DeliveryReport.Refusal no = verdict.refusal();
    return no == null
        ? Envelope.of(new View(1, null, null, verdict.notices()))
        : new Envelope(-1, no.text(), new View(null, no.code(), no.text(), verdict.notices()));
  }

  private static DeliveryReport report(Params params) {
    boolean physical = params.requiredOneOf("type", TYPES).equals(PHYSICAL);
    String merchantUid = params.required("merchant_uid", 40);
    String status = params.requiredOneOf("status", STATUSES);
    String carrier =
        physical ? params.required("carrier_type", 64) : params.text("carrier_type", 64);
    String tracking =
        physical
            ? params.required("carrier_tracking_id", 64)
            : params.text("carrier_tracking_id", 64);
    return new DeliveryReport(
        merchantUid,
        physical,
        status,
        carrier == null || tracking == null ? null : new DeliveryReport.Parcel(carrier, tracking),
        time(params, "estimated_delivery_datetime"),
        time(params, "estimated_update_datetime"),
        params.requiredOneOf("refundable", YES_OR_NO).equals("yes"),
        params.text("reason", 64),
        params.text("details", 400),
        address(params, physical));
  }

  private static Instant time(Params params, String name) {
    params.required(name, 64);
    Instant time = params.time(name);
    if (time == null) {
      throw Failed.invalid(Malformed.MISSING, name);
    }
    return time;
  }

  /** Digital goods go to an e-mail address, others need all of it. */
  private static Map<String, String> address(Params params, boolean physical) {
    Map<String, String> address = new LinkedHashMap<>();
    address.put("email", params.required(ADDRESS + "email", 50));
    for (String part : ADDRESS_PARTS) {
      String name = ADDRESS + part;
      String text = physical ? params.required(name, 40) : params.text(name, 40);
      if (text != null) {
        address.put(part, text);
      }
    }
    return address;
  }
}
