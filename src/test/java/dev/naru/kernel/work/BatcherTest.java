package dev.naru.kernel.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BatcherTest {

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final Doubling doubling = new Doubling();
  private final Batcher<Integer, Integer> batcher =
      new Batcher<>("test", doubling, new Batcher.Room(100, Duration.ofSeconds(30)));

  @AfterEach
  void close() throws InterruptedException {
    doubling.gate.countDown();
    batcher.stop();
    callers.close();
  }

  /** Doubles numbers once the gate is open. No two equal ones go together; 13 is refused. */
  private static final class Doubling implements Batcher.Work<Integer, Integer> {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Set<Integer> locked = ConcurrentHashMap.newKeySet();
    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

    @Override
    public List<Integer> run(List<Integer> batch) {
      batches.add(List.copyOf(batch));
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (batch.stream().anyMatch(locked::contains)) {
        throw new UnsupportedOperationException("locked");
      }
      if (batch.contains(666)) {
        throw new OutOfMemoryError("in a test");
      }
      if (batch.contains(13)) {
        throw new IllegalArgumentException("13");
      }
      if (batch.contains(99)) {
        throw new IllegalStateException("connection lost");
      }
      return batch.stream().map(one -> one * 2).toList();
    }

    @Override
    public boolean fits(Integer one, List<Integer> others) {
      return !others.contains(one);
    }

    @Override
    public Object about(Integer one) {
      return one;
    }

    @Override
    public boolean isBlocked(RuntimeException failure) {
      return failure instanceof UnsupportedOperationException;
    }

    @Override
    public List<Integer> blocked(List<Integer> batch) {
      return batch.stream().filter(locked::contains).toList();
    }

    @Override
    public boolean isUndone(RuntimeException failure) {
      return failure instanceof IllegalArgumentException;
    }
  }

  private List<Future<Integer>> ask(Integer... numbers) {
    List<Future<Integer>> asked = new ArrayList<>();
    for (Integer number : numbers) {
      asked.add(callers.submit(() -> batcher.run(number)));
      int waiting = asked.size();
      await().until(() -> batcher.waiting() + (doubling.batches.isEmpty() ? 0 : 1) >= waiting);
    }
    return asked;
  }

  @Test
  void whatArrivesMeanwhileGoesTogether() throws Exception {
    List<Future<Integer>> asked = ask(1, 2, 3, 4);
    doubling.gate.countDown();
    assertThat(asked.get(0).get()).isEqualTo(2);
    assertThat(asked.get(1).get()).isEqualTo(4);
    assertThat(asked.get(2).get()).isEqualTo(6);
    assertThat(asked.get(3).get()).isEqualTo(8);
    assertThat(doubling.batches).containsExactly(List.of(1), List.of(2, 3, 4));
  }

  @Test
  void whatDoesNotFitGoesNext() throws Exception {
    List<Future<Integer>> asked = ask(1, 2, 2, 3);
    doubling.gate.countDown();
    for (Future<Integer> one : asked) {
      assertThat(one.get()).isPositive();
    }
    assertThat(doubling.batches).containsExactly(List.of(1), List.of(2, 3), List.of(2));
  }

  @Test
  void oneThatFailsTakesNobodyWithIt() throws Exception {
    List<Future<Integer>> asked = ask(1, 2, 13, 3);
    doubling.gate.countDown();
    assertThat(asked.get(1).get()).isEqualTo(4);
    assertThat(asked.get(3).get()).isEqualTo(6);
    assertThatThrownBy(asked.get(2)::get).hasRootCauseMessage("13");
  }

  /** It may have been done: doing it again would take our own first write for another's. */
  @Test
  void whatMayHaveHappenedIsNotDoneAgain() {
    List<Future<Integer>> asked = ask(1, 2, 99, 3);
    doubling.gate.countDown();
    for (Future<Integer> one : asked.subList(1, 4)) {
      assertThatThrownBy(one::get).hasRootCauseMessage("connection lost");
    }
    assertThat(doubling.batches).containsExactly(List.of(1), List.of(2, 99, 3));
  }

  /** A row that somebody else has locked keeps waiting who wants it, and nobody else. */
  @Test
  void whoWaitsForALockWaitsAlone() throws Exception {
    doubling.locked.add(2);
    List<Future<Integer>> asked = ask(1, 2, 3, 4);
    doubling.gate.countDown();
    assertThat(asked.get(2).get()).isEqualTo(6);
    assertThat(asked.get(3).get()).isEqualTo(8);
    assertThat(batcher.run(5)).isEqualTo(10);
    Future<Integer> behind = callers.submit(() -> batcher.run(2));
    await().until(() -> batcher.waiting() == 0);
    assertThat(asked.get(1)).isNotDone();
    assertThat(behind).isNotDone();
    doubling.locked.clear();
    assertThat(asked.get(1).get()).isEqualTo(4);
    assertThat(behind.get()).isEqualTo(4);
  }

  @Test
  void aLaneOutlivesAnError() throws Exception {
    List<Future<Integer>> asked = ask(1, 2, 666);
    doubling.gate.countDown();
    assertThatThrownBy(asked.get(1)::get).hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(asked.get(2)::get).hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(batcher.run(3)).isEqualTo(6);
  }

  /** Who is sent away knows that nothing was done, then or later. */
  @Test
  void whoGetsNoTurnInTimeIsSentAwayForGood() throws Exception {
    Doubling slow = new Doubling();
    Batcher<Integer, Integer> hasty =
        new Batcher<>("hasty", slow, new Batcher.Room(2, Duration.ofMillis(300)));
    Future<Integer> first = callers.submit(() -> hasty.run(1));
    await().until(() -> slow.batches.size() == 1);
    assertThatThrownBy(() -> hasty.run(2)).isInstanceOf(Batcher.Overloaded.class);
    await().until(hasty::isOverloaded);
    Future<Integer> third = callers.submit(() -> hasty.run(3));
    await().until(() -> hasty.waiting() == 2);
    assertThatThrownBy(() -> hasty.run(4)).hasMessageContaining("no room");
    assertThatThrownBy(third::get).hasCauseInstanceOf(Batcher.Overloaded.class);
    slow.gate.countDown();
    // Its turn had come: it is done, however long that took.
    assertThat(first.get()).isEqualTo(2);
    hasty.stop();
    assertThat(slow.batches).containsExactly(List.of(1));
  }

  @Test
  void afterTheEndNobodyWaits() throws Exception {
    doubling.gate.countDown();
    batcher.stop();
    assertThatThrownBy(() -> batcher.run(1)).hasMessageContaining("shutting down");
  }
}
