package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Capability.Points;
import dev.naru.connector.Capability.QuickPay;
import dev.naru.connector.Capability.QuickWindow;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.PointAccount;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link Points}, {@link QuickPay} by money and by a {@link ChargeKey} of its window, and {@link
 * Cvs}: charges without a window or a card. A magic number stands for whoever pays, or for the
 * barcode.
 */
final class DirectContractTest {

  private static final World WORLD = World.get();

  /** Whoever every simulator approves. */
  private static final String GOOD = "1234567812345678";

  private static final Secret PASSWORD = new Secret("benepia-password-4711");

  /** Charges an order for whom the number stands. */
  interface Charger {
    Outcome<Approval> charge(Order order, String number);
  }

  static Stream<Arguments> charging() {
    Stream<Arguments> points =
        of(List.of(Points.class), "points", "point", DirectContractTest::byPoints);
    List<Class<? extends Capability>> quick =
        List.of(QuickPay.class, QuickWindow.class, ChargeKey.class);
    return Stream.of(
            points,
            of(quick, "money", "point", DirectContractTest::byMoney),
            of(quick, "autopay", "card", DirectContractTest::byKey))
        .flatMap(Function.identity());
  }

  /** And what opens something that waits to be paid. */
  static Stream<Arguments> all() {
    return Stream.concat(
        charging(), of(List.of(Cvs.class), "barcode", "cvs", DirectContractTest::byBarcode));
  }

  private static Stream<Arguments> of(
      List<Class<? extends Capability>> has,
      String way,
      String method,
      Function<Connector, Charger> charger) {
    return World.having(has)
        .map(
            pg ->
                Arguments.of(
                    Named.of(pg.code(), pg),
                    Named.of(way, charger.apply(WORLD.connector(pg))),
                    method));
  }

  private static Charger byPoints(Connector connector) {
    Points points = connector.as(Points.class).orElseThrow();
    assertThat(points.pointsEnds()).isEqualTo(Ends.LOOKUP);
    return (order, number) -> points.payPoints(order, new PointAccount(number, PASSWORD, "M1"));
  }

  private static Charger byMoney(Connector connector) {
    QuickPay pays = connector.as(QuickPay.class).orElseThrow();
    QuickWindow window = connector.as(QuickWindow.class).orElseThrow();
    assertThat(pays.moneyEnds()).isEqualTo(Ends.LOOKUP);
    return (order, number) -> {
      World.ok(window.join(id(), number));
      PgRef pin = World.ok(window.checkPin(order.id(), number));
      return pays.payMoney(order, number, pin);
    };
  }

  private static Charger byKey(Connector connector) {
    ChargeKey charges = connector.as(ChargeKey.class).orElseThrow();
    QuickWindow window = connector.as(QuickWindow.class).orElseThrow();
    assertThat(charges.chargeKeyEnds()).isEqualTo(Ends.LOOKUP);
    return (order, number) -> {
      World.ok(window.join(id(), number));
      PgKey key = World.ok(window.registerAutopay(order.id(), number));
      assertThat(key.owner()).isEqualTo(number);
      return charges.charge(order, key);
    };
  }

  private static Charger byBarcode(Connector connector) {
    Cvs cvs = connector.as(Cvs.class).orElseThrow();
    assertThat(cvs.cvsEnds()).isEqualTo(Ends.LOOKUP);
    return (order, number) -> cvs.issue(order, number.equals(GOOD) ? null : number, null);
  }

  private static String id() {
    return WORLD.order(1).id();
  }

  private static PgRecord.State settled(String method) {
    return method.equals("cvs") ? PgRecord.State.WAITING : PgRecord.State.PAID;
  }

