package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Card;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.KeyOrder;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.Money;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link KeyIn}, and {@link ChargeKey} with a key just issued: both charge without a window. */
final class KeyInContractTest {

  private static final World WORLD = World.get();

  /** Charges an order with a card of that number, in one way or the other. */
  interface Charger {
    Outcome<Approval> charge(Order order, String number);
  }

  static Stream<Arguments> chargers() {
    Stream<Arguments> keyIn =
        World.having(List.of(KeyIn.class))
            .map(pg -> arguments(pg, "key-in", KeyInContractTest::keyIn));
    Stream<Arguments> byKey =
        World.having(List.of(IssueKey.class, ChargeKey.class))
            .map(pg -> arguments(pg, "billing key", KeyInContractTest::byKey));
    return Stream.concat(keyIn, byKey);
  }

  private static Arguments arguments(
      Pg<?> pg, String way, java.util.function.Function<Connector, Charger> charger) {
    return Arguments.of(Named.of(pg.code(), pg), Named.of(way, charger.apply(WORLD.connector(pg))));
  }

  private static Charger keyIn(Connector connector) {
    KeyIn keyIn = connector.as(KeyIn.class).orElseThrow();
    assertThat(keyIn.keyInEnds()).isEqualTo(Ends.LOOKUP);
    return (order, number) -> keyIn.charge(order, World.card(number));
  }

