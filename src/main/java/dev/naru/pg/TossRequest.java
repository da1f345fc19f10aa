package dev.naru.pg;

import dev.naru.connector.CancelOrder;
import dev.naru.connector.Card;
import dev.naru.connector.Order;
import dev.naru.connector.Visit;
import dev.naru.kernel.Due;
import dev.naru.kernel.Money;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** V1's parameters in the words of Toss: for its script, and for its API. */
final class TossRequest {

  private static final Map<String, String> EASY =
      Map.of(
          "kakaopay", "KAKAOPAY",
          "naverpay", "NAVERPAY",
          "payco", "PAYCO",
          "samsung", "SAMSUNGPAY",
          "samsungpay", "SAMSUNGPAY",
          "lpay", "LPAY",
          "ssgpay", "SSG",
          "applepay", "APPLEPAY",
          "tosspay", "TOSSPAY",
          "pinpay", "PINPAY");

  private TossRequest() {}

  static Map<String, Object> of(Order order, Visit visit) {
    Map<String, Object> request = common(order, visit);
    String method = method(order.method());
    request.put("method", method);
    request.put(
        "amount",
        Map.of(
            "currency", order.amount().currency().getCurrencyCode(),
            "value", order.amount().major()));
    request.put("orderId", order.id());
    request.put("orderName", order.name());
    if (order.tax().free() > 0) {
      request.put(
          "taxFreeAmount", new Money(order.tax().free(), order.amount().currency()).major());
    }
    switch (method) {
      case "CARD" -> request.put("card", card(order, visit));
      case "VIRTUAL_ACCOUNT" -> request.put("virtualAccount", account(order));
      case "TRANSFER" -> request.put("transfer", transfer(order));
      default -> {}
    }
    return request;
  }

  static Map<String, Object> forKey(Order order, Visit visit) {
    Map<String, Object> request = common(order, visit);
    request.put("method", "CARD");
    return request;
  }

  /** What every charge by API says. */
  static ObjectNode charged(Order order) {
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("amount", order.amount().major())
            .put("orderId", order.id())
            .put("orderName", order.name());
    putIf(body, "customerName", order.buyer().name());
    putIf(body, "customerEmail", order.buyer().email());
    if (order.quota() > 0) {
      body.put("cardInstallmentPlan", order.quota());
    }
    if (order.tax().free() > 0) {
      body.put("taxFreeAmount", new Money(order.tax().free(), order.amount().currency()).major());
    }
    return body;
  }

  static ObjectNode card(ObjectNode body, Card card) {
    body.put("cardNumber", card.number().reveal())
        .put("cardExpirationYear", "%02d".formatted(card.expiry().getYear() % 100))
        .put("cardExpirationMonth", "%02d".formatted(card.expiry().getMonthValue()));
    putIf(body, "customerIdentityNumber", card.birth() == null ? null : card.birth().reveal());
    putIf(body, "cardPassword", card.pin() == null ? null : card.pin().reveal());
    return body;
  }

