package dev.naru.kernel.work;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
  private final Places places;
  private final Semaphore wake = new Semaphore(0);
  private volatile @Nullable Thread thread;

  public WorkLoop(String name, int atOnce, Round round) {
    this.name = name;
    beat = new Beat(name);
    places = new Places(atOnce);
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
    try {
      places.rest(STOPPING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    return places.free();
  }

  /** How many jobs of each kind run. */
  public Map<String, Integer> running() {
    return places.running();
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
    places.count(kind, 1);
    boolean started = false;
    try {
      Thread.ofVirtual().name(name + "-job").start(() -> carry(kind, job));
      started = true;
    } finally {
      if (!started) {
        places.count(kind, -1);
      }
    }
  }

  private void carry(String kind, Runnable job) {
    try {
      job.run();
    } catch (Throwable e) {
      beat.survive("a job failed, it comes up again", e);
    } finally {
      places.count(kind, -1);
      if (places.isHungry()) {
        wake();
      }
    }
  }

  /** See {@link DueWork#drain}. */
  public void drain() throws InterruptedException {
    places.drain();
  }

  /** See {@link DueWork#resume}. */
  public void resume() {
    places.resume();
    wake();
  }

  private void run() {
    while (thread == Thread.currentThread()) {
      beat.now();
      try {
        if (places.begin()) {
          try {
            round.run();
          } finally {
            places.end();
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
