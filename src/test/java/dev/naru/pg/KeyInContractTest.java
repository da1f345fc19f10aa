package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.WindowKey;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.KeyOrder;
import dev.naru.connector.order.Order;
import dev.naru.pg.Rig.Lack;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link KeyIn}, and {@link ChargeKey} with a key just issued: both charge without a window. */
@Execution(ExecutionMode.CONCURRENT)
final class KeyInContractTest {

  private static final World WORLD = World.get();

  static Stream<Arguments> chargers() {
    return Means.of(Means.KEY_IN, Means.ISSUED_KEY);
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void approves(Rig rig, Means means) {
    Order order = rig.order(13_000);
    Approval approval = World.ok(means.charge(rig, order, World.GOOD));
    assertThat(approval.amount()).isEqualTo(rig.money(13_000));
    assertThat(approval.method()).isEqualTo("card");
    assertThat(approval.applyNum()).hasSizeGreaterThan(3);
    assertThat(World.present(approval.card()).name()).endsWith("카드");
    assertThat(World.present(approval.card()).number()).contains("*").doesNotContain(World.GOOD);
    assertThat(rig.left(order)).isEqualTo(13_000);
    PgRecord record = rig.found(order).orElseThrow();
    assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
    assertThat(record.balance()).isEqualTo(rig.money(13_000));
    assertThat(record.approval().orElseThrow().ref()).isEqualTo(approval.ref());
    assertThat(record.approval().orElseThrow().memo()).isEqualTo(approval.memo());
    if (!rig.lacks(Lack.DETAILS_IN_BOOKS)) {
      assertThat(record.approval().orElseThrow().card()).isEqualTo(approval.card());
    }
  }

  static Stream<Rig> onceOnly() {
    return Rig.some(
        Rig.having(ChargeKey.class)
            .filter(rig -> rig.can(IssueKey.class) || rig.can(WindowKey.class))
            .filter(rig -> rig.connector(ChargeKey.class).chargesOrderOnce()));
  }

  /** A connector may say that a charge can be repeated only if its PG makes no second one of it. */
  @ParameterizedTest
  @MethodSource("onceOnly")
  void makesNoSecondChargeOfAnOrder(Rig rig) {
    Order order = rig.order(13_000);
    PgKey key = WindowKeyContractTest.key(rig);
    ChargeKey charger = rig.connector(ChargeKey.class);
    Approval first = World.ok(charger.charge(order, key));
    switch (charger.charge(order, key)) {
      case Outcome.Ok<Approval>(Approval repeated) ->
          assertThat(repeated.ref()).isEqualTo(first.ref());
      case Outcome.Declined<Approval>(Decline no) ->
          assertThat(no.reason()).isEqualTo(Reason.DUPLICATE_ORDER);
      case Outcome<Approval> other -> assertThat(other).isInstanceOf(Outcome.Unknown.class);
    }
    assertThat(rig.charges(order)).hasSize(1);
    assertThat(rig.left(order)).isEqualTo(13_000);
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void declinesWithItsReasonAndThePgsText(Rig rig, Means means) {
    DECLINES.forEach(
        (number, reason) -> {
          Order order = rig.order(5_000);
          Decline decline = World.declined(means.charge(rig, order, number));
          assertThat(decline.reason()).as(number).isEqualTo(reason);
          assertThat(decline.code()).isNotBlank();
          assertThat(decline.text()).containsPattern("[가-힣]{2,}");
          assertThat(rig.charges(order)).isEmpty();
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

  static Stream<Rig> pgs() {
    return Rig.having(KeyIn.class, IssueKey.class);
  }

  /** That a card is too old is for the PG to say, in its own words, of a charge and of a key. */
  @ParameterizedTest
  @MethodSource("pgs")
  void theMonthOfACardIsForThePgToJudge(Rig rig) {
    Connector connector = rig.connector();
    KeyIn keyIn = connector.as(KeyIn.class).orElseThrow();
    IssueKey issuer = connector.as(IssueKey.class).orElseThrow();
    YearMonth now = YearMonth.now(ZoneId.of("Asia/Seoul"));
    for (YearMonth passed :
        List.of(YearMonth.of(2019, 1), YearMonth.of(2019, 3), now.minusMonths(1))) {
      Order order = rig.order(5_000);
      Card card = World.card(World.GOOD, passed);
      for (Decline no :
          List.of(
              World.declined(keyIn.charge(order, card)),
              World.declined(issuer.issue(WORLD.keyOrder(), card)))) {
        assertThat(no.reason()).as("%s", passed).isEqualTo(Reason.EXPIRED_CARD);
        assertThat(no.code()).isNotBlank();
        assertThat(no.text()).contains("유효기간");
      }
      assertThat(rig.charges(order)).isEmpty();
    }
    World.ok(keyIn.charge(rig.order(5_000), World.card(World.GOOD, now)));
    World.ok(issuer.issue(WORLD.keyOrder(), World.card(World.GOOD, now)));
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void timesOutBeforeApproval(Rig rig, Means means) {
    Order order = rig.order(7_000);
    World.unknown(means.charge(rig, order, "4000000000009001"));
    assertThat(rig.found(order)).isEmpty();
    assertThat(rig.left(order)).isZero();
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void findsWhatWasApprovedWithoutAnAnswer(Rig rig, Means means) {
    for (String number : List.of("4000000000009002", "4000000000009004")) {
      Order order = rig.order(7_000);
      World.unknown(means.charge(rig, order, number));
      PgRecord record = rig.found(order).orElseThrow();
      assertThat(record.state()).isEqualTo(PgRecord.State.PAID);
      assertThat(record.balance()).isEqualTo(rig.money(7_000));
    }
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void findsWhatWasApprovedAfterOurTimeout(Rig rig, Means means) {
    Order order = rig.order(7_000);
    World.unknown(means.charge(rig, order, "4000000000009003"));
    assertThat(rig.left(order)).isZero();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> rig.found(order).map(PgRecord::state).orElse(null), PgRecord.State.PAID::equals);
    assertThat(rig.left(order)).isEqualTo(7_000);
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void bearsSlowness(Rig rig, Means means) {
    Order order = rig.order(7_000);
    World.ok(means.charge(rig, order, "4000000000009005"));
    assertThat(rig.left(order)).isEqualTo(7_000);
  }

  /** At the others an attempt is never repeated, only looked up. */
  static Stream<Rig> idempotent() {
    return Rig.some(
        Rig.having(KeyIn.class, IssueKey.class, ChargeKey.class)
            .filter(rig -> !rig.lacks(Lack.REPETITION)));
  }

  @ParameterizedTest
  @MethodSource("idempotent")
  void sameAttemptTwiceChargesOnce(Rig rig) {
    Connector connector = rig.connector();
    Order order = rig.order(9_000);
    PgKey key =
        World.ok(
            connector
                .as(IssueKey.class)
                .orElseThrow()
                .issue(WORLD.keyOrder(), World.card(World.GOOD)));
    ChargeKey again = connector.as(ChargeKey.class).orElseThrow();
    assertThat(World.ok(again.charge(order, key)).ref())
        .isEqualTo(World.ok(again.charge(order, key)).ref());
    Order second = rig.order(9_000);
    World.ok(Means.KEY_IN.charge(rig, second, World.GOOD));
    World.ok(Means.KEY_IN.charge(rig, second, World.GOOD));
    assertThat(rig.charges(order)).hasSize(1);
    assertThat(rig.charges(second)).hasSize(1);
    // By another road it is another request, which must not become another charge.
    World.unknown(Means.KEY_IN.charge(rig, order, World.GOOD));
    assertThat(rig.charges(order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("chargers")
  void whatNeverLeftIsADecline(Rig rig, Means means) {
    assertThat(World.declined(means.unplugged(rig, rig.order(100))).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  static Stream<Rig> issuing() {
    return Rig.having(IssueKey.class);
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void aKeyIsBoundToItsOwner(Rig rig) {
    KeyOrder order = WORLD.keyOrder();
    PgKey key =
        World.ok(rig.connector(IssueKey.class).issue(order, World.card("9410830000000000")));
    assertThat(key.owner()).isEqualTo(order.owner());
    assertThat(key.toString()).doesNotContain(key.key().reveal());
    assertThat(World.present(key.card()).number()).contains("*");
  }
}
