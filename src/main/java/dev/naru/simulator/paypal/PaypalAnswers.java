package dev.naru.simulator.paypal;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of PayPal's Orders v2 and Payments v2. Its times are UTC. */
final class PaypalAnswers {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /** What the register calls what the shop said of a refund. */
  static final String REFUND = "refund";

  private PaypalAnswers() {}

  /** As PayPal's ids are: capital letters and digits. */
  static String id(int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static Map<String, Object> link(String href, String rel, String method) {
    Map<String, Object> link = new LinkedHashMap<>();
    link.put("href", href);
    link.put("rel", rel);
    link.put("method", method);
    return link;
  }

  static PaypalMoney money(Order order) {
    return new PaypalMoney(order.more("currency"), order.amount());
  }

  /** Money came of it, or will if the review says so: there is a capture to speak of. */
  static boolean captured(Charge charge) {
    boolean pending = charge.reviewed() && charge.status() == Status.PENDING;
    return charge.charged() || pending || charge.denied();
  }

  static String orderStatus(Charge charge) {
    if (captured(charge)) {
      return "COMPLETED";
    }
    return charge.status() == Status.DECLINED ? "PAYER_ACTION_REQUIRED" : "APPROVED";
  }

  /** What has not been paid: what the buyer did so far is in the status. */
  static Map<String, Object> opened(Entry.Window window, String status) {
    Map<String, Object> view = head(window.id(), status);
    view.put("payment_source", Map.of("paypal", Map.of()));
    view.put("purchase_units", List.of(unit(window.order())));
    view.put("create_time", window.field("opened"));
    view.put("links", windowLinks(window));
    return view;
  }

  /** To whom the whole does not matter. */
  static Map<String, Object> brief(Entry.Window window, String status) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", window.id());
    view.put("status", status);
    view.put("payment_source", Map.of("paypal", Map.of()));
    view.put("links", windowLinks(window));
    return view;
  }

  private static List<Map<String, Object>> windowLinks(Entry.Window window) {
    String at = window.order().more("origin");
    String self = at + "/v2/checkout/orders/" + window.id();
    return List.of(
        link(self, "self", "GET"),
        link(at + "/checkoutnow?token=" + window.id(), window.field("rel"), "GET"));
  }

