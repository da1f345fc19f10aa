package dev.naru.payment.resolve;

import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.CancelRequest;
import dev.naru.payment.flow.Cancellations;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a person has the hub do about a payment that is a matter; who wanted it is written down. */
@Component
public class Remedies {

  private final Cancellations cancellations;
  private final Matters matters;
  private final Changes changes;

  Remedies(Cancellations cancellations, Matters matters, Changes changes) {
    this.cancellations = cancellations;
    this.matters = matters;
    this.changes = changes;
  }

  /** Has the PG asked again, at once. */
  public void lookAgain(Actor actor, Payment payment) {
    String impUid = payment.impUid().value();
    changes.make(
        actor,
        payment.merchantId(),
        Act.MATTER_LOOKED_AT,
        impUid,
        change -> change.after(Map.of("attempt", payment.attempt().no())));
    matters.lookAgain(payment.merchantId(), impUid);
  }

  /**
   * Cancels what a matter is about. That it is wanted is written down before the PG is asked.
   *
   * @throws Failed as {@link Cancellations#cancel}
   */
  public Payment giveBack(Actor actor, Payment payment, CancelRequest request) {
    Object amount = request.amount() == null ? payment.cancelable() : request.amount();
    changes.make(
        actor,
        payment.merchantId(),
        Act.MATTER_MONEY_BACK,
        payment.impUid().value(),
        change ->
            change.after(Map.of("amount", String.valueOf(amount), "reason", request.reason())));
    return cancellations.cancel(payment, request);
  }
}
