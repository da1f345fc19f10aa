package dev.naru.webhook;

import dev.naru.attention.Attention;
import dev.naru.attention.Jobs;
import dev.naru.attention.What;
import dev.naru.kernel.HubClock;
import io.micrometer.core.instrument.Metrics;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Who is told what became of deliveries: the log, the metrics, and the operator. */
@Component
class EndedDeliveries {

  private static final Logger LOG = LoggerFactory.getLogger(EndedDeliveries.class);

  private final Attention attention;
  private final Jobs jobs;
  private final HubClock clock;

  EndedDeliveries(Attention attention, Jobs jobs, HubClock clock) {
    this.attention = attention;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Something of ours broke: it comes up again. */
  void broke(Claimed claimed, RuntimeException e) {
    LOG.error("webhook of event {} broke, it waits", claimed.eventId(), e);
    jobs.failed(claimed.merchantId(), "webhook " + claimed.eventId(), e);
  }

  /** A try is over, and written. URLs stay out of the log: shops put keys into them. */
  void ended(Finished done) {
    Claimed claimed = done.claimed();
    Delivery.State state = done.verdict().state();
    Metrics.counter("naru.webhooks", "state", state.name().toLowerCase(Locale.ROOT)).increment();
    String about = claimed.impUid() + "/" + claimed.eventId();
    boolean late = clock.instant().isAfter(claimed.createdAt().plus(Retry.PATIENCE));
    if (late && state == Delivery.State.DELIVERED) {
      // It was given up, and sent again by hand.
      attention.settled(claimed.merchantId(), What.WEBHOOK_GIVEN_UP, about);
    } else if (state == Delivery.State.GIVEN_UP) {
      LOG.warn(
          "webhook of event {} of {} is given up after {} tries, the last with status {}",
          claimed.eventId(),
          claimed.impUid(),
          claimed.tries(),
          done.status());
      attention.raise(
          claimed.merchantId(),
          What.WEBHOOK_GIVEN_UP,
          about,
          claimed.tries() + " tries, the last with status " + done.status());
    }
  }
}
