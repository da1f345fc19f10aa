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
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.CashAmount;
import dev.naru.connector.aftercare.DeliveryReport;
import dev.naru.connector.aftercare.OrderStatus;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Requester;
import dev.naru.connector.order.Tax;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Window;
import dev.naru.pg.Rig.Lack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What PGs are told after a sale: done once, refused, lost and told again. */
@Execution(ExecutionMode.CONCURRENT)
final class SalesContractTest {

  private static final World WORLD = World.get();
  private static final String SWALLOWED = "4000000000009031";
  private static final String LOST = "4000000000009032";
  private static final String REFUSED = "4000000000009035";

  /** One way to tell a PG something. */
  public interface Verb {
    Outcome<?> tell(Connector connector, Order order, PgRef ref);
  }

  static Stream<Arguments> verbs() {
    return Rig.some(
        Stream.of(
                of(OrderProgress.class, (c, o, r) -> c.progress(o, r, OrderStatus.DELIVERY_START)),
                of(DeliveryReports.class, (c, o, r) -> c.report(o, r, delivery(o, "delivering"))),
                of(PointCredits.class, (c, o, r) -> c.creditPoints(o, r)),
                of(PurchaseConfirms.class, (c, o, r) -> c.confirmPurchase(o, r, Requester.ADMIN)),
                of(CashPart.class, (c, o, r) -> c.cashAmount(o, r)))
            .flatMap(each -> each));
  }

  private interface Told<C> {
    Outcome<?> tell(C capability, Order order, PgRef ref);
  }

