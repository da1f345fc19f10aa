package dev.naru.pg.payco;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Notice;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.window.Visit;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * V1's parameters in the words of PAYCO, and its answers in ours. An order is one product. Requests
 * that cannot be made throw {@link IllegalArgumentException} with a text for the shop; whatever is
 * missing in an answer throws, which makes the outcome unknown.
 */
final class PaycoWords {

  private static final CodeTable METHODS = CodeTable.load("payco-methods");
  private static final CodeTable CARDS = CodeTable.load("payco-cards");

  private PaycoWords() {}

  /** Of order/reserve. */
  static ObjectNode reserve(Payco.Config config, Order order, Visit visit) {
    if (order.buyer().tel() == null) {
      throw new IllegalArgumentException("구매자 전화번호는 필수입니다. (buyer_tel)");
    }
    Instant due = order.wishes().account().due();
    String framed = Boolean.TRUE.equals(order.wishes().screen().popup()) ? "N" : "Y";
    ObjectNode extra = Tree.object().put("cancelMobileUrl", visit.close().toString());
    Tree.putIf(extra, "virtualAccountExpiryYmd", due == null ? null : Seoul.stamp(due));
    Tree.putIf(extra, "appUrl", visit.appScheme());
    extra.putObject("viewOptions").put("showMobileTopGnbYn", "N").put("iframeYn", framed);
    return sheet(sold(config, order), visit)
        .put("nonBankbookDepositInformUrl", visit.notice().toString())
        .put("payMode", "PAY2")
        .put("extraData", extra.toString());
  }

  /** Of autoPayment/reserve: the amount is shown, and not charged. */
  static ObjectNode register(Payco.Config config, Order order, Visit visit) {
    return sheet(named(order), visit)
        .put("cpId", config.cpId())
        .put("sellerAutoPaymentReferenceKey", order.id());
  }

  private static ObjectNode sheet(ObjectNode body, Visit visit) {
    return body.put("orderMethod", "EASYPAY")
        .put("returnUrl", visit.back().toString())
        .put("orderChannel", visit.mobile() ? "MOBILE" : "PC")
        .put("inAppYn", visit.appScheme() == null ? "N" : "Y");
  }

  private static ObjectNode named(Order order) {
    if (!order.amount().currency().equals(Money.KRW)) {
      throw new IllegalArgumentException("원화(KRW) 결제만 지원합니다. (currency)");
    }
    ObjectNode body = Tree.object().put("orderTitle", order.name()).put("currency", "KRW");
    return body.put("totalPaymentAmt", order.amount().minor());
  }

  /** Of autoPayment/payment, and of what is reserved. */
  static ObjectNode sold(Payco.Config config, Order order) {
    long amount = order.amount().minor();
    long free = order.tax().free();
    ObjectNode body =
        named(order)
            .put("sellerOrderReferenceKey", order.id())
            .put("sellerOrderReferenceKeyType", "UNIQUE_KEY");
    product(body, config, order, amount)
        .put("productPaymentAmt", amount)
        .put("productName", order.name())
        .put("orderQuantity", 1)
        .put("sortOrdering", 1)
        .put("taxationType", free == 0 ? "TAXATION" : free == amount ? "DUTYFREE" : "COMBINE");
    return taxed(body, "total", amount, order.tax());
  }

  private static ObjectNode product(
      ObjectNode body, Payco.Config config, Order order, long amount) {
    ObjectNode product = body.putArray("orderProducts").addObject();
    return product
        .put("cpId", config.cpId())
        .put("productId", config.productId())
        .put("sellerOrderProductReferenceKey", order.id())
        .put("productAmt", amount);
  }

  /** The parts add up to the amount. */
  private static ObjectNode taxed(ObjectNode body, String what, long amount, Tax tax) {
    long taxable = amount - tax.free() - tax.vatOf(amount);
    if (taxable < 0) {
      throw new IllegalArgumentException("면세 금액과 부가세의 합이 결제 금액보다 큽니다. (tax_free, vat_amount)");
    }
    return body.put(what + "TaxfreeAmt", tax.free())
        .put(what + "TaxableAmt", taxable)
        .put(what + "VatAmt", tax.vatOf(amount));
  }

  /** By what an order is found; a charge by a key was not reserved. */
  static ObjectNode about(Order order, Map<String, String> intent) {
    ObjectNode body = Tree.object().put("sellerOrderReferenceKey", order.id());
    return Tree.putIf(body, "reserveOrderNo", intent.get("reserveOrderNo"));
  }

  /**
   * Of order/cancel.
   *
   * @param before what is left in all
   */
  static ObjectNode cancel(Payco.Config config, CancelOrder cancel, long before) {
    Order order = cancel.order();
    Tax tax = cancel.isWhole() ? order.tax() : cancel.tax();
    long amount = cancel.reversal() ? before : cancel.amount().minor();
    ObjectNode body =
        about(order, Map.of())
            .put("orderNo", cancel.ref().tid())
            .put("orderCertifyKey", cancel.memo().get("orderCertifyKey"))
            .put("cancelTotalAmt", amount)
            .put("totalCancelPossibleAmt", before)
            .put("requestMemo", cancel.reason());
    product(body, config, order, amount).put("cancelDetailContent", cancel.reason());
    return taxed(body, "totalCancel", amount, tax);
  }

