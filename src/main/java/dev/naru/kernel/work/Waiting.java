package dev.naru.kernel.work;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One who waits for a turn of a {@link Batcher}. Either the lane takes it, or it is given up: never
 * both, so that who gave up knows that nothing was done.
 *
 * @param decided true once one of the two has happened
 * @param since when it came, as {@link System#nanoTime()} has it
 */
record Waiting<T, R>(T one, CompletableFuture<R> result, AtomicBoolean decided, long since) {

  Waiting(T one) {
    this(one, new CompletableFuture<>(), new AtomicBoolean(), System.nanoTime());
  }

  /** False if it was given up meanwhile. */
  boolean take() {
    return decided.compareAndSet(false, true);
  }

  /** Taken or given up: it is not in anybody's way any more. */
  boolean isOver() {
    return decided.get();
  }

  /** Throws what came of it, or {@link Batcher.Overloaded} if no turn came in time. */
  R await(Duration patience, String lane) {
    try {
      return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      if (decided.compareAndSet(false, true)) {
        throw new Batcher.Overloaded(lane + " had no turn for it in " + patience);
      }
      return join();
    } catch (ExecutionException e) {
      return join();
    } catch (InterruptedException e) {
      // What becomes of a payment must be known: the turn is short.
      R done = join();
      Thread.currentThread().interrupt();
      return done;
    }
  }

  private R join() {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
