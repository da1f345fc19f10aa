package dev.naru.checkout;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Works on what browsers bring back from PGs' windows. The shop is asked, the PG is called, a lost
 * answer is looked for: what takes longer than a moment goes on without the browser, which gets a
 * page of ours meanwhile instead of standing on the PG's, whose buttons still work.
 */
@Component
public class Returns implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Returns.class);

  /** The mark of a node that died ends after this: longer than any of this work takes. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** What still runs after this when the hub ends is found out by the resolver. */
  private static final Duration STOPPING = Duration.ofSeconds(60);

  /** After the web server, whose requests begin the work. */
  private static final int PHASE = Integer.MAX_VALUE - 4_096;

  private final CheckoutStore store;
  private final HubClock clock;
  private final Settings settings;
  private final Executor threads = work -> Thread.ofVirtual().name("window-return").start(work);
  private final Phaser running = new Phaser(1);
  private volatile boolean started;

  Returns(CheckoutStore store, HubClock clock, Settings settings) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Does the work of a return, or begins it: {@link #isAtWork} tells when it is over.
   *
   * @throws Failed what the work throws, if it does so within a moment
   */
  public void work(Token token, Runnable work) {
    running.register();
    CompletableFuture<Void> done =
        CompletableFuture.runAsync(work, threads)
            .whenComplete((_, _) -> running.arriveAndDeregister());
    try {
      done.get(settings.pgTimes().moment().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException goesOn) {
      store.busy(token, clock.instant().plus(LONGEST));
      var _ = done.whenComplete((_, failure) -> over(token, failure));
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void over(Token token, @Nullable Throwable failure) {
    if (failure != null && !(failure.getCause() instanceof Failed)) {
      LOG.error("a return from a window failed", failure);
    }
    store.busy(token, null);
  }

  /** Whether some node still works on what a window brought back. */
  public boolean isAtWork(Checkout checkout) {
    return store.busyUntil(checkout.token()).filter(clock.instant()::isBefore).isPresent();
  }

  @Override
  public void start() {
    started = true;
  }

  @Override
  public void stop() {
    started = false;
    try {
      running.awaitAdvanceInterruptibly(
          running.arrive(), STOPPING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.warn("{} returns from windows are left to the resolver", running.getUnarrivedParties());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return started;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
