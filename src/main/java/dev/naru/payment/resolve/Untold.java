package dev.naru.payment.resolve;

import dev.naru.attention.What;
import dev.naru.connector.Approval;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.OneSteps;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Charges of unknown outcome whose PG has no books. Of a window that charges by itself a signed
 * notice may still come, and some PGs say whether what was told is so. What nobody confirms within
 * the PG's patience stays unknown, for a person to find out: it is never guessed.
 */
@Component
class Untold {

  private static final Logger LOG = LoggerFactory.getLogger(Untold.class);

  private final PaymentStore store;
  private final OneSteps oneSteps;
  private final Looks looks;
  private final HubClock clock;

  Untold(PaymentStore store, OneSteps oneSteps, Looks looks, HubClock clock) {
    this.store = store;
    this.oneSteps = oneSteps;
    this.looks = looks;
    this.clock = clock;
  }

  /** Takes one look. */
  void look(Payment payment, Attempt attempt, Channel channel) {
    boolean window = OneSteps.isOne(payment);
    Instant over = attempt.calledAt().plus(looks.patience(channel));
    boolean early = window && clock.instant().isBefore(over);
    if (!window || !Looks.canAsk(channel)) {
      end(payment, early ? over : null);
      return;
    }
    Outcome<Optional<PgRecord>> word = looks.find(payment, attempt, channel);
    Optional<Approval> charged = OneSteps.charged(word);
    if (charged.isPresent()) {
      var _ = oneSteps.conclude(payment, charged.get());
    } else {
      boolean said = word instanceof Outcome.Ok<Optional<PgRecord>>;
      end(payment, early || !said ? looks.next(attempt.tries()) : null);
      if (!early && !said) {
        raise(payment, "the PG does not say whether it has charged");
      }
    }
  }

  /** Looked at without a result; without another look it is a person's. */
  private void end(Payment payment, @Nullable Instant next) {
    // A notice may have settled it during the look.
    Payment after =
        store.update(payment, p -> p.isUndecided() ? p.looked(false, next) : Change.none(p));
    if (next == null && after.isUndecided()) {
      LOG.error("payment {} stays unknown: its PG has no means", payment.impUid());
      raise(payment, "the PG has no means to tell");
    }
  }

  private void raise(Payment payment, String why) {
    looks.unsettled(payment, What.OUTCOME_UNKNOWN, Looks.STUCK, why);
  }
}
