package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import dev.naru.testing.Relay;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A cancel that the PG made, whose answer was lost, after which the PG cannot be reached: that the
 * repeat could not be sent says nothing of the first call.
 */
class CancelRepeatTest {

  private static final Pattern CANCEL = Pattern.compile("^POST [^ ]*(/cancel|refund)[^ ]* HTTP");

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis"})
  @Execution(ExecutionMode.CONCURRENT)
  void isNotRefusedBecauseThePgIsAway(String pg) {
    try (Relay line = new Relay();
        Hub hub =
            Hub.start(
                Map.of("naru.simulator.url", line.url().toString(), "naru.pg.wait", "PT1S"))) {
      line.leadTo(hub.simulatorUrl());
      Api api = new Api(hub.url());
      Book book = new Book(hub);
      String order = Api.newOrder();
      api.post("/subscribe/payments/onetime", Api.keyIn(order, pg, Api.GOOD_CARD));
      assertThat(status(api, order)).isEqualTo("paid");
      line.cutAtAnswerTo(CANCEL);
      Api.Answer undecided = api.post("/payments/cancel", Map.of("merchant_uid", order));
      assertThat(undecided.code()).isEqualTo(1);
      assertThat(book.charges(order).getFirst().path("balance").asLong()).isZero();
      JdbcClient database = JdbcClient.create(hub.database().dataSource());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  database.sql("select max(tries) from cancellation").query(Integer.class).single()
                      >= 2);
      assertThat(database.sql("select state from cancellation").query(String.class).single())
          .isEqualTo("unknown");
      line.mend();
      await().atMost(Duration.ofSeconds(40)).until(() -> status(api, order).equals("cancelled"));
      assertThat(book.charges(order).getFirst().path("balance").asLong()).isZero();
    }
  }

  private static String status(Api api, String order) {
    return api.get("/payments/find/" + order).response().path("status").asString("");
  }
}
