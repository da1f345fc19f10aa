package dev.naru.pg.tosspay;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
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
import dev.naru.pg.kit.Digests;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * V1's parameters in the words of Toss Pay, and its answers in ours. What V1 passes on stands in
 * {@code bypass}, with or without the PG's name around it. Requests that cannot be made throw
 * {@link IllegalArgumentException} with a text for the shop; whatever is missing in an answer, or
 * strange, throws, which makes the outcome unknown.
 */
final class TosspayWords {

  /** Of our own address for a key that was not made. */
  static final String FAILED = "failed";

  private static final Money MOST = Money.krw(1_000_000_000);
  private static final int REFUND_NUMBER = 36;

  /** V1's pay_method and the one way to pay that it leaves; any other leaves all. */
  private static final Map<String, String> ONLY =
      Map.of("tosspay_card", "CARD", "tosspay_money", "TOSS_MONEY");

  private static final Map<String, Integer> TYPES = Map.of("CREDIT", 0, "CHECK", 1);
  private static final CodeTable CARDS = CodeTable.load("tosspay_v2-cards");

  private TosspayWords() {}

  /** Of payments. */
  static ObjectNode payment(Order order, Visit visit) {
    ObjectNode body =
        sold(order)
            .put("retUrl", visit.back().toString())
            .put("retCancelUrl", visit.close().toString())
            .put("autoExecute", false)
            .put("resultCallback", visit.notice().toString())
            .put("callbackVersion", "V2");
    Tree.putIf(body, "enablePayMethods", ONLY.get(order.method()));
    Tree.putIf(body, "expiredTime", wish(order, "expiredTime"));
    Tree.putIf(body, "cashReceiptTradeOption", wish(order, "cashReceiptTradeOption"));
    if (List.of().equals(order.wishes().cards().quotas())) {
      body.put("installment", "NOT_USE");
    }
    return visit.mobile() ? Tree.putIf(body, "retAppScheme", visit.appScheme()) : body;
  }

  /** Of billing-key. With an app's scheme it would answer a link that opens nothing but an app. */
  static ObjectNode key(Order order, String owner, Visit visit) {
    if (!owner.matches("[\\w\\-:.^@=]{1,50}")) {
      throw new IllegalArgumentException(
          "토스페이 빌링키를 발급하려면 영문, 숫자, _-:.^@= 로 이루어진 50자 이내의 값이 필요합니다. (customer_id)");
    }
    String back = visit.back().toString();
    ObjectNode body =
        Tree.object()
            .put("userId", owner)
            .put("productDesc", description(order))
            .put("resultCallback", visit.notice().toString())
            .put("returnSuccessUrl", back)
            .put("returnFailureUrl", back + (back.contains("?") ? "&" : "?") + FAILED + "=1");
    return Tree.putIf(body, "encryptedUserCi", wish(order, "encryptedUserCi"));
  }

  /** Of bill. */
  static ObjectNode bill(Order order, PgKey key) {
    boolean receipt = !order.wishes().noReceipt() && !"false".equals(wish(order, "cashReceipt"));
    return sold(order)
        .put("billingKey", key.key().reveal())
        .put("spreadOut", order.quota())
        .put("cashReceipt", receipt)
        .put("cashReceiptTradeOption", Form.or(wish(order, "cashReceiptTradeOption"), "GENERAL"))
        .put("sendFailPush", "true".equals(wish(order, "sendFailPush")));
  }

  /** What every charge says. */
  private static ObjectNode sold(Order order) {
    if (!order.amount().currency().equals(Money.KRW) || order.amount().exceeds(MOST)) {
      throw new IllegalArgumentException("토스페이는 10억 원 이하의 원화(KRW) 결제만 지원합니다. (amount, currency)");
    }
    ObjectNode body =
        Tree.object().put("orderNo", order.id()).put("productDesc", description(order));
    return taxed(body, order.amount(), order.tax());
  }

  /** The parts add up to the amount. */
  private static ObjectNode taxed(ObjectNode body, Money amount, Tax tax) {
    long vat = tax.vatOf(amount.minor());
    return body.put("amount", amount.minor())
        .put("amountTaxFree", tax.free())
        .put("amountTaxable", amount.minor() - tax.free() - vat)
        .put("amountVat", vat)
        .put("amountServiceFee", 0);
  }

  /** The PG takes neither backslashes nor quotation marks. */
  private static String description(Order order) {
    return Form.or(order.name().replaceAll("[\\\\\"']", " "), order.id());
  }

  /** What the shop passes on to the PG. */
  private static @Nullable String wish(Order order, String name) {
    String named = order.wishes().bypass("tosspay_v2." + name);
    return named == null ? order.wishes().bypass(name) : named;
  }

