package dev.naru.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lets concurrent calls share one statement and one commit: what arrives while a batch runs goes
 * with the next one. Nobody waits for a batch to fill, so a call that is alone is as quick as ever.
 */
final class Batcher<T, R> {

  /** Does a whole batch. What it throws means that nothing of it was done, or that none knows. */
  interface Work<T, R> {

    /**
     * @return one result for each, in the same order
     */
    List<R> run(List<T> batch);

    /** Whether this one may run together with those. */
    boolean fits(T one, List<T> others);

    /** Whether this failure proves that nothing of the batch was done. */
    boolean isUndone(RuntimeException failure);
  }

  private static final int LARGEST = 128;

  private record Waiting<T, R>(T one, CompletableFuture<R> result) {}

  private final Work<T, R> work;
  private final BlockingQueue<Waiting<T, R>> queue = new LinkedBlockingQueue<>();
  private final Thread lane;
  private volatile boolean closing;
  private volatile boolean closed;

  Batcher(String name, Work<T, R> work) {
    this.work = work;
    // All others wait for it: it must not queue behind them for a processor.
    lane = Thread.ofPlatform().daemon().name(name).start(this::loop);
  }

  /** Waits until its batch is done. Throws what the work throws for this one. */
  R run(T one) {
    CompletableFuture<R> result = new CompletableFuture<>();
    queue.add(new Waiting<>(one, result));
    if (closed) {
      refuseAll();
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** How many wait for the next batch. */
  int waiting() {
    return queue.size();
  }

  /** Ends when the batch that runs is done. */
  void stop() throws InterruptedException {
    closing = true;
    lane.join();
  }

  private void loop() {
    List<Waiting<T, R>> left = new ArrayList<>();
    try {
      while (!closing || !left.isEmpty()) {
        Waiting<T, R> next = left.isEmpty() ? queue.poll(200, TimeUnit.MILLISECONDS) : null;
        if (next != null) {
          left.add(next);
        }
        if (!left.isEmpty()) {
          queue.drainTo(left, LARGEST - left.size());
          left = runFitting(left);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      queue.addAll(left);
      closed = true;
      refuseAll();
    }
  }

  /** Runs the first and what fits to it; gives back the others. */
  private List<Waiting<T, R>> runFitting(List<Waiting<T, R>> all) {
    List<Waiting<T, R>> batch = new ArrayList<>();
    List<Waiting<T, R>> others = new ArrayList<>();
    List<T> ones = new ArrayList<>();
    for (Waiting<T, R> waiting : all) {
      if (work.fits(waiting.one(), ones)) {
        batch.add(waiting);
        ones.add(waiting.one());
      } else {
        others.add(waiting);
      }
    }
    runTogether(batch, ones);
    return others;
  }

  private void runTogether(List<Waiting<T, R>> batch, List<T> ones) {
    try {
      List<R> results = work.run(ones);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    } catch (RuntimeException e) {
      if (batch.size() > 1 && work.isUndone(e)) {
        // One by one, only the culprit fails.
        batch.forEach(waiting -> runTogether(List.of(waiting), List.of(waiting.one())));
      } else {
        batch.forEach(waiting -> waiting.result().completeExceptionally(e));
      }
    }
  }

  private void refuseAll() {
    List<Waiting<T, R>> late = new ArrayList<>();
    queue.drainTo(late);
    late.forEach(
        waiting ->
            waiting
                .result()
                .completeExceptionally(new IllegalStateException("the hub is shutting down")));
  }
}
