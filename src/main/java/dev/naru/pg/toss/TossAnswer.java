package dev.naru.pg.toss;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.ReceiptOrder;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.http.PgHttp.Reply;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.CodeTable;
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the Payment and Billing objects of Toss. Whatever is missing or strange throws, which makes
 * the outcome unknown.
 */
final class TossAnswer {

  private static final Reasons REASONS = Reasons.load("tosspayments");
  static final CodeTable CARDS = CodeTable.load("tosspayments-cards");
  private static final CodeTable BRANDS = CodeTable.load("tosspayments-brands");

  /** What Toss calls the means of a payment, and V1's pay_method. */
  private static final CodeTable METHODS = CodeTable.load("tosspayments-methods");

  private TossAnswer() {}

  /** A readable refusal is a no, unless its code says that the PG itself is not sure. */
  static Outcome<JsonNode> read(Reply.Answer answer) {
    JsonNode json = Tree.of(answer);
    if (answer.isSuccess()) {
      return new Ok<>(json);
    }
    String code = Tree.said(json, "code");
    String message = Tree.said(json, "message");
    return code.isEmpty() || !answer.isRefusal()
        ? new Unknown<>("HTTP " + answer.status() + " " + code + " " + message)
        : declined(code, message, answer.status());
  }

  static <T> Outcome<T> declined(String code, String message, int status) {
    Decline no = decline(code, message, status);
    return no.reason() == Reason.PG_ERROR
        ? new Unknown<>(code + " " + message)
        : new Declined<>(no);
  }

  static Decline decline(String code, String message, int status) {
    Decline no = REASONS.ofCode(code, message);
    return status == 401 && no.reason() == Reason.UNLISTED
        ? new Decline(Reason.BAD_CREDENTIALS, code, message)
        : no;
  }

  static String status(JsonNode payment) {
    return Tree.said(payment, "status");
  }

  /** Two answers count: the payment as asked for, or one that the PG has ended. */
  static Outcome<Approval> approved(Order order, JsonNode payment) {
    String status = status(payment);
    return switch (status) {
      case "DONE", "WAITING_FOR_DEPOSIT" -> new Outcome.Ok<>(approval(order, payment));
      case "ABORTED", "EXPIRED" -> {
        JsonNode failure = payment.path("failure");
        yield declined(failure.path("code").asString(status), Tree.said(failure, "message"), 400);
      }
      default -> new Outcome.Unknown<>("status " + status);
    };
  }

  private static Approval approval(Order order, JsonNode payment) {
    about(order.id(), payment);
    JsonNode card = payment.path("card");
    String secret = Tree.said(payment, "secret");
    String approvedAt = Tree.said(payment, "approvedAt");
    return Approval.of(
            new PgRef(Tree.text(payment, "paymentKey")),
            money(payment, "totalAmount"),
            Seoul.ofIso(approvedAt.isEmpty() ? Tree.text(payment, "requestedAt") : approvedAt),
            method(payment))
        .brand(BRANDS.get(Tree.optional(payment.path("easyPay"), "provider")))
        .applyNum(Tree.optional(card, "approveNo"))
        .card(card(card), card.path("installmentPlanMonths").asInt(0))
        .account(status(payment).equals("WAITING_FOR_DEPOSIT") ? account(payment) : null)
        .bank(Institutions.bank(Tree.optional(payment.path("transfer"), "bankCode")))
        .receipt(Tree.optional(payment.path("receipt"), "url"))
        .memo(secret.isEmpty() ? Map.of() : Map.of("secret", secret))
        .build();
  }

  private static void about(String orderId, JsonNode answer) {
    if (!Tree.text(answer, "orderId").equals(orderId)) {
      throw new IllegalArgumentException("an answer about another order");
    }
  }