  @ParameterizedTest
  @MethodSource("all")
  void approves(Pg<?> pg, Charger charger, String method) {
    Order order = WORLD.order(1_300, method);
    Approval approval = World.ok(charger.charge(order, GOOD));
    assertThat(approval.amount()).isEqualTo(Money.krw(1_300));
    assertThat(approval.method()).isEqualTo(method);
    assertThat(approval.at()).isBetween(order.at().minusSeconds(5), order.at().plusSeconds(60));
    boolean barcode = method.equals("cvs");
    assertThat(approval.account() != null && approval.account().isBarcode()).isEqualTo(barcode);
    assertThat(WORLD.paid(pg, order)).isEqualTo(barcode ? 0 : 1_300);
    PgRecord record = KeyInContractTest.found(pg, order).orElseThrow();
    assertThat(record.state()).isEqualTo(settled(method));
    assertThat(record.balance()).isEqualTo(Money.krw(1_300));
    assertThat(record.approval().orElseThrow()).isEqualTo(approval);
    if (method.equals("card")) {
      assertThat(World.present(approval.card()).name()).endsWith("카드");
      assertThat(World.present(approval.card()).number()).contains("*");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void declinesWithItsReasonAndThePgsText(Pg<?> pg, Charger charger, String method) {
    KeyInContractTest.DECLINES.forEach(
        (number, reason) -> {
          Order order = WORLD.order(500, method);
          Decline decline = World.declined(charger.charge(order, number));
          assertThat(decline.reason()).as(number).isEqualTo(reason);
          assertThat(decline.code()).isNotBlank();
          assertThat(decline.text()).containsPattern("[가-힣]{2,}");
          assertThat(WORLD.charges(pg, order)).isEmpty();
          assertThat(KeyInContractTest.found(pg, order).orElseThrow().state())
              .isEqualTo(PgRecord.State.DEAD);
        });
  }

  @ParameterizedTest
  @MethodSource("all")
  @Execution(ExecutionMode.CONCURRENT)
  void timesOutBeforeApproval(Pg<?> pg, Charger charger, String method) {
    Order order = WORLD.order(700, method);
    World.unknown(charger.charge(order, "4000000000009001"));
    assertThat(KeyInContractTest.found(pg, order)).isEmpty();
    assertThat(WORLD.charges(pg, order)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void findsWhatWasApprovedWithoutAnAnswer(Pg<?> pg, Charger charger, String method) {
    for (String number : List.of("4000000000009002", "4000000000009004")) {
      Order order = WORLD.order(700, method);
      World.unknown(charger.charge(order, number));
      PgRecord record = KeyInContractTest.found(pg, order).orElseThrow();
      assertThat(record.state()).isEqualTo(settled(method));
      assertThat(record.balance()).isEqualTo(Money.krw(700));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  @Execution(ExecutionMode.CONCURRENT)
  void findsWhatWasApprovedAfterOurTimeout(Pg<?> pg, Charger charger, String method) {
    Order order = WORLD.order(700, method);
    World.unknown(charger.charge(order, "4000000000009003"));
    assertThat(WORLD.charges(pg, order)).isEmpty();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> KeyInContractTest.found(pg, order).map(PgRecord::state).orElse(null),
            settled(method)::equals);
    assertThat(WORLD.charges(pg, order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void bearsSlowness(Pg<?> pg, Charger charger, String method) {
    Order order = WORLD.order(700, method);
    World.ok(charger.charge(order, "4000000000009005"));
    assertThat(WORLD.charges(pg, order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void sameAttemptTwiceChargesOnce(Pg<?> pg, Charger charger, String method) {
    Order order = WORLD.order(900, method);
    Approval first = World.ok(charger.charge(order, GOOD));
    assertThat(World.ok(charger.charge(order, GOOD))).isEqualTo(first);
    assertThat(WORLD.charges(pg, order)).hasSize(1);
    Order another = World.expecting(901, order);
    assertThat(World.declined(charger.charge(another, GOOD)).reason())
        .isEqualTo(Reason.DUPLICATE_ORDER);
    assertThat(WORLD.charges(pg, order)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatNeverLeftIsADecline(Pg<?> pg, Charger charger, String method) {
    Connector unplugged = WORLD.unplugged(pg);
    Order order = WORLD.order(100, method);
    Outcome<Approval> outcome =
        switch (method) {
          case "cvs" -> unplugged.as(Cvs.class).orElseThrow().issue(order, null, null);
          case "card" ->
              unplugged
                  .as(ChargeKey.class)
                  .orElseThrow()
                  .charge(order, new PgKey(new Secret("key"), null, null));
          default ->
              unplugged
                  .as(Points.class)
                  .map(points -> points.payPoints(order, new PointAccount(GOOD, PASSWORD, null)))
                  .orElseGet(
                      () ->
                          unplugged
                              .as(QuickPay.class)
                              .orElseThrow()
                              .payMoney(order, GOOD, new PgRef("pin")));
        };
    assertThat(World.declined(outcome).reason()).isEqualTo(Reason.UNREACHABLE);
  }

  // Cancels

  private static Approval paid(Charger charger, Order order, String number) {
    return World.ok(charger.charge(order, number));
  }

  private static Cancels cancels(Pg<?> pg) {
    Cancels cancels = WORLD.connector(pg, Cancels.class);
    assertThat(cancels.cancelEnds()).isEqualTo(Ends.IDEMPOTENT_RETRY);
    return cancels;
  }

  @ParameterizedTest
  @MethodSource("charging")
  void cancelsInPartsAndOnce(Pg<?> pg, Charger charger, String method) {
    WORLD.connector(pg, PartialCancels.class);
    Order order = WORLD.order(1_000, method);
    Approval approval = paid(charger, order, GOOD);
    CancelOrder part = WORLD.cancel(order, approval, 300, 1_000);
    Canceled first = World.ok(cancels(pg).cancel(part));
    assertThat(World.ok(cancels(pg).cancel(part))).isEqualTo(first);
    assertThat(WORLD.paid(pg, order)).isEqualTo(700);
    CancelOrder tooMuch = WORLD.cancel(order, approval, 800, 1_000);
    assertThat(World.declined(cancels(pg).cancel(tooMuch)).reason()).isEqualTo(Reason.OVER_CANCEL);
    Canceled rest = World.ok(cancels(pg).cancel(WORLD.cancel(order, approval, 700, 700)));
    assertThat(rest.ref()).isNotEqualTo(first.ref());
    PgRecord record = KeyInContractTest.found(pg, order).orElseThrow();
    assertThat(record.state()).isEqualTo(PgRecord.State.CANCELED);
    assertThat(record.balance()).isEqualTo(Money.krw(0));
    assertThat(World.declined(cancels(pg).cancel(WORLD.cancel(order, approval, 1, 1))).reason())
        .isEqualTo(Reason.ALREADY_CANCELED);
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aReversalGivesBackWhateverWasCharged(Pg<?> pg, Charger charger, String method) {
    for (long expected : List.of(700L, 1_200L)) {
      Order order = WORLD.order(1_000, method);
      Approval approval = paid(charger, order, GOOD);
      Order other = World.expecting(expected, order);
      World.ok(
          cancels(pg)
              .cancel(CancelOrder.reversal(other, approval.ref(), approval.memo(), "금액 불일치")));
      assertThat(WORLD.paid(pg, order)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("charging")
  void aRefusalChangesNothing(Pg<?> pg, Charger charger, String method) {
    Order order = WORLD.order(1_000, method);
    Approval approval = paid(charger, order, "4000000000009015");
    CancelOrder cancel = WORLD.cancel(order, approval, 1_000, 1_000);
    assertThat(World.declined(cancels(pg).cancel(cancel)).reason())
        .isEqualTo(Reason.NOT_CANCELABLE);
    assertThat(WORLD.paid(pg, order)).isEqualTo(1_000);
  }

  @ParameterizedTest
  @MethodSource("charging")
  @Execution(ExecutionMode.CONCURRENT)
  void aCancelWithoutAnAnswerConverges(Pg<?> pg, Charger charger, String method) {
    for (String number :
        List.of("4000000000009011", "4000000000009012", "4000000000009013", "4000000000009014")) {
      Order order = WORLD.order(1_000, method);
      Approval approval = paid(charger, order, number);
      CancelOrder cancel = WORLD.cancel(order, approval, 400, 1_000);
      World.unknown(cancels(pg).cancel(cancel));
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> cancels(pg).cancel(cancel), Outcome.Ok.class::isInstance);
      assertThat(WORLD.paid(pg, order)).isEqualTo(600);
      assertThat(WORLD.charges(pg, order).getFirst().path("cancels").size()).isEqualTo(1);
    }
  }

  // What is said about it

  @ParameterizedTest
  @MethodSource("all")
  void theWireLogHoldsNoSecret(Pg<?> pg, Charger charger, String method) {
    int before = WORLD.wire().size();
    Order order = WORLD.order(1_100, method);
    World.ok(charger.charge(order, GOOD));
    List<dev.naru.connector.http.WireLog.Entry> kept =
        List.copyOf(WORLD.wire().subList(before, WORLD.wire().size()));
    assertThat(kept).anySatisfy(entry -> assertThat(entry.orderId()).isEqualTo(order.id()));
    assertThat(kept)
        .allSatisfy(
            entry ->
                assertThat(entry.toString())
                    .doesNotContain(PASSWORD.reveal())
                    .doesNotContainPattern("\"key\":\"[0-9A-Za-z]"));
  }
}
