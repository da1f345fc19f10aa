package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.bench.Filler;
import dev.naru.merchant.Shards;
import dev.naru.payment.flow.PaymentLists.By;
import dev.naru.payment.flow.PaymentLists.Sorting;
import dev.naru.payment.flow.PaymentLists.Span;
import dev.naru.payment.store.PaymentListStore;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page of a list is chosen without a look at the payments that are not on it. */
@Apart
class PagePlanTest {

  private static final int ROWS = 6_000;
  private static final Duration SPREAD = Duration.ofHours(12);

  private static Hub hub;
  private static Filler filler;

  @BeforeAll
  static void fill() throws Exception {
    hub = Hub.start(Map.of());
    Api api = new Api(hub.url());
    Api.Answer paid =
        api.post(
            "/subscribe/payments/onetime",
            Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD));
    // Its webhook is copied with it: one that is still to be sent would be due in every copy.
    Awaitility.await().until(() -> undelivered() == 0);
    try (Connection connection = hub.database().dataSource().getConnection()) {
      filler = new Filler(connection, ROWS, SPREAD);
      filler.fill(List.of(paid.response().path("imp_uid").asString()));
      // The pool has it back, with what the filler set for itself.
      connection.createStatement().execute("discard all");
    }
    // An old snapshot of whoever reads meanwhile keeps pages from being marked as seen by all.
    Awaitility.await().until(PagePlanTest::isSeenByAll);
  }

  private static long undelivered() {
    return sql("select count(*) from delivery where merchant_id = 1 and due_at is not null")
        .query(Long.class)
        .single();
  }

  private static boolean isSeenByAll() {
    sql("vacuum analyze payment").update();
    return sql("select relallvisible >= relpages - 1 from pg_class where relname = 'payment'")
        .query(Boolean.class)
        .single();
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  private static Stream<Arguments> lists() {
    return Stream.of("paid", null)
        .flatMap(
            status ->
                Arrays.stream(By.values())
                    .flatMap(
                        by ->
                            Stream.of(true, false)
                                .map(descending -> Arguments.of(status, by, descending))));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void noPaymentIsReadToChooseOthers(String status, By by, boolean descending) {
    Instant from = filler.time(ROWS / 2);
    Span span = new Span(status, from, from.plus(Duration.ofHours(2)));
    JsonNode plan = explain(span, new Sorting(by, descending));
    assertThat(reads(plan)).as(plan.toPrettyString()).isNotEmpty().containsOnly("Index Only Scan");
  }

  @Test
  void aReadOfTheTableIsFound() {
    JsonNode plan =
        new JsonMapper()
            .readTree(
                sql("explain (format json) select doc from payment p where amount > 0")
                    .query(String.class)
                    .single());
    assertThat(reads(plan)).containsExactly("Seq Scan");
  }

  private static JdbcClient.StatementSpec sql(String text) {
    return hub.bean(Shards.class).of(1).sql(text);
  }

  private static JsonNode explain(Span span, Sorting sorting) {
    String text =
        sql("explain (format json) " + PaymentListStore.chosen(span, sorting))
            .param("merchant", 1)
            .param("status", span.status())
            .param("from", Timestamp.from(span.from()))
            .param("to", Timestamp.from(span.to()))
            .param("begun", Timestamp.from(span.to().plus(Duration.ofHours(1))))
            .param("limit", 20)
            .param("offset", 0)
            .query(String.class)
            .single();
    return new JsonMapper().readTree(text);
  }

  /** How the table is read, at every place of the plan. */
  private static List<String> reads(JsonNode plan) {
    List<String> found = new ArrayList<>();
    if (plan.isObject() && "payment".equals(plan.path("Relation Name").asString(""))) {
      found.add(plan.path("Node Type").asString());
    }
    plan.forEach(part -> found.addAll(reads(part)));
    return found;
  }
}
