package dev.naru.kernel.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Those of a {@link Batcher} who wait for a lock that somebody else holds: tried one by one on a
 * thread of their own, which is there only while there are any.
 */
final class Aside<T, R> {

  private static final long PAUSE_MILLIS = 50;

  private final String name;
  private final Batcher.Work<T, R> work;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiting<T, R>> held = new ArrayList<>();
  private @Nullable Thread thread;
  private volatile int size;
  private volatile boolean closing;

  Aside(String name, Batcher.Work<T, R> work, Duration patience) {
    this.name = name;
    this.work = work;
    this.patience = patience;
  }

  void add(Waiting<T, R> waiting) {
    lock.lock();
    try {
      held.add(waiting);
      size = held.size();
      if (thread == null) {
        thread = Thread.ofVirtual().name(name).start(this::loop);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether one about the same waits here. */
  boolean holds(Object about) {
    if (size == 0) {
      return false;
    }
    lock.lock();
    try {
      return held.stream().anyMatch(waiting -> work.about(waiting.one()).equals(about));
    } finally {
      lock.unlock();
    }
  }

  /** Tries what is here once more, and ends. */
  void stop() throws InterruptedException {
    closing = true;
    Thread running;
    lock.lock();
    try {
      running = thread;
    } finally {
      lock.unlock();
    }
    if (running != null) {
      running.join();
    }
  }

  private void loop() {
    boolean interrupted = false;
    while (!isEmpty()) {
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      boolean last = closing || interrupted;
      for (Waiting<T, R> waiting : all()) {
        tryOne(waiting, last || isLate(waiting));
      }
      forget();
    }
  }

  private void tryOne(Waiting<T, R> waiting, boolean last) {
    List<T> one = List.of(waiting.one());
    try {
      if (last || work.blocked(one).isEmpty()) {
        waiting.result().complete(work.run(one).getFirst());
      }
    } catch (RuntimeException e) {
      if (!work.isBlocked(e)) {
        waiting.result().completeExceptionally(e);
      } else if (last) {
        waiting
            .result()
            .completeExceptionally(new Batcher.Overloaded(name + " has waited for a lock in vain"));
      }
    } catch (Throwable e) {
      // Also what has no memory left: nobody may wait for what is not tried any more.
      waiting.result().completeExceptionally(e);
    }
  }

  private boolean isLate(Waiting<T, R> waiting) {
    return System.nanoTime() - waiting.since() > patience.toNanos();
  }

  private List<Waiting<T, R>> all() {
    lock.lock();
    try {
      return List.copyOf(held);
    } finally {
      lock.unlock();
    }
  }

  private void forget() {
    lock.lock();
    try {
      held.removeIf(waiting -> waiting.result().isDone());
      size = held.size();
    } finally {
      lock.unlock();
    }
  }

  /** Then the thread ends, and the next who comes starts another. */
  private boolean isEmpty() {
    lock.lock();
    try {
      if (held.isEmpty()) {
        thread = null;
      }
      return held.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
