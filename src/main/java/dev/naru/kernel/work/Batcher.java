package dev.naru.kernel.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets concurrent calls share one statement and one commit: what arrives while a batch runs goes
 * with the next one. Nobody waits for a batch to fill, so a call that is alone is as quick as ever.
 * Whoever waits for a lock that somebody else holds is set aside, and holds up nobody.
 */
public final class Batcher<T, R> {

  /** Does a whole batch. What it throws means that nothing of it was done, or that none knows. */
  public interface Work<T, R> {

    /**
     * @return one result for each, in the same order
     */
    List<R> run(List<T> batch);

    /** Whether this one may run together with those. */
    boolean fits(T one, List<T> others);

    /** What it changes: while one waits for a lock on that, others about the same wait with it. */
    Object about(T one);

    /** Whether this failure proves that nothing of the batch was done. */
    boolean isUndone(RuntimeException failure);

    /** Whether nothing was done because one of the batch would have to wait for a lock. */
    boolean isBlocked(RuntimeException failure);

    /** Those of a batch that would have to wait for a lock, as far as that can be told. */
    List<T> blocked(List<T> batch);
  }

  /**
   * How many may wait, and for how long until their turn comes.
   *
   * @param patience also how long one that is set aside may wait for a lock
   */
  public record Room(int places, Duration patience) {}