  private static Map<String, Object> head(String id, String status) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id);
    view.put("intent", "CAPTURE");
    view.put("status", status);
    return view;
  }

  private static ObjectNode unit(Order order) {
    ObjectNode unit = (ObjectNode) Book.JSON.readTree(order.more("unit"));
    JsonNode payee = unit.path("payee");
    if (!payee.isObject()) {
      unit.putObject("payee").put("merchant_id", order.merchant());
    }
    return unit;
  }

  static Map<String, Object> order(Charge charge, Ledger ledger) {
    Order order = charge.order();
    Map<String, Object> view = head(charge.id(), orderStatus(charge));
    view.put("payment_source", Map.of("paypal", Map.of("account_id", order.more("payer"))));
    ObjectNode unit = unit(order);
    if (captured(charge)) {
      Map<String, Object> payments = new LinkedHashMap<>();
      payments.put("captures", List.of(capture(charge)));
      List<Map<String, Object>> refunds =
          charge.course().cancels().stream()
              .filter(PaypalAnswers::visible)
              .map(cancel -> refund(charge, cancel, ledger))
              .toList();
      if (!refunds.isEmpty()) {
        payments.put("refunds", refunds);
      }
      unit.set("payments", Book.JSON.valueToTree(payments));
    }
    view.put("purchase_units", List.of(unit));
    view.put("payer", Map.of("payer_id", order.more("payer")));
    view.put("create_time", time(charge.course().opened()));
    view.put("update_time", time(at(charge)));
    String self = order.more("origin") + "/v2/checkout/orders/" + charge.id();
    view.put("links", List.of(link(self, "self", "GET")));
    return view;
  }

  private static Instant at(Charge charge) {
    Instant at = charge.course().at();
    return at == null || charge.status() == Status.PENDING ? charge.course().opened() : at;
  }

  static String captureStatus(Charge charge) {
    return switch (charge.status()) {
      case PENDING -> "PENDING";
      case PARTLY_CANCELLED -> "PARTIALLY_REFUNDED";
      case CANCELLED -> "REFUNDED";
      case DECLINED -> "DECLINED";
      case AUTHENTICATED, SILENCED, WAITING, PAID, BLOCKED, KEY_ISSUED -> "COMPLETED";
    };
  }

  static Map<String, Object> capture(Charge charge) {
    Order order = charge.order();
    PaypalMoney gross = money(order);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", charge.tid());
    view.put("status", captureStatus(charge));
    if (charge.status() == Status.PENDING) {
      view.put("status_details", Map.of("reason", "PENDING_REVIEW"));
    }
    view.put("amount", gross.json());
    view.put("final_capture", true);
    view.put("seller_protection", Map.of("status", "NOT_ELIGIBLE"));
    if (charge.charged()) {
      PaypalMoney fee = gross.fee();
      Map<String, Object> breakdown = new LinkedHashMap<>();
      breakdown.put("gross_amount", gross.json());
      breakdown.put("paypal_fee", fee.json());
      breakdown.put("net_amount", gross.of(gross.minor() - fee.minor()).json());
      view.put("seller_receivable_breakdown", breakdown);
    }
    ids(view, order.more("invoice"), order.more("custom"));
    view.put("create_time", time(at(charge)));
    view.put("update_time", time(at(charge)));
    view.put("supplementary_data", Map.of("related_ids", Map.of("order_id", charge.id())));
    String self = order.more("origin") + "/v2/payments/captures/" + charge.tid();
    view.put(
        "links",
        List.of(
            link(self, "self", "GET"),
            link(self + "/refund", "refund", "POST"),
            link(order.more("origin") + "/v2/checkout/orders/" + charge.id(), "up", "GET")));
    return view;
  }

  private static void ids(Map<String, Object> view, String invoice, String custom) {
    if (!invoice.isEmpty()) {
      view.put("invoice_id", invoice);
    }
    if (!custom.isEmpty()) {
      view.put("custom_id", custom);
    }
  }

  /** The shop was told of it, or can ask. */
  static boolean visible(Cancel cancel) {
    return switch (cancel.stage()) {
      case DONE, REVIEWED, DOOMED, FAILED -> true;
      case PENDING, SILENCED -> false;
    };
  }

  static String refundStatus(Cancel cancel) {
    return switch (cancel.stage()) {
      case DONE -> "COMPLETED";
      case FAILED -> "FAILED";
      case PENDING, SILENCED, REVIEWED, DOOMED -> "PENDING";
    };
  }

  static Map<String, Object> refund(Charge charge, Cancel cancel, Ledger ledger) {
    Entry.Registered asked = ledger.registered(REFUND, cancel.id());
    PaypalMoney money = money(charge.order());
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", cancel.id());
    view.put("status", refundStatus(cancel));
    if (refundStatus(cancel).equals("PENDING")) {
      view.put("status_details", Map.of("reason", "ECHECK"));
    }
    view.put("amount", money.of(cancel.amount()).json());
    if (!cancel.reason().isEmpty()) {
      view.put("note_to_payer", cancel.reason());
    }
    long before = 0;
    for (Cancel other : charge.cancels()) {
      before += other.amount();
      if (other.id().equals(cancel.id())) {
        break;
      }
    }
    Map<String, Object> breakdown = new LinkedHashMap<>();
    breakdown.put("gross_amount", money.of(cancel.amount()).json());
    breakdown.put("paypal_fee", money.of(0).json());
    breakdown.put("net_amount", money.of(cancel.amount()).json());
    breakdown.put("total_refunded_amount", money.of(before).json());
    view.put("seller_payable_breakdown", breakdown);
    if (asked != null) {
      ids(view, asked.fact("invoice"), asked.fact("custom"));
    }
    String made = asked == null ? time(cancel.at()) : asked.fact("at");
    view.put("create_time", made);
    view.put("update_time", cancel.isOpen() ? made : time(cancel.at()));
    String at = charge.order().more("origin") + "/v2/payments/";
    view.put(
        "links",
        List.of(
            link(at + "refunds/" + cancel.id(), "self", "GET"),
            link(at + "captures/" + charge.tid(), "up", "GET")));
    return view;
  }
}
