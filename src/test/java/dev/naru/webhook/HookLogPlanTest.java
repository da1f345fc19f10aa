package dev.naru.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.webhook.log.LogStore;
import dev.naru.webhook.log.Logged.Filter;
import dev.naru.webhook.log.Logged.Only;
import dev.naru.webhook.log.Logged.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page of the log costs the same however much was sent. */
class HookLogPlanTest {

  private static final int ROWS = 20_000;

  private static Fixture hub;
  private static String impUid;

  @BeforeAll
  static void fill() throws Exception {
    hub = new Fixture();
    impUid = hub.payment("order").value();
    String one = hub.payment("other").value();
    hub.jdbc
        .sql(
            """
            insert into event
            select 1, :first + n, case when n % 1000 = 0 then :impUid else :other end, 'approved',
              'paid', :now, '{}' from generate_series(1, :rows) n
            """)
        .param("first", first())
        .param("impUid", impUid)
        .param("other", one)
        .param("now", java.sql.Timestamp.from(hub.clock.instant()))
        .param("rows", ROWS)
        .update();
    hub.jdbc
        .sql(
            """
            insert into delivery
            select e.merchant_id, e.event_id, 1, e.imp_uid, 'https://a.example/',
              case e.event_id % 1000 when 0 then 'given_up' when 1 then 'waiting'
                else 'delivered' end,
              1, e.at, case when e.event_id % 1000 = 1 then e.at end
            from event e
            """)
        .update();
    hub.jdbc.sql("update delivery set endpoint_id = event_id % 3").update();
    hub.jdbc.sql("vacuum analyze delivery, event, payment, delivery_try, endpoint").update();
  }

  private static long first() {
    return 1_000_000_000_000L;
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  private static Stream<Filter> filters() {
    Instant from = Instant.EPOCH;
    Instant to = hub.clock.instant().plus(Duration.ofDays(1));
    return Stream.of(
            new Filter(null, null, null, null, null),
            new Filter(null, null, Only.DELIVERED, null, null),
            new Filter(null, null, Only.WAITING, null, null),
            new Filter(null, null, Only.GIVEN_UP, null, null),
            new Filter(null, null, Only.PARKED, null, null),
            new Filter(null, null, null, 2L, null),
            new Filter(null, null, null, null, impUid))
        .flatMap(
            one -> Stream.of(one, new Filter(from, to, one.only(), one.endpoint(), one.impUid())));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void noDeliveryIsReadToChooseOthers(Filter filter) {
    for (Place below : List.of(Place.START, new Place(first() + ROWS / 2, 1))) {
      JsonNode plan = JsonMapper.shared().readTree(explain(filter, below));
      List<String> reads = reads(plan);
      assertThat(reads).as(plan.toPrettyString()).isNotEmpty();
      assertThat(reads).as(plan.toPrettyString()).noneMatch(read -> read.contains("Seq"));
      assertThat(cost(plan)).as(plan.toPrettyString()).isLessThan(2_000);
    }
  }

  @Test
  void aReadOfAllIsFound() {
    String plan =
        hub.jdbc
            .sql("explain (format json) select url from delivery d where tries > 0")
            .query(String.class)
            .single();
    assertThat(reads(JsonMapper.shared().readTree(plan))).containsExactly("Seq Scan");
  }

  private static String explain(Filter filter, Place below) {
    return hub.bean(LogStore.class).explain(Fixture.SHOP, filter, below, 20);
  }

  private static double cost(JsonNode plan) {
    return plan.get(0).path("Plan").path("Total Cost").asDouble();
  }

  /** How the table is read, at every place of the plan. */
  private static List<String> reads(JsonNode plan) {
    List<String> found = new ArrayList<>();
    if (plan.isObject() && "delivery".equals(plan.path("Relation Name").asString(""))) {
      found.add(plan.path("Node Type").asString());
    }
    plan.forEach(part -> found.addAll(reads(part)));
    return found;
  }
}
