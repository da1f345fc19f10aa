package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.aftercare.ProductAct;
import dev.naru.connector.aftercare.ProductAct.Verb;
import dev.naru.connector.aftercare.ProductOrder;
import dev.naru.connector.aftercare.ProductOrder.Status;
import dev.naru.connector.aftercare.ProductReview.Kind;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Product orders: each moves alone, once, and takes its own money with it. */
@Execution(ExecutionMode.CONCURRENT)
final class ProductOrdersContractTest {

  private static final ProductAct PLACE = new ProductAct(Verb.PLACE, Map.of());

  static Stream<Rig> pgs() {
    return Rig.having(ProductOrders.class, Cancels.class);
  }

  private static ProductOrder only(Rig rig, Order order) {
    List<ProductOrder> all = World.ok(rig.connector(ProductOrders.class).products(order));
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static CancelOrder cancel(
      Rig rig, Order order, Approval paid, ProductOrder product, long won) {
    CancelOrder plain = rig.cancel(order, paid, won, 15_000);
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
  void areWorthWhatWasPaidAndFoundByTheirId(Rig rig) {
    Order order = rig.order(15_000);
    ProductOrders products = rig.connector(ProductOrders.class);
    assertThat(World.declined(products.products(order)).code()).isEqualTo("unknown_transaction");
    rig.paid(order, World.GOOD);
    ProductOrder product = only(rig, order);
    assertThat(product.refund()).isEqualTo(rig.money(15_000));
    assertThat(product.order()).isEqualTo(order.id());
    assertThat(product.status()).isEqualTo(Status.PAID);
    assertThat(World.ok(products.product(product.id()))).contains(product);
    assertThat(World.ok(products.product("1"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whatHasNoAnswerIsUnknownAndDoneOnce(Rig rig) {
    ProductOrders products = rig.connector(ProductOrders.class);
    for (String number : List.of("4000000000009031", "4000000000009032")) {
      Order order = rig.order(15_000);
      rig.paid(order, number);
      String id = only(rig, order).id();
      World.unknown(products.act(order, id, PLACE));
      ProductOrder placed = World.ok(products.act(order, id, PLACE));
      assertThat(World.ok(products.act(order, id, PLACE))).isEqualTo(placed);
      assertThat(SalesContractTest.book(rig.pg(), order)).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void whatItsStateDoesNotPermitIsDeclined(Rig rig) {
    Order order = rig.order(15_000);
    rig.paid(order, World.GOOD);
    ProductOrder product = only(rig, order);
    ProductOrders products = rig.connector(ProductOrders.class);
    ProductAct collect = new ProductAct(Verb.COLLECT_EXCHANGED, Map.of());
    assertThat(World.declined(products.act(order, product.id(), collect)).code())
        .isEqualTo("not_permitted");
    assertThat(World.declined(products.act(order, "1", PLACE)).code())
        .isEqualTo("unknown_transaction");
    ProductOrders nobody = rig.unplugged().as(ProductOrders.class).orElseThrow();
    assertThat(World.declined(nobody.act(order, product.id(), PLACE)).reason())
        .isEqualTo(Reason.UNREACHABLE);
    assertThat(only(rig, order)).isEqualTo(product);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void aCancelTakesItsMoneyAlongOnceWhateverIsLost(Rig rig) {
    Cancels cancels = rig.connector(Cancels.class);
    for (String number : List.of(World.GOOD, "4000000000009011", "4000000000009012")) {
      Order order = rig.order(15_000);
      Approval paid = rig.paid(order, number);
      ProductOrder product = only(rig, order);
      assertThat(World.declined(cancels.cancel(cancel(rig, order, paid, product, 1_000))).reason())
          .isEqualTo(Reason.AMOUNT_MISMATCH);
      CancelOrder cancel = cancel(rig, order, paid, product, 15_000);
      if (!number.equals(World.GOOD)) {
        World.unknown(cancels.cancel(cancel));
      }
      Canceled done = World.ok(cancels.cancel(cancel));
      assertThat(World.ok(cancels.cancel(cancel))).isEqualTo(done);
      assertThat(rig.left(order)).isZero();
      assertThat(only(rig, order).status()).isEqualTo(Status.CANCELED);
      CancelOrder other = cancel(rig, order, paid, product, 15_000);
      assertThat(World.declined(cancels.cancel(other)).code()).isEqualTo("not_permitted");
    }
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void aChargeThatNobodyWantsTakesAllOfThemBack(Rig rig) {
    Order order = rig.order(15_000);
    Approval paid = rig.paid(order, World.GOOD);
    CancelOrder undo = CancelOrder.reversal(order, paid.ref(), paid.memo(), "늦은 승인");
    World.ok(rig.connector(Cancels.class).cancel(undo));
    ProductOrder product = only(rig, order);
    assertThat(product.status()).isEqualTo(Status.CANCELED);
    assertThat(World.present(product.claim()).kind())
        .isEqualTo(ProductOrder.Claim.Kind.ADMIN_CANCEL);
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void nobodyHasReviewedAnythingYet(Rig rig) {
    ProductOrders reviews = rig.connector(ProductOrders.class);
    Instant now = Instant.ofEpochSecond(1_784_000_000);
    assertThat(World.ok(reviews.reviews(now, now.plusSeconds(60), Kind.PREMIUM))).isEmpty();
    assertThat(World.ok(reviews.reviews(now, now, Kind.GENERAL))).isEmpty();
    ProductOrders nobody = rig.unplugged().as(ProductOrders.class).orElseThrow();
    assertThat(World.declined(nobody.reviews(now, now, Kind.PREMIUM)).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }
}