  /**
   * The number follows from the cancel's id, so that a repeated one is not done twice. Without an
   * amount all that is left goes back.
   */
  static ObjectNode refund(CancelOrder cancel) {
    Order order = cancel.order();
    ObjectNode body =
        Tree.object()
            .put("payToken", cancel.ref().tid())
            .put("refundNo", Digests.sha256(cancel.id()).substring(0, REFUND_NUMBER))
            .put("reason", cancel.reason())
            .put("idempotent", true);
    if (cancel.reversal()) {
      return body;
    }
    Tax tax = cancel.taxBack();
    if (order.tax().vat() != null && tax.vat() == null) {
      throw new IllegalArgumentException("부가세를 지정한 결제는 부분취소할 때도 부가세를 지정해야 합니다. (vat_amount)");
    }
    return taxed(body, cancel.amount(), tax);
  }

  /** Of execute, bill and status, which has the card apart. */
  static Approval approval(Order order, JsonNode answer) {
    if (!Tree.text(answer, "orderNo").equals(order.id())) {
      throw new IllegalArgumentException("another order's answer");
    }
    JsonNode card = answer.path("card").isObject() ? answer.path("card") : answer;
    String time = Tree.text(answer, answer.has("paidTs") ? "paidTs" : "approvalTime");
    boolean byCard = Tree.text(answer, "payMethod").equals("CARD");
    return Approval.of(
            new PgRef(Tree.text(answer, "payToken")),
            Money.krw(answer.required("amount").longValue()),
            Seoul.at(Form.digits(time)),
            order.method().startsWith("tosspay") ? "tosspay" : byCard ? "card" : "trans")
        .applyNum(Tree.optional(card, "cardAuthorizationNo"))
        .card(byCard ? card(card, "cardCompanyCode") : null, card.path("spreadOut").asInt(0))
        .bank(byCard ? null : Institutions.bank(Tree.optional(answer, "accountBankCode")))
        .receipt(Tree.optional(card, "salesCheckLinkUrl"))
        .build();
  }

  /** The PG names the company that acquires. */
  private static CardInfo card(JsonNode card, String codeField) {
    String code = CARDS.get(Tree.said(card, codeField));
    String name = Tree.said(card, "cardCompanyName");
    return Institutions.card(code, name)
        .publishedBy(code, Institutions.cardName(code))
        .numbered(Tree.optional(card, "cardNumber"), TYPES.get(Tree.said(card, "cardMethodType")));
  }

  /** Of billing-key/status: the buyer may have done nothing yet, or made another key since. */
  static Outcome<PgKey> issued(String owner, String key, JsonNode answer) {
    boolean same = Form.or(Tree.optional(answer, "billingKey"), key).equals(key);
    boolean byCard = Tree.said(answer, "payMethod").equals("CARD");
    return same && Tree.text(answer, "status").equals("ACTIVE")
        ? new Ok<>(new PgKey(new Secret(key), owner, byCard ? card(answer, "cardCompanyNo") : null))
        : Outcome.declined(Reason.ABANDONED, "토스페이에서 결제수단 등록이 완료되지 않았습니다.");
  }

  static Canceled canceled(JsonNode answer) {
    return new Canceled(
        new PgRef(Tree.text(answer, "transactionId")),
        Seoul.at(Form.digits(Tree.text(answer, "approvalTime"))),
        null);
  }

  /** Of status. What waits too long the PG cancels, and says so. */
  static PgRecord record(Order order, JsonNode answer) {
    String status = Tree.text(answer, "payStatus");
    return switch (status) {
      case "PAY_STANDBY", "PAY_APPROVED", "PAY_PROGRESS" -> PgRecord.running(order);
      case "PAY_CANCEL" -> PgRecord.dead(order);
      case "PAY_COMPLETE", "SETTLEMENT_COMPLETE" ->
          PgRecord.paid(approval(order, answer), left(answer));
      // A refund that is still at work would look like one that was not made, and be made twice.
      case "REFUND_PROGRESS" -> throw new IllegalArgumentException("a refund is under way");
      case "REFUND_SUCCESS", "SETTLEMENT_REFUND_COMPLETE" ->
          PgRecord.canceled(approval(order, answer), left(answer));
      default -> throw new IllegalArgumentException("payStatus " + status);
    };
  }

  /** What may be refunded ends with the settlement: what is still paid, the transactions tell. */
  private static Money left(JsonNode answer) {
    JsonNode all = answer.required("transactions");
    return Money.krw(
        all.valueStream().mapToLong(one -> one.required("transactionAmount").longValue()).sum());
  }
}
