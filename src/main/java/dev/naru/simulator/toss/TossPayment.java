package dev.naru.simulator.toss;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Seoul;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of Toss Payments' API, version 2022-11-16. */
final class TossPayment {

  /** After this, an authenticated payment can no longer be confirmed. */
  static final Duration CONFIRM_WITHIN = Duration.ofMinutes(10);

  private static final Map<String, String> ISSUERS = Cards.codes("toss/issuers.csv");

  private TossPayment() {}

  static Map<String, Object> payment(Charge charge, Instant now) {
    Charge.Order order = charge.order();
    Map<String, Object> payment = new LinkedHashMap<>();
    payment.put("mId", order.merchant());
    payment.put("lastTransactionKey", lastTransaction(charge));
    payment.put("paymentKey", charge.tid());
    payment.put("orderId", order.id());
    payment.put("orderName", order.name());
    payment.put("status", status(charge, now));
    payment.put("requestedAt", Seoul.offset(charge.course().opened()));
    payment.put("approvedAt", charge.paid() ? offset(charge.course().at()) : null);
    payment.put("useEscrow", order.more("useEscrow").equals("true"));
    payment.put("cultureExpense", false);
    putMethod(payment, charge, now);
    payment.put("cashReceipt", null);
    payment.put("cashReceipts", null);
    payment.put("discount", null);
    payment.put("cancels", charge.cancels().isEmpty() ? null : cancels(charge));
    payment.put("secret", order.more("secret"));
    payment.put("type", order.more("type"));
    payment.put("country", "KR");
    payment.put("failure", failure(charge.course().refusal()));
    payment.put("isPartialCancelable", charge.status() != Status.WAITING);
    payment.put("receipt", Map.of("url", receipt(charge)));
    payment.put("checkout", Map.of("url", order.more("origin") + "/tosspayments/checkout"));
    putAmounts(payment, charge);
    payment.put("metadata", null);
    payment.put("version", "2022-11-16");
    return payment;
  }

  private static void putAmounts(Map<String, Object> payment, Charge charge) {
    long total = charge.order().amount();
    long vat = Math.round((charge.balance() - taxFree(charge)) / 11.0);
    payment.put("currency", "KRW");
    payment.put("totalAmount", total);
    payment.put("balanceAmount", charge.charged() ? charge.balance() : total);
    payment.put("suppliedAmount", charge.balance() - vat - taxFree(charge));
    payment.put("vat", vat);
    payment.put("taxFreeAmount", taxFree(charge));
    payment.put("taxExemptionAmount", 0);
  }

  private static void putMethod(Map<String, Object> payment, Charge charge, Instant now) {
    Charge.Order order = charge.order();
    payment.put("method", method(charge.means().method()));
    payment.put("card", card(charge));
    payment.put("virtualAccount", account(charge, now));
    payment.put("transfer", settled(charge, Method.TRANSFER, Map.of("bankCode", "88")));
    payment.put(
        "mobilePhone",
        settled(
            charge,
            Method.PHONE,
            Map.of("customerMobilePhone", order.more("phone"), "receiptUrl", receipt(charge))));
    payment.put("giftCertificate", null);
    payment.put("easyPay", null);
  }

