package dev.naru.billing.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.api.Shop;
import dev.naru.billing.desk.ScheduleFilter.Basis;
import dev.naru.billing.desk.ScheduleFilter.Field;
import dev.naru.billing.desk.ScheduleFilter.Tab;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A page of schedules is walked in an index, wherever it begins. */
@OwnOrders
class ScheduleListPlanTest {

  private static final int ROWS = 20_000;
  private static final Instant FROM = Instant.parse("2040-01-01T00:00:00Z");
  private static final Shop SHOP = Shop.fresh();

  private static JdbcClient jdbc() {
    return JdbcClient.create(Hub.shared().database().dataSource());
  }

  /** Some that nobody opens: what is sealed in them is not looked at. */
  @BeforeAll
  static void fill() {
    jdbc()
        .sql(
            """
            insert into schedule (merchant_id, merchant_uid, customer_uid, channel_key, name, amount,
              currency, purchase, state, schedule_at, created_at, revoked_at)
            select :merchant, 'order-' || n, 'customer-' || n % 50,
              (select channel_key from channel where merchant_id = :merchant limit 1),
              'Plan ' || n, 1000, 'KRW', '\\x00', 'revoked',
              timestamptz '2040-01-01' + n * interval '1 minute',
              timestamptz '2040-01-01' + n * interval '1 minute',
              timestamptz '2040-01-01' + n * interval '1 minute'
            from generate_series(1, :rows) n
            """)
        .param("merchant", SHOP.merchant().id())
        .param("rows", ROWS)
        .update();
    jdbc().sql("analyze schedule").update();
  }

  private static ScheduleFilter filter(Basis basis, Tab tab, Field field, String text) {
    Instant to = FROM.plusSeconds(ROWS * 60L + 60);
    return new ScheduleFilter(basis, FROM, to, tab, Set.of(), field, text);
  }

  private static String plan(ScheduleFilter filter, ListPlace after) {
    String sql = "explain (costs off) " + ScheduleListStore.sql(filter);
    return String.join(
        "\n",
        ScheduleListStore.bound(jdbc().sql(sql), List.of(SHOP.merchant().id()), filter, after, 51)
            .query(String.class)
            .list());
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS, ALL, schedule_by_status_time",
    "STATUS, SCHEDULED, schedule_by_status_time",
    "STATUS, FAILED, schedule_by_status_time",
    "CREATED, ALL, schedule_by_creation"
  })
  void aPageWalksItsIndex(Basis basis, Tab tab, String index) {
    ScheduleFilter filter = filter(basis, tab, Field.ALL, "");
    ListPlace middle = new ListPlace(FROM.plusSeconds(600_000), "order-1", SHOP.merchant().id());
    assertThat(plan(filter, middle)).contains(index).doesNotContain("Seq Scan on schedule");
  }

  @Test
  void aSearchThatFindsLittleSaysWhereItGoesOn() {
    ScheduleListing listing = Hub.shared().bean(ScheduleListing.class);
    ScheduleFilter filter = filter(Basis.STATUS, Tab.ALL, Field.NAME, "nothing like it");
    List<Long> shop = List.of(SHOP.merchant().id());
    ScheduleListing.Page page = listing.page(shop, filter, null, 50);
    assertThat(page.rows()).isEmpty();
    assertThat(page.searchGoesOn()).isTrue();
    ListPlace next = Objects.requireNonNull(page.next());
    assertThat(ListPlace.of(next.word())).contains(next);
    assertThat(listing.page(shop, filter, next, 50).next()).isNotEqualTo(next);
    assertThat(listing.counts(shop, filter(Basis.STATUS, Tab.ALL, Field.ALL, "")).of(Tab.REVOKED))
        .isEqualTo(ScheduleListing.COUNTED);
    assertThat(listing.counts(shop, filter(Basis.STATUS, Tab.ALL, Field.ALL, "")).capped())
        .isTrue();
  }
}
