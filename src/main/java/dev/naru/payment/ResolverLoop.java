package dev.naru.payment;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs {@link Resolver} and {@link CancelResolver}: claims what is due on this node and looks at
 * it, each on its own virtual thread. Every node runs one; claims keep them apart.
 */
@Component
class ResolverLoop implements SmartLifecycle {

  private static final Duration TICK = Duration.ofMillis(500);
  private static final int AT_ONCE = 64;

  private static final Logger LOG = LoggerFactory.getLogger(ResolverLoop.class);

  private final ResolverStore claims;
  private final PaymentStore store;
  private final Resolver resolver;
  private final CancelResolver cancels;
  private final Payments payments;
  private final HubClock clock;
  private final Settings settings;
  private final Semaphore wake = new Semaphore(0);
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean running;

  ResolverLoop(
      ResolverStore claims,
      PaymentStore store,
      Resolver resolver,
      CancelResolver cancels,
      Payments payments,
      HubClock clock,
      Settings settings,
      Nudges nudges) {
    this.claims = claims;
    this.store = store;
    this.resolver = resolver;
    this.cancels = cancels;
    this.payments = payments;
    this.clock = clock;
    this.settings = settings;
    nudges.onUndecided(wake::release);
  }

  @Override
  public void start() {
    if (settings.database() == null) {
      int orphans = claims.orphaned(clock.instant());
      if (orphans > 0) {
        LOG.warn("{} calls were under way when the hub ended: resolving them now", orphans);
      }
    }
    running = true;
    Thread.ofVirtual().name("resolver").start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    wake.release();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      try {
        round();
        boolean woken = wake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
        if (woken) {
          wake.drainPermits();
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException e) {
        LOG.error("a round of the resolver failed", e);
        if (!paused()) {
          return;
        }
      }
    }
  }

  private void round() throws InterruptedException {
    Instant now = clock.instant();
    Instant until = payments.leaseEnd();
    each(claims.attempts(now, until), claim -> resolver.attempt(payment(claim)));
    each(claims.cancellations(now, until), this::cancel);
  }

  private void cancel(ResolverStore.Claim claim) {
    Payment payment = payment(claim);
    Cancellation cancel = payment.cancellations().get(claim.no() - 1);
    if (cancel.state().isRunning()) {
      cancels.look(payment, cancel);
    }
  }

  private Payment payment(ResolverStore.Claim claim) {
    return store.get(claim.merchantId(), claim.impUid());
  }

  private void each(List<ResolverStore.Claim> due, Consumer<ResolverStore.Claim> look)
      throws InterruptedException {
    for (ResolverStore.Claim claim : due) {
      places.acquire();
      workers.execute(
          () -> {
            try {
              look.accept(claim);
            } catch (RuntimeException e) {
              LOG.error("cannot resolve {}, it comes up again", claim.impUid(), e);
            } finally {
              places.release();
            }
          });
    }
  }

  /** The database may be away: try again in a moment, not at once. */
  private boolean paused() {
    try {
      TimeUnit.SECONDS.sleep(1);
      return true;
    } catch (InterruptedException stopping) {
      return false;
    }
  }
}