  static void putIf(ObjectNode body, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      body.put(name, value);
    }
  }

  static ObjectNode cancel(CancelOrder cancel) {
    Currency currency = cancel.amount().currency();
    ObjectNode body = JsonMapper.shared().createObjectNode().put("cancelReason", cancel.reason());
    if (!cancel.reversal()) {
      // Without an amount Toss gives back all there is.
      body.put("cancelAmount", cancel.amount().major());
    }
    if (!currency.equals(Money.KRW)) {
      body.put("currency", currency.getCurrencyCode());
    }
    if (cancel.tax().free() > 0) {
      body.put("taxFreeAmount", new Money(cancel.tax().free(), currency).major());
    }
    CancelOrder.RefundAccount refund = cancel.refund();
    if (refund != null) {
      body.putObject("refundReceiveAccount")
          .put("bank", bank(refund.bank()))
          .put("accountNumber", refund.number().reveal())
          .put("holderName", refund.holder());
    }
    return body;
  }

  /** Toss opens no account without the name of somebody who will pay into it. */
  static String depositor(Order order, @Nullable String holder) {
    String name = order.buyer().name();
    return name != null && !name.isBlank()
        ? name
        : holder != null && !holder.isBlank() ? holder : "구매자";
  }

  /** Toss takes two digits where V1 has three; codes of other lengths are passed on. */
  static String bank(String code) {
    return code.length() == 3 && code.startsWith("0") ? code.substring(1) : code;
  }

  private static Map<String, Object> common(Order order, Visit visit) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("successUrl", visit.back().toString());
    request.put("failUrl", visit.back().toString());
    putIf(request, "customerName", order.buyer().name());
    putIf(request, "customerEmail", order.buyer().email());
    return request;
  }

  /**
   * {@code [inferred]} The words for book and game vouchers are those of the core API's answers:
   * check with the PG that the window takes them.
   */
  private static String method(String v1) {
    return switch (v1) {
      case "trans" -> "TRANSFER";
      case "vbank" -> "VIRTUAL_ACCOUNT";
      case "phone" -> "MOBILE_PHONE";
      case "cultureland" -> "CULTURE_GIFT_CERTIFICATE";
      case "booknlife" -> "BOOK_GIFT_CERTIFICATE";
      case "smartculture" -> "GAME_GIFT_CERTIFICATE";
      default -> "CARD";
    };
  }

  private static Map<String, Object> card(Order order, Visit visit) {
    Map<String, Object> card = new LinkedHashMap<>();
    String easyPay = EASY.get(order.method());
    String company = order.option("card.direct.code");
    if (easyPay != null) {
      card.put("flowMode", "DIRECT");
      card.put("easyPay", easyPay);
    } else if (company != null) {
      card.put("flowMode", "DIRECT");
      card.put("cardCompany", TossAnswer.cardCompany(company));
      card.put("cardInstallmentPlan", order.quota());
    }
    String quotas = order.option("display.card_quota");
    if (quotas != null && company == null) {
      card.put("maxCardInstallmentPlan", longest(quotas));
    }
    flag(card, "useAppCardOnly", order, "appCard");
    flag(card, "useCardPoint", order, "useCardPoint");
    flag(card, "useInternationalCardOnly", order, "bypass.tosspayments.useInternationalCardOnly");
    putIf(card, "discountCode", order.option("bypass.tosspayments.discountCode"));
    putIf(card, "appScheme", visit.mobile() ? visit.appScheme() : null);
    escrow(card, order);
    return card;
  }

  private static Map<String, Object> account(Order order) {
    Map<String, Object> account = new LinkedHashMap<>();
    Due.read(order.option("vbank_due")).ifPresent(due -> account.put("dueDate", Seoul.iso(due)));
    receipt(account, order);
    escrow(account, order);
    return account;
  }

  private static Map<String, Object> transfer(Order order) {
    Map<String, Object> transfer = new LinkedHashMap<>();
    receipt(transfer, order);
    escrow(transfer, order);
    return transfer;
  }

  private static void receipt(Map<String, Object> into, Order order) {
    String type =
        switch (order.options().getOrDefault("bypass.cashReceiptType", "")) {
          case "personal" -> "소득공제";
          case "corporate" -> "지출증빙";
          case "anonymous" -> "미발행";
          default -> null;
        };
    if (type != null) {
      into.put("cashReceipt", Map.of("type", type));
    }
  }

  private static void escrow(Map<String, Object> into, Order order) {
    flag(into, "useEscrow", order, "escrow");
    String products = order.option("escrowProducts");
    if (products != null) {
      into.put("escrowProducts", JsonMapper.shared().readValue(products, Object.class));
    }
  }

  /** The longest of a list like {@code 2,3,6}; an empty list allows a lump sum only. */
  private static int longest(String quotas) {
    return Arrays.stream(quotas.replaceAll("[^0-9,]", "").split(",", -1))
        .filter(months -> !months.isEmpty())
        .mapToInt(Integer::parseInt)
        .max()
        .orElse(0);
  }

  private static void flag(Map<String, Object> into, String name, Order order, String option) {
    if (order.isSet(option)) {
      into.put(name, true);
    }
  }

  private static void putIf(Map<String, Object> into, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      into.put(name, value);
    }
  }
}
