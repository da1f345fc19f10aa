package dev.naru.console.payment;

import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.aftercare.CashReceipt.Sale;
import dev.naru.aftercare.CashReceipts;
import dev.naru.aftercare.ReceiptRequest;
import dev.naru.connector.aftercare.ReceiptOrder.Use;
import dev.naru.connector.order.Tax;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.merchant.audit.Act;
import dev.naru.payment.Payment;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The cash receipt of a payment in cash: issued, looked at, taken back. */
@ConsolePage
class ReceiptPage {

  private static final String RECEIPT = Pages.PAYMENT + "/cash-receipt";

  private final Dossiers dossiers;
  private final CashReceipts receipts;
  private final Accounts accounts;

  ReceiptPage(Dossiers dossiers, CashReceipts receipts, Accounts accounts) {
    this.dossiers = dossiers;
    this.receipts = receipts;
    this.accounts = accounts;
  }

  @Needs(Action.PAYMENTS_CANCEL)
  @GetMapping(RECEIPT)
  ModelAndView receipt(Viewer viewer, @PathVariable String impUid) {
    Payment payment = dossiers.require(viewer, impUid);
    return new ModelAndView("console/payment-receipt")
        .addObject("one", dossiers.of(viewer, payment, false, false))
        .addObject("say", new Say(viewer.words()))
        .addObject("tax", payment.bill().taxLeft())
        .addObject("styles", Pages.STYLES);
  }

  @Needs(Action.PAYMENTS_CANCEL)
  @PostMapping(RECEIPT)
  ModelAndView issue(
      Viewer viewer,
      @PathVariable String impUid,
      @RequestParam(defaultValue = "") String identifier,
      @RequestParam(defaultValue = "PERSON") Use use,
      HttpServletRequest request) {
    Payment payment = dossiers.require(viewer, impUid);
    try {
      String digits = identifier.replaceAll("[ -]", "");
      if (!digits.matches("\\d{10,19}")) {
        throw Failed.invalid(Refusal.WRONG_IDENTIFIER);
      }
      Tax tax = payment.bill().taxLeft();
      ReceiptRequest wish =
          new ReceiptRequest(use, new Secret(digits), tax, payment.purchase().buyer());
      note(viewer, payment, Act.RECEIPT_ASKED);
      receipts.issue(viewer.requireShop(payment.merchantId()), payment, wish);
      return Pages.done(payment, "receipt-issued");
    } catch (Failed failed) {
      return Said.problem(
          receipt(viewer, impUid).addObject("use", use).addObject("identifier", identifier),
          failed,
          request);
    }
  }

  @Needs(Action.PAYMENTS_CANCEL)
  @PostMapping(RECEIPT + "/revoke")
  ModelAndView revoke(Viewer viewer, @PathVariable String impUid, HttpServletRequest request) {
    Payment payment = dossiers.require(viewer, impUid);
    try {
      note(viewer, payment, Act.RECEIPT_REVOKE_ASKED);
      receipts.revoke(payment.merchantId(), Sale.of(payment.impUid().value()));
      return Pages.done(payment, "receipt-revoked");
    } catch (Failed failed) {
      return Said.problem(receipt(viewer, impUid), failed, request);
    }
  }

  private void note(Viewer viewer, Payment payment, Act act) {
    String about = payment.impUid().value();
    accounts.note(viewer.actor(), payment.merchantId(), act, about, () -> {});
  }
}
