package dev.naru.pg.emulated;

import dev.naru.connector.AfterSale.DeliveryReports;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.DeliveryReport;
import dev.naru.connector.aftercare.DeliveryReport.Refusal;
import dev.naru.connector.aftercare.DeliveryReport.Verdict;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Tree;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Paymentwall, emulated: payments in won. */
public final class EmulatedPaymentwall extends EmulatedCheckout implements DeliveryReports {

  public static final Pg<Config> PG =
      Emulation.of("paymentwall", EmulatedPaymentwall.class, Config.class, EmulatedPaymentwall::new)
          .named("paymentwall", "페이먼트월", "Paymentwall")
          .demo(new Config("naru-paymentwall", new Secret("paymentwall-test-password")));

  EmulatedPaymentwall(Config config, PgHttp http) {
    super(config, http);
  }

  @Override
  Optional<String> wrong(Order order) {
    return super.wrong(order)
        .or(
            () ->
                order.buyer().name() == null || order.buyer().email() == null
                    ? Optional.of("구매자 이름과 이메일은 필수입니다. (buyer_name, buyer_email)")
                    : Optional.empty());
  }

  @Override
  public Outcome<Verdict> report(Order order, PgRef ref, DeliveryReport report) {
    ObjectNode fields =
        Emulation.fields()
            .put("merchant_uid", report.merchantUid())
            .put("type", report.physical() ? "physical" : "digital")
            .put("status", report.status())
            .put("delivery_expected_at", report.deliveryExpectedAt().toString())
            .put("update_expected_at", report.updateExpectedAt().toString())
            .put("refundable", report.refundable())
            .put("reason", report.reason())
            .put("details", report.details());
    DeliveryReport.Parcel parcel = report.parcel();
    if (parcel != null) {
      fields.put("carrier", parcel.carrier()).put("tracking_id", parcel.trackingId());
    }
    ObjectNode address = fields.putObject("address");
    report.address().forEach(address::put);
    return tell("delivery.report", order, fields).read(answer -> verdict(answer.path("fields")));
  }

  private static Verdict verdict(JsonNode fields) {
    boolean taken = fields.required("taken").booleanValue();
    return new Verdict(
        taken
            ? null
            : new Refusal(fields.required("error_code").intValue(), Tree.text(fields, "error")),
        fields.path("notices").valueStream().map(JsonNode::stringValue).toList());
  }
}
