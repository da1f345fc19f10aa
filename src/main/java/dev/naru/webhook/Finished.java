package dev.naru.webhook;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A try that came to an end.
 *
 * @param status the HTTP status, 0 if there was no answer
 */
record Finished(
    Claimed claimed, Instant at, long millis, int status, String answer, Retry.Verdict verdict) {

  private static final Logger LOG = LoggerFactory.getLogger(Finished.class);

  /** Tells who has to know. URLs stay out of the log of the program: shops put keys into them. */
  void tell(Attention attention, Instant now) {
    String about = claimed.impUid() + "/" + claimed.eventId();
    boolean late = now.isAfter(claimed.createdAt().plus(Retry.PATIENCE));
    if (late && verdict.state() == Delivery.State.DELIVERED) {
      // It was given up, and sent again by hand.
      attention.settled(claimed.merchantId(), What.WEBHOOK_GIVEN_UP, about);
    }
    if (verdict.state() == Delivery.State.GIVEN_UP) {
      LOG.warn(
          "webhook of event {} is given up after {} tries, the last with status {}",
          claimed.eventId(),
          claimed.tries(),
          status);
      attention.raise(
          claimed.merchantId(),
          What.WEBHOOK_GIVEN_UP,
          about,
          claimed.tries() + " tries, the last with status " + status);
    }
  }
}