  private static Charger byKey(Connector connector) {
    IssueKey issuer = connector.as(IssueKey.class).orElseThrow();
    ChargeKey charger = connector.as(ChargeKey.class).orElseThrow();
    assertThat(charger.chargeKeyEnds()).isEqualTo(Ends.LOOKUP);
    return (order, number) ->
        issuer.issue(WORLD.keyOrder(), World.card(number)).then(key -> charger.charge(order, key));
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void approves(Pg<?> pg, Charger charger) {
    Order order = WORLD.order(13_000);
    Approval approval = World.ok(charger.charge(order, World.GOOD));
    assertThat(approval.amount()).isEqualTo(Money.krw(13_000));
    assertThat(approval.method()).isEqualTo("card");
    assertThat(approval.applyNum()).hasSizeGreaterThan(3);
    assertThat(World.present(approval.card()).name()).endsWith("카드");
    assertThat(World.present(approval.card()).number()).contains("*").doesNotContain(World.GOOD);
    assertThat(WORLD.paid(pg, order)).isEqualTo(13_000);
    PgRecord record = found(pg, order).orElseThrow();
    assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
    assertThat(record.balance()).isEqualTo(Money.krw(13_000));
    assertThat(record.approval().orElseThrow().ref()).isEqualTo(approval.ref());
    assertThat(record.approval().orElseThrow().memo()).isEqualTo(approval.memo());
    assertThat(record.approval().orElseThrow().card()).isEqualTo(approval.card());
  }

  static Stream<Pg<?>> onceOnly() {
    return World.having(List.of(IssueKey.class, ChargeKey.class))
        .filter(pg -> WORLD.connector(pg).as(ChargeKey.class).orElseThrow().chargesOrderOnce());
  }

  /** A connector may say that a charge can be repeated only if its PG makes no second one of it. */
  @ParameterizedTest
  @MethodSource("onceOnly")
  void makesNoSecondChargeOfAnOrder(Pg<?> pg) {
    Order order = WORLD.order(13_000);
    Connector connector = WORLD.connector(pg);
    PgKey key =
        World.ok(
            connector
                .as(IssueKey.class)
                .orElseThrow()
                .issue(WORLD.keyOrder(), World.card(World.GOOD)));
    ChargeKey charger = connector.as(ChargeKey.class).orElseThrow();
    Approval first = World.ok(charger.charge(order, key));
    switch (charger.charge(order, key)) {
      case Outcome.Ok<Approval>(Approval repeated) ->
          assertThat(repeated.ref()).isEqualTo(first.ref());
      case Outcome.Declined<Approval>(Decline no) ->
          assertThat(no.reason()).isEqualTo(Reason.DUPLICATE_ORDER);
      case Outcome<Approval> other -> assertThat(other).isInstanceOf(Outcome.Unknown.class);
    }
    assertThat(WORLD.charges(pg, order)).hasSize(1);
    assertThat(WORLD.paid(pg, order)).isEqualTo(13_000);
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void declinesWithItsReasonAndThePgsText(Pg<?> pg, Charger charger) {
    DECLINES.forEach(
        (number, reason) -> {
          Order order = WORLD.order(5_000);
          Decline decline = World.declined(charger.charge(order, number));
          assertThat(decline.reason()).as(number).isEqualTo(reason);
          assertThat(decline.code()).isNotBlank();
          assertThat(decline.text()).containsPattern("[가-힣]{2,}");
          assertThat(WORLD.charges(pg, order)).isEmpty();
        });
  }

  static final Map<String, Reason> DECLINES =
      Map.ofEntries(
          Map.entry("4000000000000002", Reason.REFUSED),
          Map.entry("4000000000000010", Reason.LIMIT_EXCEEDED),
          Map.entry("4000000000000028", Reason.INSUFFICIENT_BALANCE),
          Map.entry("4000000000000036", Reason.LOST_OR_STOLEN),
          Map.entry("4000000000000044", Reason.EXPIRED_CARD),
          Map.entry("4000000000000051", Reason.WRONG_PIN),
          Map.entry("4000000000000069", Reason.WRONG_IDENTITY),
          Map.entry("4000000000000077", Reason.INVALID_CARD_NUMBER),
          Map.entry("4000000000000085", Reason.SUSPENDED_CARD),
          Map.entry("4000000000000093", Reason.INSTALLMENT_NOT_ALLOWED),
          Map.entry("4000000000000101", Reason.SUSPECTED_FRAUD),
          Map.entry("4000000000000119", Reason.ISSUER_UNAVAILABLE));

  static Stream<Pg<?>> pgs() {
    return World.having(List.of(KeyIn.class, IssueKey.class));
  }

  /** That a card is too old is for the PG to say, in its own words, of a charge and of a key. */
  @ParameterizedTest
  @MethodSource("pgs")
  void theMonthOfACardIsForThePgToJudge(Pg<?> pg) {
    Connector connector = WORLD.connector(pg);
    KeyIn keyIn = connector.as(KeyIn.class).orElseThrow();
    IssueKey issuer = connector.as(IssueKey.class).orElseThrow();
    YearMonth now = YearMonth.now(ZoneId.of("Asia/Seoul"));
    for (YearMonth passed :
        List.of(YearMonth.of(2019, 1), YearMonth.of(2019, 3), now.minusMonths(1))) {
      Order order = WORLD.order(5_000);
      Card card = World.card(World.GOOD, passed);
      for (Decline no :
          List.of(
              World.declined(keyIn.charge(order, card)),
              World.declined(issuer.issue(WORLD.keyOrder(), card)))) {
        assertThat(no.reason()).as("%s", passed).isEqualTo(Reason.EXPIRED_CARD);
        assertThat(no.code()).isNotBlank();
        assertThat(no.text()).contains("유효기간");
      }
      assertThat(WORLD.charges(pg, order)).isEmpty();
    }
    World.ok(keyIn.charge(WORLD.order(5_000), World.card(World.GOOD, now)));
    World.ok(issuer.issue(WORLD.keyOrder(), World.card(World.GOOD, now)));
  }

  @ParameterizedTest
  @MethodSource("chargers")
  @Execution(ExecutionMode.CONCURRENT)
  void timesOutBeforeApproval(Pg<?> pg, Charger charger) {
    Order order = WORLD.order(7_000);
    World.unknown(charger.charge(order, "4000000000009001"));
    assertThat(found(pg, order)).isEmpty();
    assertThat(WORLD.paid(pg, order)).isZero();
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void findsWhatWasApprovedWithoutAnAnswer(Pg<?> pg, Charger charger) {
    for (String number : List.of("4000000000009002", "4000000000009004")) {
      Order order = WORLD.order(7_000);
      World.unknown(charger.charge(order, number));
      PgRecord record = found(pg, order).orElseThrow();
      assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
      assertThat(record.balance()).isEqualTo(Money.krw(7_000));
    }
  }

  @ParameterizedTest
  @MethodSource("chargers")
  @Execution(ExecutionMode.CONCURRENT)
  void findsWhatWasApprovedAfterOurTimeout(Pg<?> pg, Charger charger) {
    Order order = WORLD.order(7_000);
    World.unknown(charger.charge(order, "4000000000009003"));
    assertThat(WORLD.paid(pg, order)).isZero();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> found(pg, order).map(PgRecord::state).orElse(null), PgRecord.State.PAID::equals);
    assertThat(WORLD.paid(pg, order)).isEqualTo(7_000);
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void bearsSlowness(Pg<?> pg, Charger charger) {
    Order order = WORLD.order(7_000);
    World.ok(charger.charge(order, "4000000000009005"));
    assertThat(WORLD.paid(pg, order)).isEqualTo(7_000);
  }

  /** INIAPI knows no idempotency: its attempts are never repeated, only looked up. */
  static Stream<Arguments> idempotent() {
    return chargers().filter(of -> ((Named<?>) of.get()[0]).getName().equals("tosspayments"));
  }

  @ParameterizedTest
  @MethodSource("idempotent")
  void sameAttemptTwiceChargesOnce(Pg<?> pg, Charger charger) {
    Connector connector = WORLD.connector(pg);
    Order order = WORLD.order(9_000);
    PgKey key =
        World.ok(
            connector
                .as(IssueKey.class)
                .orElseThrow()
                .issue(WORLD.keyOrder(), World.card(World.GOOD)));
    ChargeKey again = connector.as(ChargeKey.class).orElseThrow();
    assertThat(World.ok(again.charge(order, key)).ref())
        .isEqualTo(World.ok(again.charge(order, key)).ref());
    Order second = WORLD.order(9_000);
    World.ok(keyIn(connector).charge(second, World.GOOD));
    World.ok(keyIn(connector).charge(second, World.GOOD));
    assertThat(WORLD.charges(pg, order)).hasSize(1);
    assertThat(WORLD.charges(pg, second)).hasSize(1);
    // By another road it is another request, which must not become another charge.
    World.unknown(keyIn(connector).charge(order, World.GOOD));
    assertThat(WORLD.charges(pg, order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void whatNeverLeftIsADecline(Pg<?> pg, Charger charger) {
    Connector unplugged = WORLD.unplugged(pg);
    Outcome<Approval> outcome =
        unplugged.as(KeyIn.class).orElseThrow().charge(WORLD.order(100), World.card(World.GOOD));
    assertThat(World.declined(outcome).reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void aKeyIsBoundToItsOwner(Pg<?> pg, Charger charger) {
    KeyOrder order = WORLD.keyOrder();
    PgKey key =
        World.ok(WORLD.connector(pg, IssueKey.class).issue(order, World.card("9410830000000000")));
    assertThat(key.owner()).isEqualTo(order.owner());
    assertThat(key.toString()).doesNotContain(key.key().reveal());
    assertThat(World.present(key.card()).number()).contains("*");
  }

  static Optional<PgRecord> found(Pg<?> pg, Order order) {
    return World.ok(WORLD.connector(pg, Lookup.class).find(order, null, WORLD.intent(order)));
  }
}
