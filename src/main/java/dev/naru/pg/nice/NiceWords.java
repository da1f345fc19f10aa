package dev.naru.pg.nice;

import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.ReceiptOrder;
import dev.naru.connector.aftercare.Shipment;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.Wishes;
import dev.naru.connector.window.Visit;
import dev.naru.kernel.Money;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Seoul;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** V1's parameters in the words of NICE. Of these each message has the fields it takes. */
final class NiceWords {

  private static final CodeTable METHODS = CodeTable.load("nice_v2-methods");
  private static final CodeTable CARDS = CodeTable.load("nice_v2-cards");
  private static final CodeTable TEXTS = CodeTable.load("nice_v2-texts");
  private static final CodeTable COURIERS = CodeTable.load("couriers");

  private NiceWords() {}

  /**
   * Of an order, by whatever it is paid, and more. {@code [inferred]} That interest paid by the
   * shop is 1. How card points are asked for is in no public source: they are not.
   */
  static Map<String, String> of(Order order, Map<String, String> more) {
    Map<String, String> known = new HashMap<>();
    known.put("NetCancel", "1");
    known.put("CashReceiptType", "0");
    known.put("Moid", order.id());
    known.put("Amt", String.valueOf(order.amount().minor()));
    known.put("GoodsName", name(order.name()));
    known.put("GoodsCl", order.wishes().goods().digital() ? "0" : "1");
    known.put("TransType", order.escrow() ? "1" : "0");
    known.put("CardInterest", order.wishes().cards().interestFree() ? "1" : "0");
    known.put("CardQuota", two(order.quota()));
    buyer(known, order.buyer());
    tax(known, order.tax(), order.amount().minor());
    known.putAll(more);
    return known;
  }

  /** Of one for a window. Throws {@link IllegalArgumentException} for what no window takes. */
  static Map<String, String> of(Order order, Visit visit) {
    String method = METHODS.get(order.method());
    if (method == null) {
      throw refused("method");
    }
    Map<String, String> known = new HashMap<>();
    Map<String, String> bypass = order.wishes().bypass();
    bypass.forEach((place, told) -> known.put(place.replace("nice_v2.", ""), told));
    known.putAll(of(order, Map.of()));
    known.put("PayMethod", method);
    known.put("ReturnURL", visit.back().toString());
    Instant due = order.wishes().account().due();
    if (order.method().equals("vbank") && due == null) {
      throw refused("due");
    }
    Form.putIf(known, "VbankExpDate", due == null ? null : minute(due));
    if (method.equals("CARD")) {
      card(known, order, visit.mobile());
    }
    return known;
  }

  /**
   * {@code [inferred]} How a list of months is written: check with the PG. Phones take months only
   * with a card company.
   */
  private static void card(Map<String, String> known, Order order, boolean mobile) {
    Wishes.Cards cards = order.wishes().cards();
    String company = cards.company();
    List<Integer> months = cards.quotas();
    if (company == null) {
      if (!mobile && months != null) {
        List<Integer> some = months.isEmpty() ? List.of(0) : months;
        known.put("SelectQuota", String.join(",", some.stream().map(NiceWords::two).toList()));
      }
      return;
    }
    String code = CARDS.codeOf(company);
    if (code == null || months != null) {
      throw refused(code == null ? "company" : "months");
    }
    known.put("SelectCardCode", code);
    known.put("SelectQuota", two(order.quota()));
  }

  /** A card's data: number, year, month, whose it is, PIN. */
  static String data(Card card, String form) {
    return form.formatted(
        card.number().reveal(),
        two(card.expiry().getYear() % 100),
        two(card.expiry().getMonthValue()),
        card.birth() == null ? "" : card.birth().reveal(),
        card.pin() == null ? "" : card.pin().reveal());
  }

  /** A reversal gives back what was charged, as the approval said it. */
  static Map<String, String> of(CancelOrder cancel) {
    String charged = cancel.memo().get(NiceAnswer.AMOUNT);
    Money amount =
        cancel.reversal() && charged != null ? Money.krw(Long.parseLong(charged)) : cancel.amount();
    Map<String, String> known =
        cancel(cancel.ref().tid(), cancel.order().id(), amount, cancel.reason());
    known.put("PartialCancelCode", cancel.isWhole() ? "0" : "1");
    tax(known, cancel.tax(), amount.minor());
    CancelOrder.RefundAccount refund = cancel.refund();
    if (refund != null) {
      known.put("RefundAcctNo", Form.digits(refund.number().reveal()));
      known.put("RefundBankCd", refund.bank());
      known.put("RefundAcctNm", refund.holder());
    }
    return known;
  }

  /** Of a whole. */
  static Map<String, String> cancel(String tid, String orderId, Money amount, String why) {
    return new HashMap<>(
        Map.of(
            "TID", tid,
            "Moid", orderId,
            "CancelAmt", String.valueOf(amount.minor()),
            "CancelMsg", why,
            "PartialCancelCode", "0"));
  }

  static Map<String, String> of(ReceiptOrder order) {
    long amount = order.amount().minor();
    long vat = order.tax().vatOf(amount);
    Map<String, String> known = new HashMap<>();
    known.put("Moid", order.id());
    known.put("GoodsName", name(order.name()));
    known.put("ReceiptAmt", String.valueOf(amount));
    known.put("ReceiptType", order.use() == ReceiptOrder.Use.PERSON ? "1" : "2");
    known.put("ReceiptTypeNo", order.identifier().reveal());
    known.put("ReceiptSupplyAmt", String.valueOf(amount - vat - order.tax().free()));
    known.put("ReceiptVAT", String.valueOf(vat));
    known.put("ReceiptServiceAmt", "0");
    known.put("ReceiptTaxFreeAmt", String.valueOf(order.tax().free()));
    buyer(known, order.buyer());
    return known;
  }

  static Map<String, String> of(Order order, PgRef ref, Shipment delivery) {
    return Map.of(
        "TID", ref.tid(),
        "Moid", order.id(),
        "ReqType", "03",
        "DeliveryCoNm", COURIERS.get(delivery.company(), delivery.company()),
        "BuyerAddr", delivery.receiver().addr(),
        "InvoiceNum", delivery.invoice(),
        "RegisterName", delivery.registrar(),
        "ConfirmMail", "1");
  }

  static void buyer(Map<String, String> known, Buyer buyer) {
    Form.putIf(known, "BuyerName", buyer.name());
    Form.putIf(known, "BuyerTel", buyer.tel() == null ? null : Form.digits(buyer.tel()));
    Form.putIf(known, "BuyerEmail", buyer.email());
  }

  /** Without them NICE splits the amount by the contract. */
  private static void tax(Map<String, String> known, Tax tax, long amount) {
    if (tax.free() > 0 || tax.vat() != null) {
      long vat = tax.vatOf(amount);
      known.put("SupplyAmt", String.valueOf(amount - vat - tax.free()));
      known.put("GoodsVat", String.valueOf(vat));
      known.put("ServiceAmt", "0");
      known.put("TaxFreeAmt", String.valueOf(tax.free()));
    }
  }

  /** Cut to the 40 bytes that NICE takes. */
  static String name(String text) {
    String cut = text;
    while (cut.getBytes(Form.KOREAN).length > 40) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  static String minute(Instant at) {
    return Seoul.stamp(at).substring(0, 12);
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(say(text));
  }

  static String say(String text) {
    return TEXTS.get(text, "");
  }

  private static String two(int number) {
    return "%02d".formatted(number);
  }
}