  /** Of payment/approval and its detail. */
  static Approval approval(Order order, JsonNode answer) {
    if (!need(answer, "sellerOrderReferenceKey").equals(order.id())) {
      throw new IllegalArgumentException("another order's answer");
    }
    JsonNode by = means(answer);
    JsonNode card = by.path("cardSettleInfo");
    JsonNode transfer = by.path("realtimeAccountTransferSettleInfo");
    boolean paid = need(answer, "paymentCompletionYn").equals("Y");
    String at = paid ? need(answer, "paymentCompleteYmdt") : need(by, "tradeYmdt");
    return Approval.of(ref(answer), total(answer), Seoul.at(at), method(by, order.method()))
        .applyNum(Tree.optional(card, "cardAdmissionNo"))
        .card(
            card.isObject() ? card(card, "cardCompany") : null,
            card.path("cardInstallmentMonthNumber").asInt(0))
        .bank(Institutions.bank(Tree.optional(transfer, "bankCode")))
        .account(paid ? null : account(by.required("nonBankbookSettleInfo")))
        .memo(memo(answer))
        .build();
  }

  /** Of autoPayment/payment, which tells neither amount nor card. */
  static Approval charged(Order order, PgKey key, JsonNode answer) {
    Instant at = Seoul.at(need(answer, "paymentCompleteYmdt"));
    return Approval.of(ref(answer), order.amount(), at, key.card() == null ? "trans" : "card")
        .card(key.card(), 0)
        .memo(memo(answer))
        .build();
  }

  /** What cancelling and looking up need. */
  private static Map<String, String> memo(JsonNode answer) {
    Map<String, String> memo = new HashMap<>();
    memo.put("orderCertifyKey", need(answer, "orderCertifyKey"));
    Form.putIf(memo, "reserveOrderNo", Tree.optional(answer, "reserveOrderNo"));
    return memo;
  }

  private static PgRef ref(JsonNode answer) {
    return new PgRef(need(answer, "orderNo"));
  }

  private static Money total(JsonNode answer) {
    return Money.krw(answer.required("totalPaymentAmt").longValue());
  }

  /** Points and coupons go beside what else pays. */
  private static JsonNode means(JsonNode answer) {
    JsonNode all = answer.required("paymentDetails");
    return all.valueStream()
        .filter(one -> !method(one, "").equals("point"))
        .findFirst()
        .orElseGet(() -> all.required(0));
  }

  private static String method(JsonNode detail, String otherwise) {
    return METHODS.get(need(detail, "paymentMethodCode"), otherwise);
  }

  private static CardInfo card(JsonNode node, String company) {
    String code = CARDS.get(Tree.said(node, company + "Code"));
    return Institutions.card(code, Tree.optional(node, company + "Name"))
        .numbered(Tree.optional(node, "cardNo"), null);
  }

  private static Approval.Account account(JsonNode info) {
    String due = Form.digits(need(info, "paymentExpirationYmd"));
    return Institutions.account(
        Form.or(Institutions.bank(need(info, "bankCode")), ""),
        Tree.optional(info, "bankName"),
        need(info, "accountNo"),
        null,
        Seoul.at(due.length() == 8 ? due + "235959" : due));
  }

  /** Of the detail: an account without its deposit is not complete. */
  static PgRecord record(Order order, JsonNode answer) {
    Approval approval = approval(order, answer);
    Money left = Money.krw(left(answer));
    if (approval.account() != null) {
      return left.isZero() ? PgRecord.dead(order) : PgRecord.waiting(approval);
    }
    return left.equals(approval.amount())
        ? PgRecord.paid(approval, left)
        : PgRecord.canceled(approval, left);
  }

  static long left(JsonNode detail) {
    return detail
        .required("orderProducts")
        .valueStream()
        .mapToLong(one -> one.required("productPaymentAmt").longValue())
        .sum();
  }

  static Canceled canceled(JsonNode answer) {
    Instant at = Seoul.at(need(answer, "cancelYmdt"));
    return new Canceled(new PgRef(need(answer, "cancelTradeSeq")), at, null);
  }

  /** Of autoPayment/info: what charging and deleting need is the key. */
  static PgKey issued(Order order, String owner, String proof, JsonNode info) {
    String key = String.join("|", need(info, "autoPaymentNo"), order.id(), proof);
    boolean byCard = method(info, "").equals("card");
    return new PgKey(new Secret(key), owner, byCard ? card(info, "corporation") : null);
  }

  /** Its number, our name of it, and the PG's proof that it is ours. */
  static String[] parts(PgKey key) {
    String[] parts = key.key().reveal().split("\\|", 3);
    return parts.length == 3 ? parts : new String[] {parts[0], "", ""};
  }

  /** By what a key is found. */
  static ObjectNode key(String reference, String proof) {
    ObjectNode body = Tree.object().put("sellerAutoPaymentReferenceKey", reference);
    return body.put("autoPaymentCertifyKey", proof);
  }

  /** Of the notice. */
  static Notice deposited(JsonNode told) {
    String order = need(told, "sellerOrderReferenceKey");
    String account = need(means(told).path("nonBankbookSettleInfo"), "accountNo");
    Instant at = Seoul.at(need(told, "paymentCompleteYmdt"));
    return new Notice.Deposited(order, ref(told), account, total(told), at, null, null, "OK");
  }

  /** A text or a number that must be there. */
  private static String need(JsonNode node, String field) {
    String told = Tree.said(node, field);
    if (told.isEmpty()) {
      throw new IllegalArgumentException("no " + field);
    }
    return told;
  }
}
