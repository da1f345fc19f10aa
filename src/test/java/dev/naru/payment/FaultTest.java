package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.HubClock;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * PGs that misbehave: the caller gets a truthful answer in bounded time, the payment ends right,
 * the books agree, and a webhook tells the end.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultTest {

  private static final Duration ENDS = Duration.ofSeconds(30);
  private static final Duration ANSWERS = Duration.ofSeconds(20);

  private final Api api = new Api(Hub.shared().url());
  private final Book book = new Book(Hub.shared());

  @ParameterizedTest(name = "{0} {1} ends {2}")
  @CsvSource({
    "tosspayments, 4000000000009001, failed",
    "tosspayments, 4000000000009002, paid",
    "tosspayments, 4000000000009003, paid",
    "tosspayments, 4000000000009004, paid",
    "tosspayments, 4000000000009005, paid",
    "settle, 4000000000009001, failed",
    "settle, 4000000000009002, paid",
    "settle, 4000000000009003, paid",
    "settle, 4000000000009004, paid",
    "html5_inicis, 4000000000009001, failed",
    "html5_inicis, 4000000000009002, paid",
    "html5_inicis, 4000000000009003, paid",
    "html5_inicis, 4000000000009004, paid",
    "html5_inicis, 4000000000009005, paid",
  })
  void aChargeEndsAsThePgHasIt(String pg, String card, String end) {
    String order = Api.newOrder();
    Map<String, Object> parameters = Api.keyIn(order, pg, card);
    parameters.put("notice_url", api.at("/sandbox/hooks/" + order).toString());
    long begin = System.nanoTime();
    Api.Answer answer = api.post("/subscribe/payments/onetime", parameters);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ANSWERS);
    assertThat(answer.code()).isZero();
    assertThat(answer.response().path("status").asString()).isIn("ready", end);

    await().atMost(ENDS).until(() -> end.equals(statusOf(order)));
    assertThat(book.charges(order)).hasSize("paid".equals(end) ? 1 : 0);
    await().atMost(ENDS).until(() -> hooks(order).size() == 1);
    assertThat(hooks(order).get(0).path("fields").path("status").asString()).isEqualTo(end);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "tosspayments, 4000000000009011",
    "tosspayments, 4000000000009012",
    "tosspayments, 4000000000009013",
    "tosspayments, 4000000000009014",
    "settle, 4000000000009011",
    "settle, 4000000000009012",
    "settle, 4000000000009013",
    "settle, 4000000000009014",
    "html5_inicis, 4000000000009011",
    "html5_inicis, 4000000000009012",
    "html5_inicis, 4000000000009013",
    "html5_inicis, 4000000000009014",
  })
  void aCancelIsDoneOnceInTheEnd(String pg, String card) {
    String order = Api.newOrder();
    api.post("/subscribe/payments/onetime", Api.keyIn(order, pg, card));
    Api.Answer answer =
        api.post("/payments/cancel", Map.of("merchant_uid", order, "amount", 4_000));
    assertThat(answer.code()).isIn(0, 1);
    await()
        .atMost(ENDS)
        .until(
            () ->
                api.get("/payments/find/" + order).response().path("cancel_amount").asInt()
                    == 4_000);
    assertThat(book.charges(order).getFirst().path("balance").asInt()).isEqualTo(6_000);
    Api.Answer rest = api.post("/payments/cancel", Map.of("merchant_uid", order));
    assertThat(rest.response().path("cancel_amount").asInt()).isEqualTo(10_000);
    assertThat(book.charges(order).getFirst().path("balance").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"tosspayments", "html5_inicis", "settle"})
  void aRefusedCancelChangesNothing(String pg) {
    String order = Api.newOrder();
    api.post("/subscribe/payments/onetime", Api.keyIn(order, pg, "4000000000009015"));
    Api.Answer answer = api.post("/payments/cancel", Map.of("merchant_uid", order));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(-1);
    assertThat(statusOf(order)).isEqualTo("paid");
    assertThat(book.charges(order).getFirst().path("balance").asInt()).isEqualTo(10_000);
  }

  /** The hub believes too early that nothing was charged: what turns up later is given back. */
  @Test
  void anApprovalThatComesAfterTheEndIsReversed() {
    try (Hub hasty = Hub.start(Map.of("naru.pg.patience", "PT0.3S"), Duration.ofSeconds(8))) {
      Api shop = new Api(hasty.url());
      Book hastyBook = new Book(hasty);
      String order = Api.newOrder();
      shop.post(
          "/subscribe/payments/onetime", Api.keyIn(order, "html5_inicis", "4000000000009003"));
      await()
          .atMost(ENDS)
          .until(
              () ->
                  shop.get("/payments/find/" + order)
                      .response()
                      .path("status")
                      .asString()
                      .equals("failed"));
      await().atMost(ENDS).until(() -> hastyBook.charges(order).size() == 1);
      assertThat(hastyBook.charges(order).getFirst().path("balance").asInt()).isEqualTo(10_000);
      hasty.bean(HubClock.class).offset(Duration.ofMinutes(11));
      await()
          .atMost(ENDS)
          .until(() -> hastyBook.charges(order).getFirst().path("balance").asInt() == 0);
      assertThat(shop.get("/payments/find/" + order).response().path("status").asString())
          .isEqualTo("failed");
    }
  }

  /** It lands after the first of the later looks has seen nothing. */
  @Test
  void anApprovalThatComesAfterALaterLookIsReversedByTheNext() {
    try (Hub hasty = Hub.start(Map.of("naru.pg.patience", "PT0.3S"), Duration.ofSeconds(10))) {
      Api shop = new Api(hasty.url());
      Book hastyBook = new Book(hasty);
      String order = Api.newOrder();
      shop.post(
          "/subscribe/payments/onetime", Api.keyIn(order, "html5_inicis", "4000000000009003"));
      await()
          .atMost(ENDS)
          .until(
              () ->
                  shop.get("/payments/find/" + order)
                      .response()
                      .path("status")
                      .asString()
                      .equals("failed"));
      hasty.bean(HubClock.class).offset(Duration.ofMinutes(11));
      await().atMost(ENDS).until(() -> hastyBook.charges(order).size() == 1);
      hasty.bean(HubClock.class).offset(Duration.ofMinutes(62));
      await()
          .atMost(ENDS)
          .until(() -> hastyBook.charges(order).getFirst().path("balance").asInt() == 0);
    }
  }

  private String statusOf(String order) {
    return api.get("/payments/find/" + order).response().path("status").asString();
  }

  private JsonNode hooks(String name) {
    return api.get("/sandbox/hooks/" + name).body();
  }
}
