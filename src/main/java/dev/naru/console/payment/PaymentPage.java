package dev.naru.console.payment;

import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.merchant.audit.Act;
import dev.naru.payment.Payment;
import dev.naru.webhook.Webhooks;
import dev.naru.webhook.log.Deliveries;
import dev.naru.webhook.log.Logged.Place;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One payment: what it is, and all that became of it. */
@ConsolePage
class PaymentPage {

  private final Dossiers dossiers;
  private final Accounts accounts;
  private final Deliveries deliveries;
  private final Webhooks webhooks;

  PaymentPage(Dossiers dossiers, Accounts accounts, Deliveries deliveries, Webhooks webhooks) {
    this.dossiers = dossiers;
    this.accounts = accounts;
    this.deliveries = deliveries;
    this.webhooks = webhooks;
  }

  /**
   * @param all whether nothing is folded
   * @param seen the mark of what is shown already: if that is still all, there is no answer
   */
  @Needs(Action.PAYMENTS_READ)
  @GetMapping(Pages.PAYMENT)
  @Nullable ModelAndView payment(
      Viewer viewer,
      @PathVariable String impUid,
      @RequestParam(defaultValue = "false") boolean all,
      @RequestParam(defaultValue = "") String seen,
      HttpServletResponse response) {
    Dossier dossier = dossiers.of(viewer, dossiers.require(viewer, impUid), false, all);
    if (dossier.mark().equals(seen)) {
      response.setStatus(HttpStatus.NO_CONTENT.value());
      return null;
    }
    return page(viewer, dossier, all);
  }

  private static ModelAndView page(Viewer viewer, Dossier dossier, boolean all) {
    return new ModelAndView("console/payment")
        .addObject("one", dossier)
        .addObject("say", new Say(viewer.words()))
        .addObject("all", all)
        .addObject("styles", Pages.STYLES);
  }

  /** Shows who bought; that somebody looked is written down. */
  @Needs(Action.PAYMENTS_READ)
  @PostMapping(Pages.PAYMENT + "/buyer")
  ModelAndView buyer(Viewer viewer, @PathVariable String impUid) {
    Payment payment = dossiers.require(viewer, impUid);
    accounts.note(viewer.actor(), payment.merchantId(), Act.BUYER_SHOWN, impUid, () -> {});
    return page(viewer, dossiers.of(viewer, payment, true, false), false);
  }

  /**
   * Sends a webhook of the payment again.
   *
   * @param hook which: its place in the log
   */
  @Needs(Action.WEBHOOKS_RESEND)
  @PostMapping(Pages.PAYMENT + "/resend")
  String resend(
      Viewer viewer, @PathVariable String impUid, @RequestParam(defaultValue = "") String hook) {
    Payment payment = dossiers.require(viewer, impUid);
    Place place =
        Place.of(hook)
            .filter(
                one ->
                    webhooks.log(payment.merchantId(), payment.impUid()).stream()
                        .anyMatch(known -> one.equals(new Place(known.eventId(), known.no()))))
            .orElseThrow(() -> Failed.notFound(Refusal.NO_HOOK));
    deliveries.resend(viewer.actor(), payment.merchantId(), place);
    return Frame.back(Pages.of(payment), "webhook-resent");
  }
}
