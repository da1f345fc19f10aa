package dev.naru.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Money;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.audit.Actor;
import dev.naru.promotion.Promotion.Books;
import dev.naru.promotion.Promotion.State;
import dev.naru.promotion.Terms.Kind;
import dev.naru.promotion.Terms.Step;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a merchant may do to a promotion, and when. */
class PromotionsTest {

  private static final Terms TERMS = new Terms(Kind.RATE, List.of(new Step(5_000, 1_000)), null);
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final Promotions promotions = Hub.shared().bean(Promotions.class);
  private final long merchant = merchant();

  private static long merchant() {
    long id = ThreadLocalRandom.current().nextLong(1_000, 1L << 40);
    Hub.shared()
        .bean(Merchants.class)
        .add(
            new Merchant(
                id, (int) (id % 1_024), "imp-p-" + Long.toString(id, 36), null, null, "Shop"),
            Map.of());
    return id;
  }

  private static Plan plan(Instant starts, Instant ends) {
    return new Plan("Spring", "365", starts, ends, 10_000, true, TERMS);
  }

  private static Promotion promotion(Instant starts, Instant ends, Books books) {
    return new Promotion(1, "promotion-id-1", plan(starts, ends), books, false, null, NOW, NOW, 1);
  }

  private static void refused(ThrowingCallable call, Class<? extends Failure> why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.failure()).isInstanceOf(why));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, 0, 0, ACTIVE",
    "0, 1, 0, 0, ACTIVE",
    "1, 2, 0, 0, PLANNED",
    "-2, -1, 0, 0, ENDED",
    "-2, 0, 0, 0, ENDED",
    "-1, 1, 0, 9500, ACTIVE",
    "-1, 1, 0, 9501, EXHAUSTED",
    "-1, 1, 9501, 0, EXHAUSTED",
    "-1, 1, 5000, 5000, EXHAUSTED"
  })
  void itsStateFollowsFromClockAndBooks(
      int starts, int ends, long reserved, long spent, State state) {
    Promotion promotion =
        promotion(
            NOW.plus(DAY.multipliedBy(starts)),
            NOW.plus(DAY.multipliedBy(ends)),
            new Books(reserved, spent));
    assertThat(promotion.state(NOW)).isEqualTo(state);
    if (state != State.ENDED) {
      assertThat(promotion.paused(NOW).state(NOW)).isEqualTo(State.PAUSED);
      assertThat(promotion.paused(NOW).resumed(NOW).state(NOW)).isEqualTo(state);
      assertThat(promotion.paused(NOW).ended(NOW).state(NOW)).isEqualTo(State.ENDED);
      refused(() -> promotion.resumed(NOW), Failure.WrongState.class);
    } else {
      refused(() -> promotion.paused(NOW), Failure.WrongState.class);
      refused(() -> promotion.ended(NOW), Failure.WrongState.class);
    }
  }

  @Test
  void whatIsPlannedMayChangeAll() {
    Promotion planned = promotion(NOW.plus(DAY), NOW.plus(DAY.multipliedBy(2)), Books.EMPTY);
    Terms others = new Terms(Kind.AMOUNT, List.of(new Step(10_000, 2_000)), null);
    Plan wanted = new Plan("Summer", "366", NOW, NOW.plus(DAY), 50_000, false, others);
    assertThat(planned.edited(wanted, NOW).plan()).isEqualTo(wanted);
    Plan past = plan(NOW.minus(DAY.multipliedBy(2)), NOW.minus(DAY));
    refused(() -> planned.edited(past, NOW), Failure.Invalid.class);
  }

  @ParameterizedTest
  @CsvSource({"0", "9900"})
  void whatHasBegunMayChangeNameAndDates(long spent) {
    Plan plan = plan(NOW.minus(DAY), NOW.plus(DAY));
    Promotion begun = promotion(plan.startsAt(), plan.endsAt(), new Books(0, spent));
    Plan named = new Plan("Other", "365", NOW, NOW.plus(DAY.multipliedBy(9)), 10_000, true, TERMS);
    assertThat(begun.edited(named, NOW).plan()).isEqualTo(named);
    for (Plan wanted :
        List.of(
            new Plan("Spring", "366", plan.startsAt(), plan.endsAt(), 10_000, true, TERMS),
            new Plan("Spring", "365", plan.startsAt(), plan.endsAt(), 10_001, true, TERMS),
            new Plan("Spring", "365", plan.startsAt(), plan.endsAt(), 10_000, false, TERMS))) {
      refused(() -> begun.edited(wanted, NOW), Failure.WrongState.class);
    }
    Plan later = plan(NOW.plusSeconds(1), NOW.plus(DAY));
    refused(() -> begun.edited(later, NOW), Failure.Invalid.class);

    Promotion paused = begun.paused(NOW);
    Plan end = new Plan("Other", "365", plan.startsAt(), NOW.plusSeconds(1), 10_000, true, TERMS);
    assertThat(paused.edited(end, NOW).plan()).isEqualTo(end);
    refused(() -> paused.edited(named, NOW), Failure.WrongState.class);
    Promotion ended = begun.ended(NOW);
    refused(() -> ended.edited(end, NOW), Failure.WrongState.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 365, 1, 10000",
    "' ', 365, 1, 10000",
    "12345678901234567890123456789012345678901, 365, 1, 10000",
    "Spring, 999, 1, 10000",
    "Spring, '*', 1, 10000",
    "Spring, 365, 0, 10000",
    "Spring, 365, -1, 10000",
    "Spring, 365, 1, 499",
    "Spring, 365, 1, 0",
    "Spring, 365, 1, 1000000000001"
  })
  void aPlanThatCannotBe(String name, String card, int days, long budget) {
    refused(
        () -> new Plan(name, card, NOW, NOW.plus(DAY.multipliedBy(days)), budget, true, TERMS),
        Failure.Invalid.class);
  }

  @Test
  void itIsKeptAndChanged() {
    Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    Plan plan = plan(now.minus(DAY), now.plus(DAY));
    Promotion made = promotions.make(Actor.HUB, merchant, plan);
    assertThat(made.id()).matches("promotion-id-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(made.plan()).isEqualTo(plan);
    assertThat(promotions.make(Actor.HUB, merchant, made.id(), plan(now, now.plus(DAY))))
        .isEqualTo(made);
    promotions.pause(Actor.HUB, merchant, made.id());
    refused(() -> promotions.pause(Actor.HUB, merchant, made.id()), Failure.WrongState.class);
    promotions.resume(Actor.HUB, merchant, made.id());
    Plan named = new Plan("Other", "365", plan.startsAt(), plan.endsAt(), 10_000, true, TERMS);
    assertThat(promotions.edit(Actor.HUB, merchant, made.id(), named).plan()).isEqualTo(named);
    assertThat(promotions.end(Actor.HUB, merchant, made.id()).state(now)).isEqualTo(State.ENDED);
    assertThat(promotions.get(merchant, made.id()).plan()).isEqualTo(named);
    assertThat(promotions.list(merchant)).extracting(Promotion::id).containsExactly(made.id());
    refused(
        () -> promotions.make(Actor.HUB, merchant, plan(now.minus(DAY), now.minusSeconds(1))),
        Failure.Invalid.class);
  }

  @Test
  void anothersIsNotFound() {
    Instant now = Instant.now();
    String id = promotions.make(Actor.HUB, merchant, plan(now.minus(DAY), now.plus(DAY))).id();
    long other = merchant();
    refused(() -> promotions.get(other, id), Failure.NotFound.class);
    refused(() -> promotions.end(Actor.HUB, other, id), Failure.NotFound.class);
    refused(() -> promotions.pause(Actor.HUB, other, id), Failure.NotFound.class);
    refused(() -> promotions.grant(other, id, Money.krw(6_000), "365"), Failure.Invalid.class);
    assertThat(promotions.list(other)).isEmpty();
    assertThat(promotions.current(other, Money.krw(6_000))).isEmpty();
    assertThat(promotions.grant(merchant, id, Money.krw(6_000), "365"))
        .hasValueSatisfying(benefit -> assertThat(benefit.discount()).isEqualTo(600));
  }

  @Test
  void theDatabaseLetsNobodyOverspend() {
    Instant now = Instant.now();
    String id = promotions.make(Actor.HUB, merchant, plan(now.minus(DAY), now.plus(DAY))).id();
    for (String change :
        List.of(
            "reserved = 10001",
            "reserved = 5000, spent = 5001",
            "reserved = -1",
            "spent = -1",
            "budget = 0")) {
      assertThatThrownBy(
              () ->
                  JdbcClient.create(Hub.shared().database().dataSource())
                      .sql("update promotion set " + change + " where promotion_id = ?")
                      .param(id)
                      .update())
          .as(change)
          .isInstanceOf(DataIntegrityViolationException.class);
    }
  }
}
