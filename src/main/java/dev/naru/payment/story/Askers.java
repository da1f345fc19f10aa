package dev.naru.payment.story;

import dev.naru.kernel.Ids;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which person asked for a cancel: the one who was written down right before it. */
@Component
class Askers {

  private final Audit audit;

  Askers(Audit audit) {
    this.audit = audit;
  }

  /** Empty unless somebody of the shop's asked for it at the console. */
  Optional<Actor> of(Payment payment, Cancellation cancel) {
    if (!Summary.isAdmin(cancel)) {
      return Optional.empty();
    }
    // Rows sort by time: the newest that is older is found without looking at others.
    AuditQuery before =
        AuditQuery.of(List.of(payment.merchantId()))
            .acts(Set.of(Act.PAYMENT_CANCEL_ASKED))
            .about(payment.impUid().value())
            .below(Ids.firstRowAt(cancel.requestedAt().plusMillis(1)))
            .most(1);
    return audit.list(before).stream()
        .filter(row -> String.valueOf(row.after()).contains(cancel.id()))
        .map(Audited::actor)
        .findFirst();
  }
}
