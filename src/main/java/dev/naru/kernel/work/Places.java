package dev.naru.kernel.work;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places in which the jobs of a loop run: how many are taken, by which kinds, and when none is.
 */
final class Places {

  private final int atOnce;
  private final AtomicBoolean hungry = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Integer> byKey = new HashMap<>();
  private boolean paused;
  private boolean inRound;
  private int running;

  Places(int atOnce) {
    this.atOnce = atOnce;
  }

  /** Whether a round was wanted while all places were taken, and nobody was told so before. */
  boolean isHungry() {
    return hungry.compareAndSet(true, false);
  }

  /** How many more jobs may run now. */
  int free() {
    lock.lock();
    try {
      return atOnce - running;
    } finally {
      lock.unlock();
    }
  }

  /** How many jobs of each kind run. */
  Map<String, Integer> running() {
    lock.lock();
    try {
      return Map.copyOf(byKey);
    } finally {
      lock.unlock();
    }
  }

  /** So many more of a kind run. */
  void count(String kind, int more) {
    lock.lock();
    try {
      running += more;
      byKey.merge(kind, more, Integer::sum);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing runs, but no longer than this. */
  void rest(Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while ((inRound || running > 0) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Begins no more rounds, and waits until nothing runs. */
  void drain() throws InterruptedException {
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

  void resume() {
    lock.lock();
    try {
      paused = false;
    } finally {
      lock.unlock();
    }
  }

  /** With all places taken there is no round: the first job that ends asks for one. */
  boolean begin() {
    lock.lock();
    try {
      hungry.set(true);
      inRound = !paused && running < atOnce;
      return inRound;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      inRound = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
