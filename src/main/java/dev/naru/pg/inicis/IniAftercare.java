package dev.naru.pg.inicis;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.ReceiptOrder;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.aftercare.Shipment;
import dev.naru.connector.order.Order;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Seoul;
import java.time.Instant;
import java.util.Map;

/**
 * What INIAPI version 1 offers for sales that are done: cash receipts, and the delivery of what was
 * paid by escrow.
 */
final class IniAftercare {

  private static final CodeTable COURIERS = CodeTable.load("html5_inicis-couriers");
  private static final CodeTable COURIER_NAMES = CodeTable.load("couriers");

  private final Iniapi api;

  IniAftercare(Iniapi api) {
    this.api = api;
  }

  /**
   * The request has no order id, and its Inquiry knows payments only: what came of a lost answer
   * cannot be found out. {@code [inferred]} Samples spell the service charge in two ways.
   */
  Outcome<Receipted> issue(ReceiptOrder order) {
    long amount = order.amount().minor();
    long vat = order.tax().vatOf(amount);
    String price = Long.toString(amount);
    String supply = Long.toString(amount - vat);
    String number = api.encrypt(order.identifier().reveal());
    Map<String, String> form = api.request("Issue", "Receipt");
    form.put("crPrice", price);
    form.put("supPrice", supply);
    form.put("tax", Long.toString(vat));
    form.put("srcvPrice", "0");
    form.put("regNum", number);
    form.put("useOpt", order.use() == ReceiptOrder.Use.PERSON ? "1" : "2");
    api.buyer(form, order.buyer(), order.name());
    api.sign(form, price, supply, "0", number);
    return api.post("/api/v1/receipt", order.id(), form).read(reply -> receipted(reply));
  }

  /**
   * {@code [inferred]} By the refund that all its transactions share, under the receipt's own
   * paymethod: check with the PG.
   */
  Outcome<Instant> revoke(ReceiptOrder.Cancel cancel) {
    Map<String, String> form = api.request("Refund", "Receipt");
    form.put("tid", cancel.ref().tid());
    form.put("msg", cancel.reason());
    api.sign(form, cancel.ref().tid());
    return api.post("/api/v1/refund", cancel.orderId(), form)
        .read(reply -> IniAnswer.at(reply, "cancelDate", "cancelTime"))
        .doneIf(no -> no.reason() == Reason.ALREADY_CANCELED, api.now());
  }

  /**
   * Registers, or changes what is registered already. {@code [inferred]} The words of the PG's
   * refusal of a second registration, and the form of invoiceDay: check with the PG.
   */
  Outcome<Instant> ship(Order order, PgRef ref, Shipment delivery) {
    Outcome<Instant> first = ship(order, ref, delivery, "I");
    return first instanceof Declined<Instant>(Decline no) && no.text().contains("이미")
        ? ship(order, ref, delivery, "U")
        : first;
  }

  private Outcome<Instant> ship(Order order, PgRef ref, Shipment delivery, String report) {
    String price = order.amount().major().toPlainString();
    Map<String, String> form = api.request("Dlv", "");
    form.remove("paymethod");
    form.put("oid", order.id());
    form.put("tid", ref.tid());
    form.put("price", price);
    form.put("report", report);
    form.put("invoice", delivery.invoice());
    form.put("registName", delivery.registrar());
    form.put("exCode", COURIERS.get(delivery.company(), "9999"));
    form.put("exName", COURIER_NAMES.get(delivery.company(), delivery.company()));
    form.put("charge", "SH");
    form.put("invoiceDay", Seoul.stamp(delivery.sentAt()));
    Shipment.Party from = delivery.sender();
    form.put("sendName", from.name());
    form.put("sendPost", from.postcode());
    form.put("sendAddr1", from.addr());
    form.put("sendTel", from.tel());
    Shipment.Party to = delivery.receiver();
    form.put("recvName", to.name());
    form.put("recvPost", to.postcode());
    form.put("recvAddr", to.addr());
    form.put("recvTel", to.tel());
    api.sign(form, order.id(), ref.tid(), price);
    return api.post("/api/v1/escrow", order.id(), form)
        .read(reply -> IniAnswer.at(reply, "resultDate", "resultTime"));
  }

  private static Receipted receipted(Map<String, String> reply) {
    return new Receipted(
        new PgRef(Form.need(reply, "tid")),
        Form.need(reply, "authNo"),
        IniAnswer.at(reply, "authDate", "authTime"),
        null);
  }
}
