package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.CashPart;
import dev.naru.connector.AfterSale.DeliveryReports;
import dev.naru.connector.AfterSale.OrderProgress;
import dev.naru.connector.AfterSale.PointCredits;
import dev.naru.connector.AfterSale.PurchaseConfirms;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.CashAmount;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.DeliveryReport;
import dev.naru.connector.Order;
import dev.naru.connector.OrderStatus;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.Requester;
import dev.naru.connector.Tax;
import dev.naru.kernel.Money;
import dev.naru.pg.emulated.EmulatedNaverpay;
import dev.naru.pg.emulated.EmulatedPaymentwall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What PGs are told after a sale: done once, refused, lost and told again. */
final class SalesContractTest {

  private static final World WORLD = World.get();
  private static final String SWALLOWED = "4000000000009031";
  private static final String LOST = "4000000000009032";
  private static final String REFUSED = "4000000000009035";

  /** One way to tell a PG something. */
  interface Verb {
    Outcome<?> tell(Connector connector, Order order, PgRef ref);
  }

  static Stream<Arguments> verbs() {
    return Stream.of(
            of(OrderProgress.class, (c, o, r) -> c.progress(o, r, OrderStatus.DELIVERY_START)),
            of(DeliveryReports.class, (c, o, r) -> c.report(o, r, delivery(o, "delivering"))),
            of(PointCredits.class, (c, o, r) -> c.creditPoints(o, r)),
            of(PurchaseConfirms.class, (c, o, r) -> c.confirmPurchase(o, r, Requester.ADMIN)),
            of(CashPart.class, (c, o, r) -> c.cashAmount(o, r)))
        .flatMap(each -> each);
  }

  private interface Told<C> {
    Outcome<?> tell(C capability, Order order, PgRef ref);
  }

  private static <C extends Capability> Stream<Arguments> of(Class<C> capability, Told<C> told) {
    Verb verb =
        (connector, order, ref) -> told.tell(connector.as(capability).orElseThrow(), order, ref);
    return World.having(List.of(capability))
        .map(
            pg ->
                Arguments.of(Named.of(pg.code(), pg), Named.of(capability.getSimpleName(), verb)));
  }

  static DeliveryReport delivery(Order order, String status) {
    return new DeliveryReport(
        "order-" + order.id(),
        true,
        status,
        new DeliveryReport.Parcel("CJ Logistics", "123412341234"),
        order.at().plus(Duration.ofDays(2)),
        order.at().plus(Duration.ofDays(1)),
        true,
        null,
        "문 앞",
        Map.of(
            "email", "hong@example.com",
            "country", "KR",
            "city", "Seoul",
            "zip", "04524",
            "state", "N/A",
            "street", "세종대로 110",
            "phone", "01098765432",
            "firstname", "길동",
            "lastname", "홍"));
  }

