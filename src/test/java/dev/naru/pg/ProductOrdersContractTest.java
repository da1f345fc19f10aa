package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Order;
import dev.naru.connector.Pg;
import dev.naru.connector.ProductAct;
import dev.naru.connector.ProductAct.Verb;
import dev.naru.connector.ProductOrder;
import dev.naru.connector.ProductOrder.Status;
import dev.naru.connector.ProductReview.Kind;
import dev.naru.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Product orders: each moves alone, once, and takes its own money with it. */
final class ProductOrdersContractTest {

  private static final World WORLD = World.get();
  private static final ProductAct PLACE = new ProductAct(Verb.PLACE, Map.of());

  static Stream<Arguments> pgs() {
    return World.having(List.of(ProductOrders.class, Cancels.class))
        .map(pg -> Arguments.of(Named.of(pg.code(), pg)));
  }

  private static ProductOrder only(Pg<?> pg, Order order) {
    List<ProductOrder> all = World.ok(WORLD.connector(pg, ProductOrders.class).products(order));
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static CancelOrder cancel(Order order, Approval paid, ProductOrder product, long won) {
    CancelOrder plain = WORLD.cancel(order, paid, won, 15_000);
    return new CancelOrder(
        plain.id(),
        plain.no(),
        plain.order(),
        plain.ref(),
        plain.memo(),
        plain.amount(),
        plain.tax(),
        plain.before(),
        plain.left(),
        plain.reason(),
        null,
        null,
        new CancelOrder.Goods(product.id(), Verb.CANCEL, "SOLD_OUT"),
        false);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void areWorthWhatWasPaidAndFoundByTheirId(Pg<?> pg) {
    Order order = WORLD.order(15_000);
    ProductOrders products = WORLD.connector(pg, ProductOrders.class);
    assertThat(World.declined(products.products(order)).code()).isEqualTo("unknown_transaction");
    WORLD.paid(pg, order, World.GOOD);
    ProductOrder product = only(pg, order);
    assertThat(product.refund()).isEqualTo(Money.krw(15_000));
    assertThat(product.order()).isEqualTo(order.id());
    assertThat(product.status()).isEqualTo(Status.PAID);
    assertThat(World.ok(products.product(product.id()))).contains(product);
    assertThat(World.ok(products.product("1"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whatHasNoAnswerIsUnknownAndDoneOnce(Pg<?> pg) {
    ProductOrders products = WORLD.connector(pg, ProductOrders.class);
    for (String number : List.of("4000000000009031", "4000000000009032")) {
      Order order = WORLD.order(15_000);
      WORLD.paid(pg, order, number);
      String id = only(pg, order).id();
      World.unknown(products.act(order, id, PLACE));
      ProductOrder placed = World.ok(products.act(order, id, PLACE));
      assertThat(World.ok(products.act(order, id, PLACE))).isEqualTo(placed);
      assertThat(SalesContractTest.book(pg, order)).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whatItsStateDoesNotPermitIsDeclined(Pg<?> pg) {
    Order order = WORLD.order(15_000);
    WORLD.paid(pg, order, World.GOOD);
    ProductOrder product = only(pg, order);
    ProductOrders products = WORLD.connector(pg, ProductOrders.class);
    ProductAct collect = new ProductAct(Verb.COLLECT_EXCHANGED, Map.of());
    assertThat(World.declined(products.act(order, product.id(), collect)).code())
        .isEqualTo("not_permitted");
    assertThat(World.declined(products.act(order, "1", PLACE)).code())
        .isEqualTo("unknown_transaction");
    ProductOrders nobody = WORLD.unplugged(pg).as(ProductOrders.class).orElseThrow();
    assertThat(World.declined(nobody.act(order, product.id(), PLACE)).reason())
        .isEqualTo(Reason.UNREACHABLE);
    assertThat(only(pg, order)).isEqualTo(product);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void aCancelTakesItsMoneyAlongOnceWhateverIsLost(Pg<?> pg) {
    Cancels cancels = WORLD.connector(pg, Cancels.class);
    for (String number : List.of(World.GOOD, "4000000000009011", "4000000000009012")) {
      Order order = WORLD.order(15_000);
      Approval paid = WORLD.paid(pg, order, number);
      ProductOrder product = only(pg, order);
      assertThat(World.declined(cancels.cancel(cancel(order, paid, product, 1_000))).reason())
          .isEqualTo(Reason.AMOUNT_MISMATCH);
      CancelOrder cancel = cancel(order, paid, product, 15_000);
      if (!number.equals(World.GOOD)) {
        World.unknown(cancels.cancel(cancel));
      }
      Canceled done = World.ok(cancels.cancel(cancel));
      assertThat(World.ok(cancels.cancel(cancel))).isEqualTo(done);
      assertThat(WORLD.paid(pg, order)).isZero();
      assertThat(only(pg, order).status()).isEqualTo(Status.CANCELED);
      CancelOrder other = cancel(order, paid, product, 15_000);
      assertThat(World.declined(cancels.cancel(other)).code()).isEqualTo("not_permitted");
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void aChargeThatNobodyWantsTakesAllOfThemBack(Pg<?> pg) {
    Order order = WORLD.order(15_000);
    Approval paid = WORLD.paid(pg, order, World.GOOD);
    CancelOrder undo = CancelOrder.reversal(order, paid.ref(), paid.memo(), "늦은 승인");
    World.ok(WORLD.connector(pg, Cancels.class).cancel(undo));
    ProductOrder product = only(pg, order);
    assertThat(product.status()).isEqualTo(Status.CANCELED);
    assertThat(World.present(product.claim()).kind())
        .isEqualTo(ProductOrder.Claim.Kind.ADMIN_CANCEL);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void nobodyHasReviewedAnythingYet(Pg<?> pg) {
    ProductOrders reviews = WORLD.connector(pg, ProductOrders.class);
    Instant now = Instant.ofEpochSecond(1_784_000_000);
    assertThat(World.ok(reviews.reviews(now, now.plusSeconds(60), Kind.PREMIUM))).isEmpty();
    assertThat(World.ok(reviews.reviews(now, now, Kind.GENERAL))).isEmpty();
    ProductOrders nobody = WORLD.unplugged(pg).as(ProductOrders.class).orElseThrow();
    assertThat(World.declined(nobody.reviews(now, now, Kind.PREMIUM)).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }
}