  private static <C extends Capability> Stream<Arguments> of(Class<C> capability, Told<C> told) {
    Verb verb =
        (connector, order, ref) -> told.tell(connector.as(capability).orElseThrow(), order, ref);
    return Rig.ALL.stream()
        .filter(Rig::isAsked)
        .filter(rig -> rig.can(capability))
        .map(rig -> Arguments.of(rig, Named.of(capability.getSimpleName(), verb)));
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
  void isToldOnceHoweverOften(Rig rig, Verb verb) {
    Order order = rig.order(15_000);
    PgRef ref = rig.paid(order, World.GOOD).ref();
    Object first = World.ok(verb.tell(rig.connector(), order, ref));
    Object again = World.ok(verb.tell(rig.connector(), order, ref));
    if (!rig.lacks(Lack.TIME_OF_WORD) || !(first instanceof Instant)) {
      assertThat(again).isEqualTo(first);
    }
    assertThat(book(rig.pg(), order)).hasSize(1);
    assertThat(rig.left(order)).isEqualTo(15_000);
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void whatHasNoAnswerIsUnknownAndToldAgain(Rig rig, Verb verb) {
    for (String number : List.of(SWALLOWED, LOST)) {
      Order order = rig.order(15_000);
      PgRef ref = rig.paid(order, number).ref();
      World.unknown(verb.tell(rig.connector(), order, ref));
      assertThat(book(rig.pg(), order)).hasSize(number.equals(LOST) ? 1 : 0);
      World.ok(verb.tell(rig.connector(), order, ref));
      assertThat(book(rig.pg(), order)).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void aRefusalHasAReasonAndChangesNothing(Rig rig, Verb verb) {
    Order order = rig.order(15_000);
    PgRef ref = rig.paid(order, REFUSED).ref();
    switch (verb.tell(rig.connector(), order, ref)) {
      case Outcome.Ok<?>(DeliveryReport.Verdict verdict) -> {
        DeliveryReport.Refusal refusal = World.present(verdict.refusal());
        assertThat(refusal.code()).isPositive();
        assertThat(refusal.text()).containsPattern("[가-힣]{2,}");
        assertThat(verdict.notices()).isNotEmpty();
      }
      case Outcome<?> outcome ->
          assertThat(World.declined(outcome).text()).containsPattern("[가-힣]{2,}");
    }
    assertThat(book(rig.pg(), order)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void whatWasNeverPaidIsNotKnown(Rig rig, Verb verb) {
    Order order = rig.order(15_000);
    PgRef ref = new PgRef("1");
    assertThat(World.declined(verb.tell(rig.connector(), order, ref)).reason())
        .isEqualTo(Reason.BAD_REQUEST);
    assertThat(World.declined(verb.tell(rig.unplugged(), order, ref)).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  static Stream<Rig> delivering() {
    return Rig.having(DeliveryReports.class);
  }

  @ParameterizedTest
  @MethodSource("delivering")
  void whereItGoesIsNeitherLoggedNorWritten(Rig rig) {
    Order order = rig.order(15_000);
    PgRef ref = rig.paid(order, World.GOOD).ref();
    World.ok(rig.connector(DeliveryReports.class).report(order, ref, delivery(order, "delivered")));
    assertThat(book(rig.pg(), order))
        .singleElement()
        .satisfies(line -> assertThat(line.toString()).doesNotContain("세종대로", "01098765432"))
        .satisfies(
            line ->
                assertThat(line.path("fields").path("status").asString()).isEqualTo("delivered"));
    assertThat(WORLD.wire())
        .noneSatisfy(
            entry -> assertThat(entry.request()).containsAnyOf("세종대로", "01098765432", "길동"));
  }

  static Stream<Rig> counting() {
    return Rig.having(CashPart.class, Checkout.class);
  }

  /** Points and money from an account are cash, a card is not; cards and accounts go back first. */
  @ParameterizedTest
  @MethodSource("counting")
  void cashIsWhatACashReceiptCouldBeFor(Rig rig) {
    cash(rig, new Paid("card", 0, 0), 0, 0);
    cash(rig, new Paid("card", 4_400, 0), 4_400, 0);
    cash(rig, new Paid("transfer", 4_400, 0), 4_400, 6_600);
    cash(rig, new Paid("transfer", 4_400, 2_200), 4_400, 4_400);
    cash(rig, new Paid("transfer", 4_400, 8_800), 2_200, 0);
    cash(rig, new Paid("transfer", 4_400, 11_000), 0, 0);
    cash(rig, new Paid("card", 11_000, 1_100), 9_900, 0);
  }

  private record Paid(String method, long points, long cancelled) {}

  private static void cash(Rig rig, Paid how, long byPoints, long byPrimary) {
    Order order = rig.order(11_000);
    Approval paid = payWithPoints(rig, order, how.method(), how.points());
    if (how.cancelled() > 0) {
      World.ok(
          rig.connector(Cancels.class).cancel(rig.cancel(order, paid, how.cancelled(), 11_000)));
    }
    long total = byPoints + byPrimary;
    assertThat(World.ok(rig.connector(CashPart.class).cashAmount(order, paid.ref())))
        .as("%s", how)
        .isEqualTo(
            new CashAmount(
                rig.money(total),
                rig.money(byPoints),
                rig.money(byPrimary),
                rig.money(total / 11 * 10),
                rig.money(total / 11)));
  }

  /** In a window where points pay a part. */
  static Approval payWithPoints(Rig rig, Order order, String method, long points) {
    Checkout checkout = rig.connector(Checkout.class);
    Window window = World.ok(checkout.open(order, WORLD.visit(false)));
    PgReturn back = WORLD.browser().payBy(window, method, Long.toString(points));
    Returned.Authenticated auth = (Returned.Authenticated) checkout.authenticate(order, back);
    return World.ok(checkout.approve(order, auth.intent()));
  }

  @ParameterizedTest
  @MethodSource("counting")
  void cashWithoutVatIsSupplyAlone(Rig rig) {
    Order taxed = rig.order(11_000);
    Order order = taxed.with(new Tax(11_000, null));
    Approval paid = payWithPoints(rig, order, "transfer", 1_000);
    CashAmount cash = World.ok(rig.connector(CashPart.class).cashAmount(order, paid.ref()));
    assertThat(cash.supply()).isEqualTo(rig.money(11_000));
    assertThat(cash.vat()).isEqualTo(rig.money(0));
  }
}
