package dev.naru.payment.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.payment.list.PaymentFilter.Amounts;
import dev.naru.payment.list.PaymentFilter.Basis;
import dev.naru.payment.list.PaymentFilter.Field;
import dev.naru.payment.list.PaymentFilter.Kind;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Preset;
import dev.naru.payment.list.PaymentFilter.Read;
import dev.naru.payment.list.PaymentFilter.Search;
import dev.naru.payment.list.PaymentFilter.Span;
import dev.naru.payment.list.PaymentFilter.Status;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters as addresses carry them. */
class FilterQueryTest {

  private static final Instant NOW = Instant.parse("2026-11-28T13:05:54Z");
  private static final PaymentFilter STANDARD = PaymentFilter.standard(NOW, Mode.LIVE);

  @Test
  void everyFilterIsReadAsItWasWritten() {
    long seed = System.nanoTime();
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      PaymentFilter filter = any(random);
      Read read = PaymentFilter.of(parsed(filter.query()), STANDARD, NOW);
      assertThat(read.filter()).as("%s, seed %d", filter.query(), seed).isEqualTo(filter);
      assertThat(read.ignored()).isEmpty();
    }
  }

  private static PaymentFilter any(RandomGenerator random) {
    Preset preset = List.of(Preset.values()).get(random.nextInt(Preset.values().length));
    Basis basis = random.nextBoolean() ? Basis.STATUS : Basis.REQUEST;
    Instant from = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * random.nextInt(9_999));
    Span span =
        random.nextBoolean()
            ? Spans.of(basis, preset, NOW)
            : new Span(basis, null, from, from.plusSeconds(60L * (1 + random.nextInt(9_999))));
    return STANDARD
        .edit()
        .span(span)
        .statuses(some(random, Status.class))
        .methods(random.nextBoolean() ? Set.of() : Set.of("card", "other"))
        .pgs(random.nextBoolean() ? Set.of() : Set.of("html5_inicis"))
        .channel(random.nextBoolean() ? null : "channel-1")
        .amount(random.nextBoolean() ? Amounts.ANY : new Amounts(1L, random.nextLong(2, 999)))
        .kinds(some(random, Kind.class))
        .modes(some(random, Mode.class))
        .shop(random.nextBoolean() ? null : random.nextBoolean() ? "-" : "A01")
        .search(random.nextBoolean() ? null : new Search(Field.ORDER, "홍 길동 & 50% +"))
        .filter();
  }

  private static <E extends Enum<E>> Set<E> some(RandomGenerator random, Class<E> type) {
    Set<E> some = EnumSet.allOf(type);
    some.removeIf(each -> random.nextBoolean());
    return some;
  }

  private static Map<String, List<String>> parsed(String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] both = pair.split("=", 2);
      values
          .computeIfAbsent(both[0], name -> new ArrayList<>())
          .add(URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "status,gone",
    "basis,'; drop table payment'",
    "period,century",
    "from,2026-13-41T99:99",
    "from,-999999999-01-01T00:00",
    "to,yesterday",
    "min,-1",
    "max,99999999999999999999999",
    "method,'a b'",
    "pg,../x",
    "mode,both",
    "kind,x",
    "shop,'%00'",
    "channel,'<b>'"
  })
  void whatMeansNothingIsLeftOutAndTold(String name, String value) {
    Read read = PaymentFilter.of(Map.of(name, List.of(value)), STANDARD, NOW);
    assertThat(read.filter()).isEqualTo(STANDARD);
    assertThat(read.ignored()).containsExactly(name);
  }

  @Test
  void aSearchIsNoLongerThanAnyName() {
    Read read = PaymentFilter.of(Map.of("q", List.of("x".repeat(101))), STANDARD, NOW);
    assertThat(read.filter().search()).isNull();
    assertThat(read.ignored()).containsExactly("q");
  }

  @Test
  void anEndBeforeTheBeginningIsTold() {
    Read read =
        PaymentFilter.of(
            Map.of("from", List.of("2026-11-28T10:00"), "to", List.of("2026-11-27T10:00")),
            STANDARD,
            NOW);
    assertThat(read.ignored()).containsExactly("to");
    assertThat(read.filter().span().from()).isBefore(read.filter().span().to());
  }

  @Test
  void theLastMinuteIsPartOfTheSpan() {
    Read read =
        PaymentFilter.of(
            Map.of("from", List.of("2026-11-28T00:00"), "to", List.of("2026-11-28T23:59")),
            STANDARD,
            NOW);
    assertThat(read.filter().span().from()).isEqualTo("2026-11-27T15:00:00Z");
    assertThat(read.filter().span().to()).isEqualTo("2026-11-28T15:00:00Z");
  }

  @Test
  void daysAreKoreas() {
    Span yesterday =
        Spans.of(Basis.STATUS, Preset.YESTERDAY, Instant.parse("2026-11-28T15:00:00Z"));
    assertThat(yesterday.from()).isEqualTo("2026-11-27T15:00:00Z");
    assertThat(yesterday.to()).isEqualTo("2026-11-28T15:00:00Z");
  }

  @Test
  void keysAreReadAsTheyWereWritten() {
    PaymentKey key = new PaymentKey(Instant.parse("2026-11-28T13:05:54.123456Z"), "imp_1");
    assertThat(PaymentKey.of(key.word())).contains(key);
    for (String none : Arrays.asList("", "-", "x-imp_1", "1-a b", "99999999999999999-a", "12")) {
      assertThat(PaymentKey.of(none)).as(none).isEmpty();
    }
  }
}
