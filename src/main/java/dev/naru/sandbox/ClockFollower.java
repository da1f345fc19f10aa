package dev.naru.sandbox;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.work.DueWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/**
 * Keeps this node's clock as the database has it. Where somebody wants to move it, stops this
 * node's work first and takes it up again with the new time.
 */
@Component
@Conditional(SandboxOnly.class)
class ClockFollower implements SmartLifecycle, InitializingBean {

  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration BUSY = Duration.ofMillis(5);
  private static final int BUSY_LOOKS = 400;
  private static final Logger LOG = LoggerFactory.getLogger(ClockFollower.class);

  private final ClockStore store;
  private final HubClock clock;
  private final List<DueWork> works;
  private final SimulatorTime simulators;
  private final Semaphore wake = new Semaphore(0);
  private volatile int busy;
  private volatile @Nullable Thread thread;

  ClockFollower(ClockStore store, HubClock clock, List<DueWork> works, SimulatorTime simulators) {
    this.simulators = simulators;
    this.store = store;
    this.clock = clock;
    this.works = works;
  }

  /** Before anything runs. */
  @Override
  public void afterPropertiesSet() {
    clock.begin(store.ahead());
  }

  /** Before all that works, and ends after it. */
  @Override
  public int getPhase() {
    return 0;
  }

  /** Returns when this node has the time, and whoever moves it waits for this node too. */
  @Override
  public void start() {
    ClockStore.Session session = store.session();
    session.work();
    catchUp();
    if (clock.offset().isPositive()) {
      simulators.follow(clock.offset());
    }
    Thread fresh = Thread.ofVirtual().name("clock").unstarted(() -> run(session));
    thread = fresh;
    fresh.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** The clock is about to be moved: looks often. */
  void look() {
    busy = BUSY_LOOKS;
    wake.release();
  }

  /** Whenever the connection is lost, another; until there is one, nobody waits for this node. */
  private void run(ClockStore.Session first) {
    ClockStore.Session session = first;
    while (session != null) {
      try (ClockStore.Session held = session) {
        follow(held);
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException e) {
        LOG.debug("this node lost its part in the clock", e);
      }
      session = again();
    }
  }

  /** Null when this ends. */
  private ClockStore.@Nullable Session again() {
    while (thread == Thread.currentThread()) {
      rest(Duration.ofSeconds(1));
      try {
        ClockStore.Session session = store.session();
        session.work();
        catchUp();
        return session;
      } catch (RuntimeException e) {
        LOG.warn("this node cannot follow the clock, it tries again", e);
      }
    }
    return null;
  }

  private void follow(ClockStore.Session session) throws InterruptedException {
    while (thread == Thread.currentThread()) {
      if (store.isStopWanted()) {
        busy = BUSY_LOOKS;
        stopAndGo(session);
      }
      Duration pause = busy > 0 ? BUSY : IDLE;
      boolean _ = wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
      wake.drainPermits();
      busy = Math.max(0, busy - 1);
    }
  }

  private void stopAndGo(ClockStore.Session session) throws InterruptedException {
    try {
      for (DueWork work : works) {
        work.drain();
      }
      session.rest();
      // Waits behind whoever wants to move the clock.
      session.work();
      catchUp();
    } finally {
      works.forEach(DueWork::resume);
    }
  }

  private void catchUp() {
    Duration ahead = store.ahead();
    // Behind by more than what the database rounds off only after a reset.
    if (ahead.compareTo(clock.offset()) > 0 || ahead.plusSeconds(1).compareTo(clock.offset()) < 0) {
      clock.offset(ahead);
    }
  }

  private static void rest(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
