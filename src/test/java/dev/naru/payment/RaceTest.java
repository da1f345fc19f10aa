package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that come at the same moment: one order is charged once, and never cancelled beyond. */
class RaceTest {

  private final Api api = new Api(Hub.shared().url());
  private final Book book = new Book(Hub.shared());

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis"})
  void fiftyChargesOfOneOrderAreOne(String pg) throws Exception {
    String order = Api.newOrder();
    Map<String, Object> parameters = Api.keyIn(order, pg, Api.GOOD_CARD);
    List<Api.Answer> answers =
        atOnce(50, () -> api.post("/subscribe/payments/onetime", parameters));
    assertThat(answers).filteredOn(answer -> answer.code() == 0).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.code() == 1).hasSize(49);
    assertThat(api.get("/payments/findAll/" + order).response().path("total").asInt()).isOne();
    assertThat(book.charges(order)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis"})
  void cancelsNeverExceedWhatWasPaid(String pg) throws Exception {
    String order = Api.newOrder();
    api.post("/subscribe/payments/onetime", Api.keyIn(order, pg, Api.GOOD_CARD));
    List<Api.Answer> answers =
        atOnce(
            8, () -> api.post("/payments/cancel", Map.of("merchant_uid", order, "amount", 3_000)));
    assertThat(answers).filteredOn(answer -> answer.code() == 0).hasSize(3);
    assertThat(api.get("/payments/find/" + order).response().path("cancel_amount").asInt())
        .isEqualTo(9_000);
    assertThat(book.charges(order).getFirst().path("balance").asInt()).isEqualTo(1_000);
  }

  private static <T> List<T> atOnce(int times, Supplier<T> call) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.get();
                }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
