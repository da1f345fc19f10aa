package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import dev.naru.testing.Relay;
import dev.naru.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What goes wrong in the database stops no more than it must. */
@Apart
class AvailabilityTest {

  private static final Duration SOON = Duration.ofSeconds(45);

  @Test
  void aLineThatFallsSilentStopsPaymentsForSecondsAndLosesNone() throws Exception {
    try (TestDatabase database = TestDatabase.fresh();
        Relay line = new Relay()) {
      line.leadTo(URI.create(database.url().replace("jdbc:postgresql:", "http:")));
      String url = database.url().replaceFirst(":\\d+/", ":" + line.url().getPort() + "/");
      try (Hub hub = Hub.start(Map.of("naru.db.url", url));
          ExecutorService shops = Executors.newVirtualThreadPerTaskExecutor()) {
        Api api = new Api(hub.url());
        assertThat(pay(api, Api.newOrder()).code()).isZero();
        Map<String, Api.Answer> answers = new ConcurrentHashMap<>();
        List<Future<?>> under = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          under.add(shops.submit(() -> payFor(Duration.ofSeconds(4), api, answers)));
        }
        await().until(() -> answers.size() > 5);
        line.silence();
        await().atMost(SOON).until(() -> ready(api) == 503);
        await().atMost(SOON).until(() -> pay(api, Api.newOrder()).code() == 0);
        await().atMost(SOON).until(() -> ready(api) == 200);
        for (Future<?> one : under) {
          one.get();
        }
        answers.forEach((order, answer) -> isPlain(answer));
        Book book = new Book(database, hub.simulatorUrl());
        for (String order : answers.keySet()) {
          await().atMost(SOON).until(() -> agree(api, book, order));
        }
      }
    }
  }

  private static void payFor(Duration span, Api api, Map<String, Api.Answer> answers) {
    long end = System.nanoTime() + span.toNanos();
    while (System.nanoTime() < end) {
      String order = Api.newOrder();
      answers.put(order, pay(api, order));
    }
  }

  /** Whoever is sent away is told so as V1 tells things, and may come again. */
  private static void isPlain(Api.Answer answer) {
    assertThat(answer.status()).isIn(200, 500, 503);
    if (answer.status() != 200) {
      assertThat(answer.code()).isEqualTo(-1);
      assertThat(answer.message()).matches(".*[가-힣].*");
    }
  }

  private static boolean agree(Api api, Book book, String order) {
    long charged = book.charges(order).stream().filter(c -> c.path("balance").asInt() > 0).count();
    Api.Answer found = api.get("/payments/find/" + order);
    String status = found.response().path("status").asString("none");
    return !status.equals("ready") && charged == (status.equals("paid") ? 1 : 0);
  }

  @Test
  void aLockedPaymentKeepsWaitingNoOther() throws Exception {
    Hub hub = Hub.shared();
    Api api = new Api(hub.url());
    String locked = Api.newOrder();
    assertThat(pay(api, locked).code()).isZero();
    try (Connection other = hub.database().dataSource().getConnection();
        ExecutorService shops = Executors.newVirtualThreadPerTaskExecutor()) {
      other.setAutoCommit(false);
      lock(other, locked);
      Future<Api.Answer> cancel =
          shops.submit(() -> api.post("/payments/cancel", Map.of("merchant_uid", locked)));
      for (String pg : List.of("tosspayments", "html5_inicis", "settle")) {
        for (int i = 0; i < 3; i++) {
          long began = System.nanoTime();
          String order = Api.newOrder();
          assertThat(api.post("/subscribe/payments/onetime", Api.keyIn(order, pg, Api.GOOD_CARD)))
              .extracting(Api.Answer::code)
              .isEqualTo(0);
          assertThat(api.post("/payments/cancel", Map.of("merchant_uid", order)))
              .extracting(Api.Answer::code)
              .isEqualTo(0);
          assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON.dividedBy(4));
        }
      }
      assertThat(cancel).isNotDone();
      other.rollback();
      assertThat(cancel.get().code()).isZero();
    }
  }

  private static void lock(Connection connection, String order) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select 1 from payment where merchant_uid = '" + order + "' for update");
    }
  }

  @Test
  void aDatabaseThatTakesNoWritesMakesANodeUnready() throws Exception {
    try (Hub hub = Hub.start(Map.of())) {
      Api api = new Api(hub.url());
      assertThat(ready(api)).isEqualTo(200);
      run(
          hub,
          """
          create function full_disk() returns trigger language plpgsql as $$
            begin raise exception using errcode = '53100', message = 'No space left'; end $$;
          create trigger full_disk before insert on heartbeat execute function full_disk();
          """);
      await().atMost(SOON).until(() -> ready(api) == 503);
      assertThat(api.bare(HttpRequest.newBuilder(api.at("/actuator/health/liveness"))).status())
          .isEqualTo(200);
      run(hub, "drop trigger full_disk on heartbeat");
      await().atMost(SOON).until(() -> ready(api) == 200);
    }
  }

  private static void run(Hub hub, String sql) throws SQLException {
    try (Connection connection = hub.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int ready(Api api) {
    return api.bare(HttpRequest.newBuilder(api.at("/actuator/health/readiness"))).status();
  }

  private static Api.Answer pay(Api api, String order) {
    return api.post("/subscribe/payments/onetime", Api.keyIn(order, "tosspayments", Api.GOOD_CARD));
  }
}