  static PgRecord record(Order order, JsonNode payment) {
    return switch (status(payment)) {
      case "READY", "IN_PROGRESS" -> PgRecord.running(order);
      case "WAITING_FOR_DEPOSIT" ->
          payment.path("virtualAccount").path("expired").asBoolean(false)
              ? PgRecord.dead(order)
              : PgRecord.waiting(approval(order, payment));
      case "DONE" -> PgRecord.paid(approval(order, payment), balance(payment));
      // An account that was closed before anybody paid has no time of approval.
      case "CANCELED", "PARTIAL_CANCELED" ->
          Tree.said(payment, "approvedAt").isEmpty()
              ? PgRecord.dead(order)
              : PgRecord.canceled(approval(order, payment), balance(payment));
      case "ABORTED", "EXPIRED" -> PgRecord.dead(order);
      default -> throw new IllegalArgumentException("status " + status(payment));
    };
  }

  private static Money balance(JsonNode payment) {
    return money(payment, "balanceAmount");
  }

  static Canceled canceled(PgRef ref, JsonNode payment) {
    JsonNode cancels = payment.required("cancels");
    JsonNode ours = cancels.required(cancels.size() - 1);
    String last = Tree.said(payment, "lastTransactionKey");
    for (JsonNode one : cancels) {
      if (Tree.said(one, "transactionKey").equals(last)) {
        ours = one;
      }
    }
    return new Canceled(
        new PgRef(ours.path("transactionKey").asString(ref.tid())),
        Seoul.ofIso(Tree.text(ours, "canceledAt")),
        Tree.optional(payment.path("receipt"), "url"));
  }

  static PgKey key(String owner, JsonNode billing) {
    return new PgKey(
        new Secret(Tree.text(billing, "billingKey")), owner, card(billing.path("card")));
  }

  /**
   * A cash receipt.
   *
   * @param again when to look at one that is still being issued
   */
  static Outcome<Receipted> receipted(ReceiptOrder order, JsonNode receipt, Instant again) {
    String status = Tree.said(receipt, "issueStatus");
    return switch (status) {
      case "COMPLETED" -> {
        about(order.id(), receipt);
        yield new Outcome.Ok<>(
            new Receipted(
                new PgRef(Tree.text(receipt, "receiptKey")),
                Tree.text(receipt, "issueNumber"),
                Seoul.ofIso(Tree.text(receipt, "requestedAt")),
                Tree.optional(receipt, "receiptUrl")));
      }
      case "FAILED" -> {
        JsonNode failure = receipt.path("failure");
        yield new Outcome.Declined<>(
            new Decline(
                Reason.REFUSED,
                failure.path("code").asString("FAILED"),
                failure.path("message").asString("현금영수증 발급에 실패했습니다.")));
      }
      case "IN_PROGRESS" ->
          new Outcome.Pending<>(new PgRef(Tree.said(receipt, "receiptKey")), again);
      default -> new Outcome.Unknown<>("issueStatus " + status);
    };
  }

  /** An easy pay counts as card as soon as any card took part, else as points. */
  private static String method(JsonNode payment) {
    String method = Tree.text(payment, "method");
    return method.equals("간편결제")
        ? payment.path("card").isObject() ? "card" : "point"
        : METHODS.get(method, "card");
  }

  private static @Nullable CardInfo card(JsonNode card) {
    if (!card.isObject()) {
      return null;
    }
    String acquirer = CARDS.get(Tree.optional(card, "acquirerCode"));
    return Institutions.card(CARDS.get(Tree.optional(card, "issuerCode")), null)
        .issued()
        .publishedBy(acquirer, Institutions.cardName(acquirer))
        .numbered(
            Tree.optional(card, "number"), Institutions.cardType(Tree.said(card, "cardType")));
  }

  private static Approval.Account account(JsonNode payment) {
    JsonNode account = payment.required("virtualAccount");
    String bank = Institutions.bank(Tree.text(account, "bankCode"));
    return Institutions.account(
        Objects.requireNonNullElse(bank, ""),
        null,
        Tree.text(account, "accountNumber"),
        null,
        Seoul.ofIso(Tree.text(account, "dueDate")));
  }

  private static Money money(JsonNode payment, String field) {
    Currency currency = Currency.getInstance(payment.path("currency").asString("KRW"));
    return Money.ofMajor(payment.required(field).decimalValue(), currency);
  }
}
