package dev.naru.console.payment;

import dev.naru.account.Action;
import dev.naru.account.entry.Sessions;
import dev.naru.connector.facts.Banks;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Ids;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.OperatorCancels;
import dev.naru.payment.flow.OperatorCancels.Wish;
import dev.naru.payment.story.PaymentDetail;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Gives money back. Nothing is cancelled before the person was shown exactly what it comes to: who
 * has not seen it, because a script did not run or an amount changed, gets the form again with it.
 */
@ConsolePage
class CancelPage {

  private static final String CANCEL = Pages.PAYMENT + "/cancel";

  private final Dossiers dossiers;
  private final OperatorCancels cancels;
  private final Sessions sessions;
  private final Ids ids;

  CancelPage(Dossiers dossiers, OperatorCancels cancels, Sessions sessions, Ids ids) {
    this.dossiers = dossiers;
    this.cancels = cancels;
    this.sessions = sessions;
    this.ids = ids;
  }

  /** What comes of a form as it is filled in: one of the two is there, or none. */
  record Plan(@Nullable Cancellation cancel, @Nullable Failed refused) {}

  @Needs(Action.PAYMENTS_CANCEL)
  @GetMapping(CANCEL)
  ModelAndView form(Viewer viewer, @PathVariable String impUid, CancelForm form) {
    Payment payment = dossiers.require(viewer, impUid);
    if (!isProved(viewer, payment)) {
      return new ModelAndView(Frame.prove(Pages.of(payment) + "/cancel"));
    }
    return page(viewer, payment, form);
  }

  /** The part of the form that says what it comes to. */
  @Needs(Action.PAYMENTS_CANCEL)
  @PostMapping(CANCEL + "/preview")
  ModelAndView preview(Viewer viewer, @PathVariable String impUid, CancelForm form) {
    ModelAndView page = page(viewer, dossiers.require(viewer, impUid), form);
    page.setViewName("console/payment-cancel :: preview");
    return page;
  }

  @Needs(Action.PAYMENTS_CANCEL)
  @PostMapping(CANCEL)
  ModelAndView cancel(
      Viewer viewer, @PathVariable String impUid, CancelForm form, HttpServletRequest request) {
    Payment payment = dossiers.require(viewer, impUid);
    if (!isProved(viewer, payment)) {
      return new ModelAndView(Frame.prove(Pages.of(payment) + "/cancel"));
    }
    try {
      Wish wish = form.wish(payment);
      if (!form.hasSeen(payment, cancels.preview(payment, wish))) {
        return page(viewer, payment, form);
      }
      if (OperatorCancels.needsAccount(payment) && wish.refund() == null) {
        throw Failed.invalid(Refusal.ACCOUNT_IN_PART);
      }
      cancels.cancel(viewer.actor(), payment, wish);
      return Pages.done(payment, "payment-canceled");
    } catch (Failed failed) {
      return made(payment, form)
          .orElseGet(
              () -> {
                Payment now = dossiers.require(viewer, impUid);
                return Said.problem(page(viewer, now, form), failed, request);
              });
    }
  }

  /** What is under way, or was done by the same form before, is no refusal: its page says so. */
  private Optional<ModelAndView> made(Payment payment, CancelForm form) {
    return cancels
        .made(payment, String.valueOf(form.once()))
        .filter(cancel -> cancel.isDone() || cancel.state().isRunning())
        .map(
            cancel ->
                cancel.isDone()
                    ? Pages.done(payment, "payment-canceled")
                    : new ModelAndView("redirect:" + Pages.of(payment)));
  }

  /** Of a large payment any part may be large. */
  private boolean isProved(Viewer viewer, Payment payment) {
    return !OperatorCancels.isLarge(payment.cancelable()) || sessions.isFresh(viewer.session());
  }

  private ModelAndView page(Viewer viewer, Payment payment, CancelForm form) {
    Plan plan = plan(payment, form);
    Cancellation planned = plan.cancel();
    Failed refused = plan.refused();
    return new ModelAndView("console/payment-cancel")
        .addObject("detail", PaymentDetail.of(payment, false))
        .addObject("badge", Badge.of(payment))
        .addObject("benefit", payment.purchase().benefit() != null)
        .addObject("runs", payment.cancelRunning().isPresent())
        .addObject("say", new Say(viewer.words()))
        .addObject("form", form)
        .addObject("once", ids.state())
        .addObject("planned", planned)
        .addObject("keeps", planned == null ? null : payment.cancelable().minus(planned.amount()))
        .addObject("shown", planned == null ? null : CancelForm.shown(payment, planned))
        .addObject("trouble", refused == null ? null : viewer.words().of(refused.failure().why()))
        .addObject("needsAccount", OperatorCancels.needsAccount(payment))
        .addObject("taxLeft", payment.bill().taxLeft())
        .addObject("banks", Banks.ALL)
        .addObject("large", OperatorCancels.isLarge(payment.cancelable()))
        .addObject("styles", Pages.STYLES);
  }

  private Plan plan(Payment payment, CancelForm form) {
    if (form.isOpen()) {
      return new Plan(null, null);
    }
    try {
      return new Plan(cancels.preview(payment, form.unseen().wish(payment)), null);
    } catch (Failed failed) {
      return new Plan(null, failed);
    }
  }
}
