package dev.naru.console.payment;

import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.aftercare.escrow.Couriers;
import dev.naru.aftercare.escrow.EscrowDeliveries;
import dev.naru.connector.aftercare.Shipment;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Act;
import dev.naru.payment.Payment;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Registers how goods paid by escrow are on their way, or mends that. */
@ConsolePage
class DeliveryPage {

  private static final String DELIVERY = Pages.PAYMENT + "/delivery";

  private final Dossiers dossiers;
  private final EscrowDeliveries deliveries;
  private final Accounts accounts;
  private final HubClock clock;

  DeliveryPage(Dossiers dossiers, EscrowDeliveries deliveries, Accounts accounts, HubClock clock) {
    this.dossiers = dossiers;
    this.deliveries = deliveries;
    this.accounts = accounts;
    this.clock = clock;
  }

  @Needs(Action.PAYMENTS_CANCEL)
  @GetMapping(DELIVERY)
  ModelAndView form(Viewer viewer, @PathVariable String impUid) {
    Payment payment = dossiers.require(viewer, impUid);
    String shop = viewer.requireShop(payment.merchantId()).name();
    // The form has the buyer's name and address in it.
    note(viewer, payment, Act.BUYER_SHOWN);
    return page(
        viewer, payment, DeliveryForm.of(shop, payment.purchase().buyer(), clock.instant()));
  }

  @Needs(Action.PAYMENTS_CANCEL)
  @PostMapping(DELIVERY)
  ModelAndView register(
      Viewer viewer, @PathVariable String impUid, DeliveryForm form, HttpServletRequest request) {
    Payment payment = dossiers.require(viewer, impUid);
    Merchant shop = viewer.requireShop(payment.merchantId());
    try {
      Shipment shipment = form.shipment(shop.name());
      note(viewer, payment, Act.DELIVERY_ASKED);
      if (deliveries.find(payment).isPresent()) {
        deliveries.change(payment, shipment);
      } else {
        deliveries.register(payment, shipment);
      }
      return Pages.done(payment, "delivery-registered");
    } catch (Failed failed) {
      return Said.problem(page(viewer, payment, form), failed, request);
    }
  }

  private void note(Viewer viewer, Payment payment, Act act) {
    String about = payment.impUid().value();
    accounts.note(viewer.actor(), payment.merchantId(), act, about, () -> {});
  }

  private ModelAndView page(Viewer viewer, Payment payment, DeliveryForm form) {
    return new ModelAndView("console/payment-delivery")
        .addObject("one", dossiers.of(viewer, payment, false, false))
        .addObject("say", new Say(viewer.words()))
        .addObject("form", form)
        .addObject("couriers", Couriers.ALL)
        .addObject("styles", Pages.STYLES);
  }
}
