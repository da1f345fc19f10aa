package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
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
  private final Batcher<Integer, Integer> batcher = new Batcher<>("test", doubling);

  @AfterEach
  void close() throws InterruptedException {
    doubling.gate.countDown();
    batcher.stop();
    callers.close();
  }

  /** Doubles numbers once the gate is open. No two equal ones go together; 13 is refused. */
  private static final class Doubling implements Batcher.Work<Integer, Integer> {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

    @Override
    public List<Integer> run(List<Integer> batch) {
      batches.add(List.copyOf(batch));
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
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

  @Test
  void afterTheEndNobodyWaits() throws Exception {
    doubling.gate.countDown();
    batcher.stop();
    assertThatThrownBy(() -> batcher.run(1)).hasMessageContaining("shutting down");
  }
}
