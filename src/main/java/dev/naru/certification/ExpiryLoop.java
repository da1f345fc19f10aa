package dev.naru.certification;

import dev.naru.attention.Jobs;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends certifications that nobody confirmed, and with them what they hold of a person. Every node
 * runs one.
 */
@Component
class ExpiryLoop implements SmartLifecycle, DueWork, Pulse {

  /** So long a confirm without an answer may be repeated. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final ExpiryStore store;
  private final HubClock clock;
  private final WorkLoop loop;

  ExpiryLoop(ExpiryStore store, HubClock clock, Jobs jobs) {
    loop =
        new WorkLoop(
            "certification-expiry", 1, () -> jobs.round("certification-expiry", this::round));
    this.store = store;
    this.clock = clock;
  }

  /** Ends what is over now. */
  void round() {
    Instant now = clock.instant();
    store.expire(now.minus(GRACE), now);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public Optional<String> trouble() {
    return loop.trouble();
  }

  /** Requests that are under way when the hub stops wait for what this does. */
  @Override
  public int getPhase() {
    return DueWork.PHASE;
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  @Override
  public void drain() throws InterruptedException {
    loop.drain();
  }

  @Override
  public void resume() {
    loop.resume();
  }

  @Override
  public Optional<Instant> nextDue() {
    return store.nextEnd(GRACE);
  }
}
