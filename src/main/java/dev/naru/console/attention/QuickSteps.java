package dev.naru.console.attention;

import dev.naru.attention.Attention;
import dev.naru.attention.Matter;
import dev.naru.attention.desk.Refusal;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.audit.Actor;
import dev.naru.payment.proof.Recheck;
import dev.naru.webhook.log.Deliveries;
import dev.naru.webhook.log.Logged;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Steps by which no money moves and nothing is decided: webhooks go out, books are proved. */
@Component
class QuickSteps {

  /** Longer than any webhook waits. */
  private static final Duration BEFORE = Duration.ofDays(4);

  private final Deliveries deliveries;
  private final Attention attention;
  private final Recheck recheck;
  private final HubClock clock;

  QuickSteps(Deliveries deliveries, Attention attention, Recheck recheck, HubClock clock) {
    this.recheck = recheck;
    this.deliveries = deliveries;
    this.attention = attention;
    this.clock = clock;
  }

  /** Sends what was given up again: one event, or all that an address did not take. */
  void resend(Actor actor, Matter matter) {
    String about = matter.about();
    String event = about.substring(about.indexOf('/') + 1);
    if (matter.impUid().isPresent() && event.matches("\\d{1,19}")) {
      deliveries.resend(actor, matter.merchantId(), Long.parseLong(event));
    } else {
      deliveries.resendFailed(
          actor, matter.merchantId(), matter.since().minus(BEFORE), clock.instant());
    }
    // Given up once more, it is a matter once more.
    attention.close(matter, actor.name(), "");
  }

  /** Proves again what differed. */
  void verify(Matter matter) {
    if (!recheck.again(matter.merchantId(), matter.about()).isEmpty()) {
      throw Failed.wrongState(Refusal.DIFFERS_STILL);
    }
  }

  /** Tries a silent address at once. */
  void unpark(Actor actor, Matter matter) {
    long lane =
        deliveries.parked(matter.merchantId()).stream()
            .filter(one -> one.origin().equals(matter.about()))
            .mapToLong(Logged.Parked::lane)
            .findFirst()
            .orElseThrow(() -> Failed.wrongState(Refusal.NO_SUCH_STEP));
    deliveries.unpark(actor, matter.merchantId(), lane);
  }
}