  /** There was no room, or no turn in time: nothing was done. */
  public static final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overloaded(String why) {
      super(why, null, false, false);
    }
  }

  private static final int LARGEST = 128;
  private static final Duration FAILING = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

  private final String name;
  private final Work<T, R> work;
  private final Room room;
  private final BlockingQueue<Waiting<T, R>> queue;
  private final Aside<T, R> aside;
  private final ReentrantLock starting = new ReentrantLock();

  /** The lane's own: taken from the queue, and not done yet. */
  private final List<Waiting<T, R>> left = new ArrayList<>();

  private volatile Thread lane;
  private volatile boolean closing;
  private volatile boolean closed;
  private volatile long busySince;
  private volatile long failedAt;

  /** Begins its lane; {@code name} is that of the thread. */
  public Batcher(String name, Work<T, R> work, Room room) {
    this.name = name;
    this.work = work;
    this.room = room;
    queue = new LinkedBlockingQueue<>(room.places());
    aside = new Aside<>(name + "-aside", work, room.patience());
    lane = begin();
  }

  // All others wait for it: it must not queue behind them for a processor.
  private Thread begin() {
    return Thread.ofPlatform().daemon().name(name).start(this::loop);
  }

  /**
   * Waits until its batch is done. Throws what the work throws for this one.
   *
   * @throws Overloaded if it did not come to its turn
   */
  public R run(T one) {
    Waiting<T, R> waiting = new Waiting<>(one);
    if (!queue.offer(waiting)) {
      throw new Overloaded(name + " has no room for more");
    }
    if (closed) {
      refuseAll();
    } else if (!lane.isAlive()) {
      restart();
    }
    return waiting.await(room.patience(), name);
  }

  /** Whether who comes now would wait so long that it is better sent away. */
  public boolean isOverloaded() {
    return queue.remainingCapacity() == 0 || age().compareTo(room.patience()) > 0;
  }

  /** How many wait for the next batch. */
  public int waiting() {
    return queue.size();
  }

  /** For how long the batch that runs has been running, or the oldest has waited for its turn. */
  public Duration age() {
    long now = System.nanoTime();
    long busy = busySince;
    Waiting<T, R> oldest = queue.peek();
    long longest = busy == 0 ? 0 : now - busy;
    return Duration.ofNanos(oldest == null ? longest : Math.max(longest, now - oldest.since()));
  }

  /** Whether it has failed a moment ago, and not worked since. */
  public boolean isFailing() {
    long failed = failedAt;
    return failed != 0 && System.nanoTime() - failed < FAILING.toNanos();
  }

  /** Ends when what waits is done. */
  public void stop() throws InterruptedException {
    closing = true;
    if (!lane.isAlive()) {
      restart();
    }
    lane.join();
    aside.stop();
  }

  private void restart() {
    starting.lock();
    try {
      if (!lane.isAlive() && !closed) {
        lane = begin();
      }
    } finally {
      starting.unlock();
    }
  }

  /** Whatever breaks, a lane goes on: all payments of its merchants wait for it. */
  private void loop() {
    while (!closing || !left.isEmpty() || !queue.isEmpty()) {
      try {
        turn();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        break;
      } catch (Throwable broken) {
        failedAt = System.nanoTime();
        tell(broken);
      }
    }
    closed = true;
    left.forEach(Batcher::refuse);
    refuseAll();
  }

  private void tell(Throwable broken) {
    try {
      LOG.error("{} goes on after an error", name, broken);
    } catch (Throwable again) {
      // Not even memory for a line: the lane goes on all the same.
      failedAt = System.nanoTime();
    }
  }

  private void turn() throws InterruptedException {
    Waiting<T, R> next = left.isEmpty() ? queue.poll(200, TimeUnit.MILLISECONDS) : null;
    if (next != null) {
      left.add(next);
    }
    if (!left.isEmpty()) {
      queue.drainTo(left, LARGEST - left.size());
      try {
        busySince = System.nanoTime();
        runFitting();
      } finally {
        busySince = 0;
        left.removeIf(Waiting::isOver);
      }
    }
  }

  /** Runs the first and what fits to it; the others stay. */
  private void runFitting() {
    List<Waiting<T, R>> batch = new ArrayList<>();
    List<T> ones = new ArrayList<>();
    for (Waiting<T, R> waiting : left) {
      if (aside.holds(work.about(waiting.one()))) {
        if (waiting.take()) {
          aside.add(waiting);
        }
      } else if (work.fits(waiting.one(), ones) && waiting.take()) {
        batch.add(waiting);
        ones.add(waiting.one());
      }
    }
    if (!batch.isEmpty()) {
      runTogether(batch, ones);
    }
  }

  private void runTogether(List<Waiting<T, R>> batch, List<T> ones) {
    try {
      List<R> results = work.run(ones);
      failedAt = 0;
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException e) {
      if (work.isBlocked(e)) {
        setAside(batch, ones);
      } else if (batch.size() > 1 && work.isUndone(e)) {
        // One by one, only the culprit fails.
        alone(batch);
      } else {
        failedAt = work.isUndone(e) ? 0 : System.nanoTime();
        batch.forEach(waiting -> waiting.result().completeExceptionally(e));
      }
    } catch (Throwable e) {
      batch.forEach(waiting -> waiting.result().completeExceptionally(e));
      throw e;
    }
  }

  private void alone(List<Waiting<T, R>> batch) {
    batch.forEach(waiting -> runTogether(List.of(waiting), List.of(waiting.one())));
  }

  /** Those who wait for somebody else's lock do so apart; the others go on. */
  private void setAside(List<Waiting<T, R>> batch, List<T> ones) {
    Set<T> blocked = new HashSet<>(batch.size() == 1 ? ones : work.blocked(ones));
    List<Waiting<T, R>> others = new ArrayList<>();
    List<T> otherOnes = new ArrayList<>();
    for (Waiting<T, R> waiting : batch) {
      if (blocked.contains(waiting.one())) {
        aside.add(waiting);
      } else {
        others.add(waiting);
        otherOnes.add(waiting.one());
      }
    }
    if (others.size() == batch.size()) {
      alone(others);
    } else if (!others.isEmpty()) {
      runTogether(others, otherOnes);
    }
  }

  private void refuseAll() {
    List<Waiting<T, R>> late = new ArrayList<>();
    queue.drainTo(late);
    late.forEach(Batcher::refuse);
  }

  private static void refuse(Waiting<?, ?> late) {
    late.result().completeExceptionally(new Overloaded("the hub is shutting down"));
  }
}
