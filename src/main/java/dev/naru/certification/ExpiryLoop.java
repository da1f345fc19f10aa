package dev.naru.certification;

import dev.naru.kernel.HubClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends certifications that nobody confirmed, and with them what they hold of a person. Every node
 * runs one.
 */
@Component
class ExpiryLoop implements SmartLifecycle {

  /** So long a confirm without an answer may be repeated. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(ExpiryLoop.class);

  private final CertificationStore store;
  private final HubClock clock;
  private volatile CountDownLatch stopped = new CountDownLatch(0);

  ExpiryLoop(CertificationStore store, HubClock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void start() {
    CountDownLatch end = new CountDownLatch(1);
    stopped = end;
    Thread.ofVirtual().name("certification-expiry").start(() -> run(end));
  }

  @Override
  public void stop() {
    stopped.countDown();
  }

  @Override
  public boolean isRunning() {
    return stopped.getCount() > 0;
  }

  /** Ends what is over now. */
  int round() {
    Instant now = clock.instant();
    return store.expire(now.minus(GRACE), now);
  }

  private void run(CountDownLatch end) {
    try {
      while (!end.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          round();
        } catch (RuntimeException e) {
          LOG.error("certifications could not be ended, they come up again", e);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