  static String status(Charge charge, Instant now) {
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED -> expired(charge, now) ? "EXPIRED" : "IN_PROGRESS";
      case PENDING -> "IN_PROGRESS";
      case WAITING -> "WAITING_FOR_DEPOSIT";
      case PAID, KEY_ISSUED -> "DONE";
      case PARTLY_CANCELLED -> "PARTIAL_CANCELED";
      case CANCELLED -> "CANCELED";
      case DECLINED -> "ABORTED";
      case BLOCKED -> "EXPIRED";
    };
  }

  static boolean expired(Charge charge, Instant now) {
    return charge.course().opened().plus(CONFIRM_WITHIN).isBefore(now);
  }

  static String lastTransaction(Charge charge) {
    List<Cancel> cancels = charge.cancels();
    return cancels.isEmpty() ? charge.order().more("transactionKey") : cancels.getLast().id();
  }

  static Map<String, Object> billing(Entry.Key key, Instant now) {
    Cards.Face face = key.means().card();
    if (face == null) {
      throw new IllegalStateException("a billing key without a card");
    }
    Cards.Issuer issuer = Cards.issuer(face.issuer());
    return Map.of(
        "mId", key.merchant(),
        "customerKey", key.customer(),
        "authenticatedAt", Seoul.offset(now),
        "method", "카드",
        "billingKey", key.id(),
        "cardCompany", issuer.name(),
        "cardNumber", face.masked(),
        "card",
            Map.of(
                "issuerCode", Cards.code(ISSUERS, face),
                "acquirerCode", Cards.code(ISSUERS, face),
                "number", face.masked(),
                "cardType", "신용",
                "ownerType", "개인"));
  }

  private static @Nullable Map<String, Object> card(Charge charge) {
    Cards.Face face = charge.means().card();
    if (face == null) {
      return null;
    }
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("issuerCode", Cards.code(ISSUERS, face));
    card.put("acquirerCode", Cards.code(ISSUERS, face));
    card.put("number", face.masked());
    card.put("installmentPlanMonths", face.months());
    card.put("isInterestFree", false);
    card.put("interestPayer", null);
    card.put("approveNo", charge.paid() ? charge.order().more("approveNo") : "");
    card.put("useCardPoint", false);
    card.put("cardType", "신용");
    card.put("ownerType", "개인");
    card.put("acquireStatus", charge.status() == Status.CANCELLED ? "CANCELED" : "READY");
    card.put("amount", charge.order().amount());
    return card;
  }

  private static @Nullable Map<String, Object> account(Charge charge, Instant now) {
    Charge.Account account = charge.means().account();
    if (account == null) {
      return null;
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("accountType", "일반");
    view.put("accountNumber", account.number());
    view.put("bankCode", account.bank());
    view.put("customerName", account.holder());
    view.put("depositorName", account.depositor());
    view.put("dueDate", Seoul.offset(account.due()).substring(0, 19));
    view.put("refundStatus", charge.cancels().isEmpty() || !charge.paid() ? "NONE" : "COMPLETED");
    view.put("expired", charge.status() == Status.WAITING && account.due().isBefore(now));
    view.put("settlementStatus", "INCOMPLETED");
    view.put("refundReceiveAccount", null);
    return view;
  }

  private static @Nullable Map<String, Object> settled(
      Charge charge, Method method, Map<String, Object> view) {
    if (charge.means().method() != method) {
      return null;
    }
    Map<String, Object> full = new LinkedHashMap<>(view);
    full.put("settlementStatus", "INCOMPLETED");
    return full;
  }

  private static List<Map<String, Object>> cancels(Charge charge) {
    long left = charge.order().amount();
    List<Map<String, Object>> cancels = new ArrayList<>();
    for (Cancel cancel : charge.cancels()) {
      left -= cancel.amount();
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("transactionKey", cancel.id());
      view.put("cancelReason", cancel.reason());
      view.put("taxExemptionAmount", 0);
      view.put("canceledAt", Seoul.offset(cancel.at()));
      view.put("easyPayDiscountAmount", 0);
      view.put("receiptKey", null);
      view.put("cancelAmount", cancel.amount());
      view.put("taxFreeAmount", 0);
      view.put("refundableAmount", left);
      view.put("cancelStatus", "DONE");
      view.put("cancelRequestId", null);
      cancels.add(view);
    }
    return cancels;
  }

  private static @Nullable Map<String, Object> failure(@Nullable Refusal refusal) {
    return refusal == null ? null : Map.of("code", refusal.code(), "message", refusal.text());
  }

  private static long taxFree(Charge charge) {
    String text = charge.order().more("taxFreeAmount");
    return text.isEmpty() ? 0 : Math.min(Long.parseLong(text), charge.balance());
  }

  private static String receipt(Charge charge) {
    return charge.order().more("origin") + "/tosspayments/receipt?payment=" + charge.tid();
  }

  private static @Nullable String offset(@Nullable Instant time) {
    return time == null ? null : Seoul.offset(time);
  }

  private static String method(Method method) {
    return switch (method) {
      case CARD -> "카드";
      case TRANSFER -> "계좌이체";
      case VBANK -> "가상계좌";
      case PHONE -> "휴대폰";
    };
  }
}
