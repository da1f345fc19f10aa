package dev.naru.webhook;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.kernel.work.Beat;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.merchant.Shards.Shard;
import dev.naru.payment.Nudges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Brings webhooks to their URLs. One thread does all the SQL: it writes what came of the tries that
 * ended, then claims what is due; each try has a thread of its own and holds no connection. So
 * under load both statements come in batches, and payments never wait for a connection because of
 * webhooks.
 */
@Component
public class Courier implements SmartLifecycle, DueWork, Pulse {

  /** Beyond the longest try: a lease that ends means that whoever held it is gone. */
  static final Duration LEASE = Sender.LONGEST.plusSeconds(20);

  private static final int IN_FLIGHT = 512;
  private static final long TICK_MILLIS = 1_000;

  /** Rounds are no closer than this, so that under load each moves many deliveries at once. */
  private static final Duration BREATH = Duration.ofMillis(20);

  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final ClaimStore claims;
  private final DueStore due;
  private final Sender sender;
  private final HubClock clock;
  private final Settings settings;
  private final Results results;

  private final Beat beat = new Beat("courier");
  private final Semaphore wake = new Semaphore(0);
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

  // The loop's own, guarded by the lock because drain() looks at it
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private final Lanes lanes = new Lanes();
  private List<Finished> unwritten = new ArrayList<>();
  private int inFlight;
  private boolean paused;

  private volatile @Nullable Thread loop;

  /** A try that is over; without a result if something of ours broke. */
  private record Ended(Claimed claimed, @Nullable Finished result) {}

  Courier(
      ClaimStore claims,
      DueStore due,
      Sender sender,
      HubClock clock,
      Settings settings,
      Nudges nudges,
      Results results) {
    this.results = results;
    this.claims = claims;
    this.due = due;
    this.sender = sender;
    this.clock = clock;
    this.settings = settings;
    nudges.onDelivery(this::wake);
  }

  void wake() {
    wake.release();
  }

  /**
   * Claims no more, and returns when nothing is on its way and every result is written: then the
   * clock may be moved without a lease ending under a running try.
   */
  @Override
  public void drain() throws InterruptedException {
    lock.lock();
    try {
      paused = true;
      while (loop != null && (inFlight > 0 || !unwritten.isEmpty())) {
        wake();
        var _ = settled.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The end of {@link #drain}. */
  @Override
  public void resume() {
    lock.lock();
    try {
      paused = false;
    } finally {
      lock.unlock();
    }
    wake();
  }

  /** When the next delivery is due, for who moves the clock. */
  @Override
  public Optional<Instant> nextDue() {
    return claims.shards().stream()
        .flatMap(shard -> due.nextDue(shard.jdbc()).stream())
        .min(Instant::compareTo);
  }

  @Override
  public void start() {
    // With an embedded database there is no other hub that may hold a lease.
    if (settings.database() == null) {
      claims.shards().forEach(shard -> due.takeBack(shard, clock.instant()));
    }
    // The system's scheduler gives it its turn even when requests keep all processors busy.
    Thread fresh = Thread.ofPlatform().daemon().name("courier").unstarted(this::run);
    loop = fresh;
    beat.now();
    fresh.start();
  }

  /** Waits a little for what is on its way; what is not back by then is delivered again later. */
  @Override
  public void stop() {
    Thread running = loop;
    if (running == null) {
      return;
    }
    loop = null;
    beat.stop();
    wake();
    try {
      if (!running.join(STOPPING)) {
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Requests that are under way when the hub stops make webhooks to deliver. */
  @Override
  public int getPhase() {
    return DueWork.PHASE;
  }

  @Override
  public Optional<String> trouble() {
    return beat.trouble();
  }

  @Override
  public boolean isRunning() {
    return loop != null;
  }

  private void run() {
    boolean more = true;
    long last = System.nanoTime() - BREATH.toNanos();
    while (loop == Thread.currentThread() || more) {
      try {
        TimeUnit.NANOSECONDS.sleep(BREATH.toNanos() - (System.nanoTime() - last));
        last = System.nanoTime();
        beat.now();
        more = round();
        if (!more || loop == null) {
          var _ = wake.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS);
          wake.drainPermits();
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (Throwable e) {
        beat.survive("webhooks wait, they will be tried again", e);
        more = false;
        pause();
      }
    }
  }

  /** The database is away, or the like: not at full speed. */
  private static void pause() {
    try {
      Thread.sleep(TICK_MILLIS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says whether there may be more to do at once. */
  private boolean round() {
    lock.lock();
    try {
      collect();
      write();
      settled.signalAll();
      if (loop == null) {
        return inFlight > 0;
      }
      return !paused && claim() > 0;
    } finally {
      lock.unlock();
    }
  }

  private void collect() {
    for (Ended one = ended.poll(); one != null; one = ended.poll()) {
      inFlight--;
      Finished result = one.result();
      lanes.back(one.claimed(), result == null ? Long.MAX_VALUE : result.millis());
      if (result != null) {
        unwritten.add(result);
      }
    }
  }

  /** Results that cannot be written are kept for the next round. */
  private void write() {
    if (unwritten.isEmpty()) {
      return;
    }
    List<Finished> failed = new ArrayList<>(results.write(unwritten));
    // After its lease the delivery is someone else's, and the result is worth nothing any more.
    Instant oldest = clock.instant().minus(LEASE);
    failed.removeIf(done -> done.at().isBefore(oldest));
    unwritten = failed;
  }

  private int claim() {
    int claimed = 0;
    for (Shard shard : claims.shards()) {
      if (inFlight >= IN_FLIGHT) {
        break;
      }
      Instant now = clock.instant();
      long from = ThreadLocalRandom.current().nextLong(Endpoint.LANES);
      ClaimStore.Wish wish =
          new ClaimStore.Wish(now, now.plus(LEASE), IN_FLIGHT - inFlight, from, lanes.room());
      for (Claimed one : claims.claim(shard, wish)) {
        claimed++;
        dispatch(one);
      }
    }
    return claimed;
  }

  private void dispatch(Claimed claimed) {
    Sender.Job job;
    try {
      job = sender.job(claimed);
    } catch (RuntimeException e) {
      results.broke(claimed, e);
      return;
    }
    lanes.out(claimed);
    inFlight++;
    Thread.ofVirtual().name("webhook").start(() -> carry(job));
  }

  private void carry(Sender.Job job) {
    Claimed claimed = job.claimed();
    Finished result = null;
    try {
      result = sender.send(job);
    } catch (RuntimeException e) {
      results.broke(claimed, e);
    } finally {
      ended.add(new Ended(claimed, result));
      wake();
    }
  }
}