  /** What the simulator was told about an order. */
  static List<JsonNode> book(Pg<?> pg, Order order) {
    String path = "/_sim/told/" + pg.code() + "?order_id=" + order.id();
    return JsonMapper.shared().readTree(WORLD.browser().get(path)).valueStream().toList();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void isToldOnceHoweverOften(Pg<?> pg, Verb verb) {
    Order order = WORLD.order(15_000);
    PgRef ref = WORLD.paid(pg, order, World.GOOD).ref();
    Object first = World.ok(verb.tell(WORLD.connector(pg), order, ref));
    assertThat(World.ok(verb.tell(WORLD.connector(pg), order, ref))).isEqualTo(first);
    assertThat(book(pg, order)).hasSize(1);
    assertThat(WORLD.paid(pg, order)).isEqualTo(15_000);
  }

  @ParameterizedTest
  @MethodSource("verbs")
  @Execution(ExecutionMode.CONCURRENT)
  void whatHasNoAnswerIsUnknownAndToldAgain(Pg<?> pg, Verb verb) {
    for (String number : List.of(SWALLOWED, LOST)) {
      Order order = WORLD.order(15_000);
      PgRef ref = WORLD.paid(pg, order, number).ref();
      World.unknown(verb.tell(WORLD.connector(pg), order, ref));
      assertThat(book(pg, order)).hasSize(number.equals(LOST) ? 1 : 0);
      World.ok(verb.tell(WORLD.connector(pg), order, ref));
      assertThat(book(pg, order)).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void aRefusalHasAReasonAndChangesNothing(Pg<?> pg, Verb verb) {
    Order order = WORLD.order(15_000);
    PgRef ref = WORLD.paid(pg, order, REFUSED).ref();
    switch (verb.tell(WORLD.connector(pg), order, ref)) {
      case Outcome.Ok<?>(DeliveryReport.Verdict verdict) -> {
        DeliveryReport.Refusal refusal = World.present(verdict.refusal());
        assertThat(refusal.code()).isPositive();
        assertThat(refusal.text()).containsPattern("[가-힣]{2,}");
        assertThat(verdict.notices()).isNotEmpty();
      }
      case Outcome<?> outcome ->
          assertThat(World.declined(outcome).text()).containsPattern("[가-힣]{2,}");
    }
    assertThat(book(pg, order)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void whatWasNeverPaidIsNotKnown(Pg<?> pg, Verb verb) {
    Order order = WORLD.order(15_000);
    PgRef ref = new PgRef("1");
    assertThat(World.declined(verb.tell(WORLD.connector(pg), order, ref)).code())
        .isEqualTo("unknown_transaction");
    assertThat(World.declined(verb.tell(WORLD.unplugged(pg), order, ref)).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void whereItGoesIsNeitherLoggedNorWritten() {
    Pg<?> pg = EmulatedPaymentwall.PG;
    Order order = WORLD.order(15_000);
    PgRef ref = WORLD.paid(pg, order, World.GOOD).ref();
    World.ok(
        WORLD
            .connector(pg, DeliveryReports.class)
            .report(order, ref, delivery(order, "delivered")));
    assertThat(book(pg, order))
        .singleElement()
        .satisfies(line -> assertThat(line.toString()).doesNotContain("세종대로", "01098765432"))
        .satisfies(
            line ->
                assertThat(line.path("fields").path("status").asString()).isEqualTo("delivered"));
    assertThat(WORLD.wire())
        .noneSatisfy(
            entry -> assertThat(entry.request()).containsAnyOf("세종대로", "01098765432", "길동"));
  }

  /** Points and money from an account are cash, a card is not; cards and accounts go back first. */
  @Test
  void cashIsWhatACashReceiptCouldBeFor() {
    cash("card", 0, 0, 0, 0);
    cash("card", 4_400, 0, 4_400, 0);
    cash("transfer", 4_400, 0, 4_400, 6_600);
    cash("transfer", 4_400, 2_200, 4_400, 4_400);
    cash("transfer", 4_400, 8_800, 2_200, 0);
    cash("transfer", 4_400, 11_000, 0, 0);
    cash("card", 11_000, 1_100, 9_900, 0);
  }

  private static void cash(
      String method, long points, long cancelled, long byPoints, long byPrimary) {
    Pg<?> pg = EmulatedNaverpay.PG;
    Order order = WORLD.order(11_000);
    Approval paid = EmulatedCheckoutTest.payWithPoints(order, method, points);
    if (cancelled > 0) {
      World.ok(
          WORLD.connector(pg, Cancels.class).cancel(WORLD.cancel(order, paid, cancelled, 11_000)));
    }
    long total = byPoints + byPrimary;
    assertThat(World.ok(WORLD.connector(pg, CashPart.class).cashAmount(order, paid.ref())))
        .as(method + " " + points + " " + cancelled)
        .isEqualTo(
            new CashAmount(
                Money.krw(total),
                Money.krw(byPoints),
                Money.krw(byPrimary),
                Money.krw(total / 11 * 10),
                Money.krw(total / 11)));
  }

  @Test
  void cashWithoutVatIsSupplyAlone() {
    Pg<?> pg = EmulatedNaverpay.PG;
    Order taxed = WORLD.order(11_000);
    Order order =
        new Order(
            taxed.id(),
            taxed.name(),
            taxed.method(),
            taxed.amount(),
            new Tax(11_000, null),
            taxed.buyer(),
            0,
            taxed.at(),
            taxed.options());
    Approval paid = EmulatedCheckoutTest.payWithPoints(order, "transfer", 1_000);
    CashAmount cash = World.ok(WORLD.connector(pg, CashPart.class).cashAmount(order, paid.ref()));
    assertThat(cash.supply()).isEqualTo(Money.krw(11_000));
    assertThat(cash.vat()).isEqualTo(Money.krw(0));
  }
}
