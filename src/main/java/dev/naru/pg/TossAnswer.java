package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Order;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRecord.State;
import dev.naru.connector.PgRef;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the Payment and Billing objects of Toss. Whatever is missing or strange throws, which the
 * connector turns into an unknown outcome.
 */
final class TossAnswer {

  private static final CodeTable CARDS = CodeTable.load("tosspayments-cards");
  private static final CodeTable BRANDS = CodeTable.load("tosspayments-brands");

  private static final Map<String, String> METHODS =
      Map.of(
          "카드", "card",
          "가상계좌", "vbank",
          "계좌이체", "trans",
          "휴대폰", "phone",
          "문화상품권", "cultureland",
          "도서문화상품권", "booknlife",
          "게임문화상품권", "smartculture");

  private TossAnswer() {}

  /** The code of Toss for V1's card company; one that Toss does not have is passed on. */
  static String cardCompany(String v1) {
    return CARDS.rows().entrySet().stream()
        .filter(row -> row.getValue().equals(v1))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .orElse(v1);
  }

  static String status(JsonNode payment) {
    return payment.path("status").asString("");
  }

  static Approval approval(Order order, JsonNode payment) {
    if (!text(payment, "orderId").equals(order.id())) {
      throw new IllegalArgumentException("an answer about another order");
    }
    JsonNode card = payment.path("card");
    String secret = payment.path("secret").asString("");
    String approvedAt = payment.path("approvedAt").asString("");
    return new Approval(
        new PgRef(text(payment, "paymentKey")),
        money(payment, "totalAmount"),
        Seoul.ofIso(approvedAt.isEmpty() ? text(payment, "requestedAt") : approvedAt),
        method(payment),
        brand(payment),
        optional(card, "approveNo"),
        card.isObject() ? card(card) : null,
        card.path("installmentPlanMonths").asInt(0),
        status(payment).equals("WAITING_FOR_DEPOSIT") ? account(payment) : null,
        bank(payment.path("transfer").path("bankCode").asString(null)),
        optional(payment.path("receipt"), "url"),
        secret.isEmpty() ? Map.of() : Map.of("secret", secret));
  }

  static PgRecord record(Order order, JsonNode payment) {
    Money none = Money.zero(order.amount().currency());
    return switch (status(payment)) {
      case "READY", "IN_PROGRESS" -> new PgRecord(State.RUNNING, Optional.empty(), none);
      case "WAITING_FOR_DEPOSIT" ->
          payment.path("virtualAccount").path("expired").asBoolean(false)
              ? new PgRecord(State.DEAD, Optional.empty(), none)
              : new PgRecord(State.WAITING, Optional.of(approval(order, payment)), none);
      case "DONE" -> paid(State.PAID, order, payment);
      // An account that was closed before anybody paid has no time of approval.
      case "CANCELED", "PARTIAL_CANCELED" ->
          payment.path("approvedAt").asString("").isEmpty()
              ? new PgRecord(State.DEAD, Optional.empty(), none)
              : paid(State.CANCELED, order, payment);
      case "ABORTED", "EXPIRED" -> new PgRecord(State.DEAD, Optional.empty(), none);
      default -> throw new IllegalArgumentException("status " + status(payment));
    };
  }

  static Canceled canceled(PgRef ref, JsonNode payment) {
    JsonNode cancels = payment.required("cancels");
    JsonNode ours = cancels.required(cancels.size() - 1);
    String last = payment.path("lastTransactionKey").asString("");
    for (JsonNode one : cancels) {
      if (one.path("transactionKey").asString("").equals(last)) {
        ours = one;
      }
    }
    return new Canceled(
        new PgRef(ours.path("transactionKey").asString(ref.tid())),
        Seoul.ofIso(text(ours, "canceledAt")),
        optional(payment.path("receipt"), "url"));
  }

  static PgKey key(String owner, JsonNode billing) {
    JsonNode card = billing.path("card");
    return new PgKey(
        new Secret(text(billing, "billingKey")), owner, card.isObject() ? card(card) : null);
  }

  private static PgRecord paid(State state, Order order, JsonNode payment) {
    return new PgRecord(
        state, Optional.of(approval(order, payment)), money(payment, "balanceAmount"));
  }

  /** An easy pay counts as card as soon as any card took part, else as points. */
  private static String method(JsonNode payment) {
    String method = text(payment, "method");
    return method.equals("간편결제")
        ? payment.path("card").isObject() ? "card" : "point"
        : METHODS.getOrDefault(method, "card");
  }

  private static @Nullable String brand(JsonNode payment) {
    return BRANDS.get(payment.path("easyPay").path("provider").asString(null));
  }

  private static CardInfo card(JsonNode card) {
    String issuer = CARDS.get(card.path("issuerCode").asString(null));
    String acquirer = CARDS.get(card.path("acquirerCode").asString(null));
    Integer type =
        switch (card.path("cardType").asString("")) {
          case "신용" -> 0;
          case "체크" -> 1;
          default -> null;
        };
    return new CardInfo(
        issuer,
        CodeTable.CARDS.get(issuer),
        issuer,
        CodeTable.CARDS.get(issuer),
        acquirer,
        CodeTable.CARDS.get(acquirer),
        optional(card, "number"),
        type);
  }

  private static Approval.Account account(JsonNode payment) {
    JsonNode account = payment.required("virtualAccount");
    String bank = bank(text(account, "bankCode"));
    Instant due = Seoul.ofIso(text(account, "dueDate"));
    return new Approval.Account(
        bank == null ? "" : bank,
        CodeTable.BANKS.get(bank, ""),
        text(account, "accountNumber"),
        null,
        due);
  }

  /** Toss says 20 where V1 says 020. */
  private static @Nullable String bank(@Nullable String code) {
    return code != null && code.matches("[0-9]{2}") ? "0" + code : code;
  }

  private static Money money(JsonNode payment, String field) {
    Currency currency = Currency.getInstance(payment.path("currency").asString("KRW"));
    return Money.ofMajor(payment.required(field).decimalValue(), currency);
  }

  private static String text(JsonNode node, String field) {
    return node.required(field).stringValue();
  }

  private static @Nullable String optional(JsonNode node, String field) {
    String text = node.path(field).asString("");
    return text.isEmpty() ? null : text;
  }
}
