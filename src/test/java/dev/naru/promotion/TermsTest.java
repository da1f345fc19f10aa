package dev.naru.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.connector.order.Card;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.promotion.Terms.Kind;
import dev.naru.promotion.Terms.Step;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What terms may be, what they take off, and what stays off after a cancel. */
class TermsTest {

  private static final Terms TEN_PERCENT =
      new Terms(Kind.RATE, List.of(new Step(5_000, 1_000)), null);
  private static final Terms THOUSAND =
      new Terms(Kind.AMOUNT, List.of(new Step(5_000, 1_000)), null);

  /** As V1's guide works them out: ordered, cancelled, retained, given back. */
  @ParameterizedTest
  @CsvSource({
    "RATE, 6000, 2000, false, 1400",
    "AMOUNT, 6000, 2000, false, 1000",
    "RATE, 6000, 2000, true, 1800",
    "AMOUNT, 6000, 2000, true, 1800",
    "RATE, 6000, 6000, false, 5400",
    "AMOUNT, 6000, 6000, true, 5000"
  })
  void theWorkedExamples(Kind kind, long ordered, long canceled, boolean retain, long refund) {
    Terms terms = kind == Kind.RATE ? TEN_PERCENT : THOUSAND;
    Benefit benefit = new Benefit("promotion-id-1", terms.off(ordered), terms, true);
    long charged = ordered - benefit.discount();
    assertThat(charged - benefit.price(ordered, ordered - canceled, retain)).isEqualTo(refund);
  }

  @ParameterizedTest
  @CsvSource({
    "4999, 0",
    "5000, 500",
    "5009, 500",
    "5010, 501",
    "49999, 4999",
    "50000, 7000",
    "1000000, 7000"
  })
  void theHighestStepThatIsReachedCounts(long amount, long off) {
    Terms terms =
        new Terms(Kind.RATE, List.of(new Step(5_000, 1_000), new Step(50_000, 1_500)), 7_000L);
    assertThat(terms.off(amount)).isEqualTo(off);
  }

  @Test
  void hugeAmountsDoNotOverflow() {
    Terms rate = new Terms(Kind.RATE, List.of(new Step(1, 9_999)), null);
    assertThat(rate.off(9_007_199_254_740_991L)).isEqualTo(9_006_298_534_815_516L);
    Terms fixed = new Terms(Kind.AMOUNT, List.of(new Step(1_000_000_000, 999_999_999)), null);
    assertThat(fixed.kept(9_007_199_254_740_991L, 9_007_199_254_740_991L)).isEqualTo(999_999_999);
  }

  @ParameterizedTest
  @CsvSource({
    "RATE, '', ",
    "RATE, '5000:0', ",
    "RATE, '5000:10000', ",
    "RATE, '0:1000', ",
    "RATE, '1000000001:1000', ",
    "RATE, '5000:1000', 0",
    "RATE, '5000:1000 5000:2000', ",
    "RATE, '5000:1000 6000:1000', ",
    "RATE, '5000:1000 4000:2000', ",
    "RATE, '1:1 2:2 3:3 4:4 5:5 6:6', ",
    "AMOUNT, '5000:5000', ",
    "AMOUNT, '5000:0', ",
    "AMOUNT, '5000:1000', 500",
    // 2,000 of 10,000 is no better than 1,000 of 5,000.
    "AMOUNT, '5000:1000 10000:2000', "
  })
  void whatCannotBe(Kind kind, String steps, @Nullable Long cap) {
    assertThatThrownBy(() -> new Terms(kind, steps(steps), cap)).isInstanceOf(Failed.class);
  }

  private static List<Step> steps(String text) {
    List<Step> steps = new ArrayList<>();
    for (String step : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String[] parts = step.split(":", -1);
      steps.add(new Step(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }
    return steps;
  }

  /** Whatever is cancelled in whatever steps: nothing is refunded that was not charged. */
  @Test
  void refundsNeverExceedWhatWasCharged() {
    long seed = Long.getLong("terms.seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      Terms terms = any(random);
      long ordered = terms.steps().getFirst().minimum() + random.nextLong(200_000);
      Benefit benefit = new Benefit("promotion-id-1", terms.off(ordered), terms, true);
      String what = "-Dterms.seed=" + seed + " round " + round + ": " + terms + " of " + ordered;
      assertThat(benefit.discount()).as(what).isBetween(0L, ordered - 1);
      boolean retain = random.nextBoolean();
      long charged = ordered - benefit.discount();
      assertThat(benefit.price(ordered, ordered, retain)).as(what).isEqualTo(charged);
      long paid = charged;
      long rest = ordered;
      for (int step = 0; rest > 0; step++) {
        long cancel = step > 5 ? rest : random.nextLong(1, rest + 1);
        long price = benefit.price(ordered, rest - cancel, retain);
        assertThat(price).as(what).isBetween(0L, rest - cancel);
        if (price > paid) {
          assertThat(retain).as(what).isFalse();
          continue;
        }
        assertThat(paid - price).as(what).isBetween(0L, cancel);
        rest -= cancel;
        paid = price;
      }
      assertThat(paid).as(what).isZero();
    }
  }

  private static Terms any(Random random) {
    Kind kind = random.nextBoolean() ? Kind.RATE : Kind.AMOUNT;
    List<Step> steps = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0 || steps.isEmpty(); i--) {
      long minimum = (steps.isEmpty() ? 0 : steps.getLast().minimum()) + random.nextLong(1, 30_000);
      long base = kind == Kind.RATE ? Terms.WHOLE : minimum;
      long lastBase =
          kind == Kind.RATE || steps.isEmpty() ? Terms.WHOLE : steps.getLast().minimum();
      long least = steps.isEmpty() ? 1 : steps.getLast().off() * base / lastBase + 1;
      if (least < base) {
        steps.add(new Step(minimum, random.nextLong(least, Math.min(base, least + base / 5 + 1))));
      }
    }
    Long cap = kind == Kind.RATE && random.nextBoolean() ? random.nextLong(1, 20_000) : null;
    return new Terms(kind, steps, cap);
  }

  @ParameterizedTest
  @CsvSource({"1234123412341234, 365", "4000000000000010, 366", "4902200000000000, 361"})
  void aCardTellsItsCompany(String number, String code) {
    assertThat(CardCompanies.of(card(number))).isEqualTo(code);
  }

  @Test
  void anUnknownCardTellsNothing() {
    assertThat(CardCompanies.of(card("9999990000000000"))).isNull();
  }

  private static Card card(String number) {
    return new Card(new Secret(number), YearMonth.of(2039, 12), null, null, null);
  }
}
