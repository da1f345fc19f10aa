package dev.naru.pg.settle;

import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.VbankOrder;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Money;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * V1's parameters in the words of Hecto's API.
 *
 * @param cipher encrypts the fields that Hecto wants encrypted
 */
record SettleRequest(UnaryOperator<String> cipher) {

  /** Hecto's words for V1's pay_methods, in requests to its API. */
  static String method(String v1) {
    return switch (v1) {
      case "trans" -> "RA";
      case "vbank" -> "VA";
      case "phone" -> "MP";
      default -> "CA";
    };
  }

  /** V1's word for one of Hecto's. */
  static String payMethod(String method) {
    return switch (method) {
      case "RA" -> "trans";
      case "VA" -> "vbank";
      case "MP" -> "phone";
      default -> "card";
    };
  }

  /** What every charge of a card says. */
  ObjectNode charge(Order order) {
    ObjectNode data =
        Tree.object()
            .put("pmtprdNm", order.name())
            .put("mchtCustNm", Form.or(order.buyer().name(), "구매자"))
            .put("instmtMon", "%02d".formatted(order.quota()))
            .put("crcCd", "KRW")
            .put("trdAmt", cipher.apply(digits(order.amount())));
    Tree.putIf(data, "email", order.buyer().email());
    tax(data, order.amount(), order.tax());
    return data;
  }

  ObjectNode card(ObjectNode data, Card card) {
    data.put("cardNo", cipher.apply(card.number().reveal()))
        .put("vldDtMon", cipher.apply("%02d".formatted(card.expiry().getMonthValue())))
        .put("vldDtYear", cipher.apply("%02d".formatted(card.expiry().getYear() % 100)));
    if (card.birth() != null) {
      data.put("idntNo", cipher.apply(card.birth().reveal()));
    }
    if (card.pin() != null) {
      data.put("cardPwd", cipher.apply(card.pin().reveal()));
    }
    return data;
  }

  /** {@code [inferred]} That dpstrNm is the name the account shows: check with the PG. */
  ObjectNode account(Order order, VbankOrder account) {
    ObjectNode data =
        Tree.object()
            .put("bankCd", account.bank())
            .put("acntType", accountType(order))
            .put("expireDate", Seoul.stamp(account.due()))
            .put("prdtNm", order.name())
            .put("sellerNm", Form.or(account.holder(), "판매자"))
            .put("ordNm", Form.or(order.buyer().name(), "구매자"))
            .put("dpstrNm", Form.or(account.holder(), "판매자"))
            .put("trdAmt", cipher.apply(digits(order.amount())))
            .put("csrcIssReqYn", "N");
    if (account.fixed() != null) {
      data.put("vAcntNo", cipher.apply(Form.digits(account.fixed())));
    }
    if (account.escrowPassword() != null) {
      data.put("escrAgrYn", "Y").put("escrPwd", cipher.apply(account.escrowPassword().reveal()));
    }
    Tree.putIf(data, "email", order.buyer().email());
    tax(data, order.amount(), order.tax());
    return data;
  }

  /** 1 a new one for each order, 2 fixed, 3 fixed and open to any number of deposits. */
  static String accountType(Order order) {
    Wishes.Account account = order.wishes().account();
    return account.unlimited() ? "3" : account.fixed() == null ? "1" : "2";
  }

  /**
   * @param amount what goes back: of a reversal whatever was charged
   */
  ObjectNode cancel(CancelOrder cancel, Money amount) {
    ObjectNode data =
        Tree.object()
            .put("orgTrdNo", cancel.ref().tid())
            .put("crcCd", "KRW")
            .put("cnclOrd", "%03d".formatted(cancel.no()))
            .put("cnclAmt", cipher.apply(digits(amount)))
            .put("cnclRsn", cancel.reason());
    tax(data, amount, cancel.tax());
    CancelOrder.RefundAccount refund = cancel.refund();
    if (refund != null) {
      data.put("refundBankCd", refund.bank())
          .put("refundAcntNo", cipher.apply(Form.digits(refund.number().reveal())))
          .put("refundDpstrNm", refund.holder());
    }
    return data;
  }

  /**
   * The tax parts, where the shop says something about them. {@code [inferred]} That taxAmt is the
   * supply value without VAT: check with the PG.
   */
  private void tax(ObjectNode data, Money amount, Tax tax) {
    long free = tax.free();
    data.put("taxTypeCd", taxType(amount, tax));
    if (free > 0 || tax.vat() != null) {
      long vat = tax.vatOf(amount.minor());
      data.put("taxAmt", cipher.apply(Long.toString(amount.minor() - free - vat)))
          .put("vatAmt", cipher.apply(Long.toString(vat)))
          .put("taxFreeAmt", cipher.apply(Long.toString(free)))
          .put("svcAmt", cipher.apply("0"));
    }
  }

  /** N taxed, Y free of tax, G both. */
  static String taxType(Money amount, Tax tax) {
    return tax.free() == 0 ? "N" : tax.free() == amount.minor() ? "Y" : "G";
  }

  /** As it is hashed and encrypted. */
  static String digits(Money amount) {
    return Long.toString(amount.minor());
  }
}
