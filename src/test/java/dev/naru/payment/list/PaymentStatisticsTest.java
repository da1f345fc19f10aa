package dev.naru.payment.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.Shards;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentStatistics.Overview;
import dev.naru.payment.list.PaymentStatistics.Point;
import dev.naru.payment.list.PaymentStatistics.Series;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Days add up to what was sold and given back on them. */
@Apart
class PaymentStatisticsTest {

  private static final int STEPS = 60;

  private static Hub hub;

  @BeforeAll
  static void start() {
    hub = Hub.start(Map.of());
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  /** A payment that may be cancelled. */
  private static final class Paid {
    final String order;
    long left;

    Paid(String order, long left) {
      this.order = order;
      this.left = left;
    }
  }

  private final Map<LocalDate, Sales> expected = new TreeMap<>();
  private final List<Paid> paid = new ArrayList<>();

  @Test
  void daysAreWhatWasSoldAndGivenBackOnThem() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    LocalDate first = today();
    for (int step = 0; step < STEPS; step++) {
      move(random);
      act(random);
      if (random.nextInt(4) == 0) {
        follow(Duration.ofHours(random.nextInt(30)));
      }
      if (step % 10 == 9) {
        compare(first, "seed " + seed + " step " + step);
      }
    }
    follow(Duration.ZERO);
    compare(first, "seed " + seed);
    aChangedSumIsFoundAndMadeAnew(first);
  }

  private void aChangedSumIsFoundAndMadeAnew(LocalDate first) {
    SumNight night = hub.bean(SumNight.class);
    assertThat(night.check(1)).isTrue();
    hub.bean(Shards.class)
        .of(1)
        .sql("update payment_sum set sold = sold + 1 where merchant_id = 1 and unit = 'day'")
        .update();
    assertThat(night.check(1)).isFalse();
    follow(Duration.ZERO);
    compare(first, "made anew");
    assertThat(night.check(1)).isTrue();
  }

  /** Hours, a few of them across midnight, and now and then days. */
  private void move(SplittableRandom random) {
    Instant now = clock().instant();
    Instant midnight = Spans.start(today().plusDays(1));
    Instant to =
        switch (random.nextInt(6)) {
          case 0 -> midnight.minus(Duration.ofMillis(1_500));
          case 1 -> midnight.plus(Duration.ofMillis(5));
          case 2 -> now.plus(Duration.ofHours(random.nextInt(1, 70)));
          default -> now.plus(Duration.ofMinutes(random.nextInt(1, 300)));
        };
    Duration more = Duration.between(now, to);
    clock().offset(clock().offset().plus(more.isNegative() ? Duration.ZERO : more));
  }

  private static HubClock clock() {
    return hub.bean(HubClock.class);
  }

  private static Merchant shop() {
    return hub.bean(Merchants.class).get(1);
  }

  /** A token does not live as long as these days. */
  private static Api api() {
    return new Api(hub.url());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock().instant(), HubClock.SEOUL);
  }

  /** What is done across midnight counts on either day: the books say on which. */
  private void act(SplittableRandom random) {
    LocalDate before = today();
    Sales done =
        switch (random.nextInt(5)) {
          case 0 -> decline();
          case 1, 2 -> paid.isEmpty() ? sell(random) : giveBack(random);
          default -> sell(random);
        };
    LocalDate day = before.equals(today()) ? before : dayOfLastEvent();
    expected.merge(day, done, Sales::plus);
  }

  private LocalDate dayOfLastEvent() {
    Instant at =
        hub.bean(Shards.class)
            .of(1)
            .sql("select at from event where merchant_id = 1 order by event_id desc limit 1")
            .query((row, n) -> row.getTimestamp("at").toInstant())
            .single();
    return LocalDate.ofInstant(at, HubClock.SEOUL);
  }

  private Sales sell(SplittableRandom random) {
    long amount = random.nextLong(1_000, 90_000);
    String order = Api.newOrder();
    Map<String, Object> request = Api.keyIn(order, "tosspayments", Api.GOOD_CARD);
    request.put("amount", amount);
    assertThat(api().post("/subscribe/payments/onetime", request).code()).isZero();
    paid.add(new Paid(order, amount));
    return new Sales(amount, 0, 1, 0, 0);
  }

  private Sales decline() {
    api()
        .post(
            "/subscribe/payments/onetime",
            Api.keyIn(Api.newOrder(), "tosspayments", "4000-0000-0000-0002"));
    return new Sales(0, 0, 0, 0, 1);
  }

  private Sales giveBack(SplittableRandom random) {
    Paid one = paid.get(random.nextInt(paid.size()));
    long amount = random.nextBoolean() ? one.left : random.nextLong(1, one.left + 1);
    Api.Answer answer =
        api().post("/payments/cancel", Map.of("merchant_uid", one.order, "amount", amount));
    assertThat(answer.code()).as(answer.message()).isZero();
    one.left -= amount;
    if (one.left == 0) {
      paid.remove(one);
    }
    return new Sales(0, amount, 0, 1, 0);
  }

  private void follow(Duration ago) {
    hub.bean(FollowLoop.class).follow(clock().instant().minus(ago).plusMillis(1));
  }

  private void compare(LocalDate first, String when) {
    LocalDate last = today();
    Overview overview = hub.bean(PaymentStatistics.class).days(shop(), first, last, Mode.TEST);
    Series series = Objects.requireNonNull(overview.currencies().get("KRW"));
    Map<LocalDate, Sales> found = new TreeMap<>();
    for (Point point : series.points()) {
      if (!point.sales().equals(Sales.NONE)) {
        found.put(LocalDate.ofInstant(point.since(), HubClock.SEOUL), point.sales());
      }
    }
    assertThat(found).as(when).isEqualTo(expected);
    Sales total = expected.values().stream().reduce(Sales.NONE, Sales::plus);
    assertThat(series.total()).as(when).isEqualTo(total);
    assertThat(series.byPg()).as(when).containsExactly(Map.entry("tosspayments", total));
    assertThat(series.byMethod()).as(when).containsExactly(Map.entry("card", total));
    assertThat(series.total()).as(when).isEqualTo(ofPayments(total));
    hours(when);
  }

  /** Hours of today are today. */
  private void hours(String when) {
    @Nullable Series today =
        hub.bean(PaymentStatistics.class).today(shop(), Mode.TEST).currencies().get("KRW");
    Sales total = today == null ? Sales.NONE : today.total();
    assertThat(total).as(when).isEqualTo(expected.getOrDefault(today(), Sales.NONE));
  }

  /** What the payments themselves say, with the counts of those that are compared otherwise. */
  private static Sales ofPayments(Sales counts) {
    return hub.bean(Shards.class)
        .of(1)
        .sql(
            """
            select sum(amount) as sold, sum(canceled) as refunded, count(*) as sales from payment
            where merchant_id = 1 and state = 'paid'
            """)
        .query(
            (row, n) ->
                new Sales(
                    row.getLong("sold"),
                    row.getLong("refunded"),
                    row.getLong("sales"),
                    counts.cancels(),
                    counts.declines()))
        .single();
  }
}
