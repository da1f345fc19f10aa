package dev.naru.kernel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Claims and does work: rounds at every tick and when woken, on one thread, each job on a virtual
 * thread of its own, never more than a number at once. Every node runs its own; claims keep them
 * apart.
 */
public final class WorkLoop implements Pulse {

  /** Claims what is due, no more than {@link #free} jobs, and gives each to {@link #submit}. */
  @FunctionalInterface
  public interface Round {
    void run() throws InterruptedException;
  }

  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration STOPPING = Duration.ofSeconds(10);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

  private final String name;
  private final Round round;
  private final Beat beat;
  private final int atOnce;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicBoolean hungry = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Integer> byKey = new HashMap<>();
  private boolean paused;
  private boolean inRound;
  private int running;
  private volatile @Nullable Thread thread;

  public WorkLoop(String name, int atOnce, Round round) {
    this.name = name;
    beat = new Beat(name);
    this.atOnce = atOnce;
    this.round = round;
  }

  public void start() {
    Thread fresh = Thread.ofVirtual().name(name).unstarted(this::run);
    thread = fresh;
    beat.now();
    fresh.start();
  }

  @Override
  public Optional<String> trouble() {
    return beat.trouble();
  }

  /** Begins no more rounds, and waits a little for the jobs that run. */
  public void stop() {
    thread = null;
    beat.stop();
    wake();
    lock.lock();
    try {
      long left = STOPPING.toNanos();
      while ((inRound || running > 0) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  public boolean isRunning() {
    return thread != null;
  }

  /** Looks for work at once rather than at the next tick. */
  public void wake() {
    wake.release();
  }

  /** How many more jobs may run now. */
  public int free() {
    lock.lock();
    try {
      return atOnce - running;
    } finally {
      lock.unlock();
    }
  }

  /** How many jobs of each kind run. */
  public Map<String, Integer> running() {
    lock.lock();
    try {
      return Map.copyOf(byKey);
    } finally {
      lock.unlock();
    }
  }

  /** Does a job on a thread of its own. What it throws is logged: its work comes up again. */
  public void submit(Runnable job) {
    submit("", job);
  }

  /**
   * The same for a job of a kind of which not too many should run, see {@link #running}.
   *
   * @param kind such as the PG that the job calls
   */
  public void submit(String kind, Runnable job) {
    count(kind, 1);
    boolean started = false;
    try {
      Thread.ofVirtual().name(name + "-job").start(() -> carry(kind, job));
      started = true;
    } finally {
      if (!started) {
        count(kind, -1);
      }
    }
  }

  private void carry(String kind, Runnable job) {
    try {
      job.run();
    } catch (Throwable e) {
      beat.survive("a job failed, it comes up again", e);
    } finally {
      count(kind, -1);
      if (hungry.compareAndSet(true, false)) {
        wake();
      }
    }
  }

  private void count(String kind, int more) {
    lock.lock();
    try {
      running += more;
      byKey.merge(kind, more, Integer::sum);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** See {@link DueWork#drain}. */
  public void drain() throws InterruptedException {
    lock.lock();
    try {
      paused = true;
      while (inRound || running > 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** See {@link DueWork#resume}. */
  public void resume() {
    lock.lock();
    try {
      paused = false;
    } finally {
      lock.unlock();
    }
    wake();
  }

  private void run() {
    while (thread == Thread.currentThread()) {
      beat.now();
      try {
        if (begin()) {
          try {
            round.run();
          } finally {
            end();
          }
        }
        boolean woken = wake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
        if (woken) {
          wake.drainPermits();
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (Throwable e) {
        beat.survive("a round failed", e);
        if (!rested()) {
          return;
        }
      }
    }
  }

  /** With all places taken there is no round: the first job that ends asks for one. */
  private boolean begin() {
    lock.lock();
    try {
      hungry.set(true);
      inRound = !paused && running < atOnce;
      return inRound;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      inRound = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The database may be away: try again in a moment, not at once. */
  private static boolean rested() {
    try {
      TimeUnit.NANOSECONDS.sleep(AFTER_TROUBLE.toNanos());
      return true;
    } catch (InterruptedException stopping) {
      return false;
    }
  }
}
