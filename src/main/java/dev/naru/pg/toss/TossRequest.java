package dev.naru.pg.toss;

import dev.naru.connector.aftercare.ReceiptOrder;
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
import dev.naru.pg.kit.Institutions;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** V1's parameters in the words of Toss: for its script, and for its API. */
final class TossRequest {

  /** V1's pay_method and the word of the window; what is not here is a card. */
  private static final CodeTable METHODS = CodeTable.load("tosspayments-windows");

  private static final CodeTable EASY = CodeTable.load("tosspayments-easypays");

  private TossRequest() {}

  static Map<String, Object> of(Order order, Visit visit) {
    Map<String, Object> request = common(order, visit);
    String method = METHODS.get(order.method(), "CARD");
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
        Tree.object()
            .put("amount", order.amount().major())
            .put("orderId", order.id())
            .put("orderName", order.name());
    buyer(body, order.buyer());
    if (order.quota() > 0) {
      body.put("cardInstallmentPlan", order.quota());
    }
    taxFree(body, order.tax(), order.amount().currency());
    return body;
  }

  static ObjectNode buyer(ObjectNode body, Buyer buyer) {
    Tree.putIf(body, "customerName", buyer.name());
    return Tree.putIf(body, "customerEmail", buyer.email());
  }

  private static void taxFree(ObjectNode body, Tax tax, Currency currency) {
    if (tax.free() > 0) {
      body.put("taxFreeAmount", new Money(tax.free(), currency).major());
    }
  }

  static ObjectNode receipt(ReceiptOrder order) {
    ObjectNode body =
        Tree.object()
            .put("amount", order.amount().major())
            .put("orderId", order.id())
            .put("orderName", order.name())
            .put("customerIdentityNumber", order.identifier().reveal())
            .put("type", order.use() == ReceiptOrder.Use.PERSON ? "소득공제" : "지출증빙");
    taxFree(body, order.tax(), order.amount().currency());
    return body;
  }

  static ObjectNode card(ObjectNode body, Card card) {
    body.put("cardNumber", card.number().reveal())
        .put("cardExpirationYear", "%02d".formatted(card.expiry().getYear() % 100))
        .put("cardExpirationMonth", "%02d".formatted(card.expiry().getMonthValue()));
    Tree.putIf(body, "customerIdentityNumber", card.birth() == null ? null : card.birth().reveal());
    Tree.putIf(body, "cardPassword", card.pin() == null ? null : card.pin().reveal());
    return body;
  }

  static ObjectNode cancel(CancelOrder cancel) {
    Currency currency = cancel.amount().currency();
    ObjectNode body = Tree.object().put("cancelReason", cancel.reason());
    if (!cancel.reversal()) {
      // Without an amount Toss gives back all there is.
      body.put("cancelAmount", cancel.amount().major());
    }
    if (!currency.equals(Money.KRW)) {
      body.put("currency", currency.getCurrencyCode());
    }
    taxFree(body, cancel.tax(), currency);
    CancelOrder.RefundAccount refund = cancel.refund();
    if (refund != null) {
      body.putObject("refundReceiveAccount")
          .put("bank", Institutions.shortBank(refund.bank()))
          .put("accountNumber", refund.number().reveal())
          .put("holderName", refund.holder());
    }
    return body;
  }

  /** Toss opens no account without the name of somebody who will pay into it. */
  static String depositor(Order order, @Nullable String holder) {
    return Form.or(order.buyer().name(), Form.or(holder, "구매자"));
  }

  private static Map<String, Object> common(Order order, Visit visit) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("successUrl", visit.back().toString());
    request.put("failUrl", visit.back().toString());
    Form.putIf(request, "customerName", order.buyer().name());
    Form.putIf(request, "customerEmail", order.buyer().email());
    return request;
  }

  private static Map<String, Object> card(Order order, Visit visit) {
    Map<String, Object> card = new LinkedHashMap<>();
    String easyPay = EASY.get(order.method());
    Wishes wishes = order.wishes();
    Wishes.Cards asked = wishes.cards();
    String company = asked.company();
    if (easyPay != null) {
      card.put("flowMode", "DIRECT");
      card.put("easyPay", easyPay);
    } else if (company != null) {
      card.put("flowMode", "DIRECT");
      card.put("cardCompany", cardCompany(company));
      card.put("cardInstallmentPlan", order.quota());
    }
    List<Integer> quotas = asked.quotas();
    if (quotas != null && company == null) {
      card.put("maxCardInstallmentPlan", quotas.stream().max(Comparator.naturalOrder()).orElse(0));
    }
    flag(card, "useAppCardOnly", asked.inApp());
    flag(card, "useCardPoint", asked.points());
    flag(
        card,
        "useInternationalCardOnly",
        "true".equals(wishes.bypass("tosspayments.useInternationalCardOnly")));
    Form.putIf(card, "discountCode", wishes.bypass("tosspayments.discountCode"));
    Form.putIf(card, "appScheme", visit.mobile() ? visit.appScheme() : null);
    escrow(card, order);
    return card;
  }

  /** The code of Toss for V1's card company; one that Toss does not have is passed on. */
  private static String cardCompany(String v1) {
    return Objects.requireNonNullElse(TossAnswer.CARDS.codeOf(v1), v1);
  }

  private static Map<String, Object> account(Order order) {
    Map<String, Object> account = new LinkedHashMap<>();
    Instant due = order.wishes().account().due();
    if (due != null) {
      account.put("dueDate", Seoul.iso(due));
    }
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
        switch (Form.or(order.wishes().bypass("cashReceiptType"), "")) {
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
    flag(into, "useEscrow", order.escrow());
    String products = order.wishes().goods().products();
    if (products != null) {
      into.put("escrowProducts", Tree.plain(products));
    }
  }

  private static void flag(Map<String, Object> into, String name, boolean set) {
    if (set) {
      into.put(name, true);
    }
  }
}
