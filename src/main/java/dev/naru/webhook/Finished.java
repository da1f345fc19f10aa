package dev.naru.webhook;

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

  /** URLs stay out of the log of the program: shops put keys into them. */
  void tell() {
    if (verdict.state() == Delivery.State.GIVEN_UP) {
      LOG.warn(
          "webhook of event {} is given up after {} tries, the last with status {}",
          claimed.eventId(),
          claimed.tries(),
          status);
    }
  }
}
