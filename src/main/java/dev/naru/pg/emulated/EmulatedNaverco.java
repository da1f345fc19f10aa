package dev.naru.pg.emulated;

import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.WishLists;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.aftercare.ProductAct;
import dev.naru.connector.aftercare.ProductOrder;
import dev.naru.connector.aftercare.ProductReview;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.Wish;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Naver Pay, order type, emulated: what is bought becomes product orders that the PG keeps. Which
 * action a state permits is [inferred] from V1's words for states and claims; to be checked with
 * Naver, as is whether the fee of delivery goes back with the goods, and whether a shop is told who
 * has put what on their wish list: here it is not.
 */
public final class EmulatedNaverco extends EmulatedCheckout implements ProductOrders, WishLists {

  public static final Pg<Config> PG =
      Emulation.of("naverco", EmulatedNaverco.class, Config.class, EmulatedNaverco::new)
          .named("naverco", "네이버페이 주문형", "Naver Pay (order type)")
          .demo(new Config("naru-naverco", new Secret("naverco-test-password")));

  EmulatedNaverco(Config config, PgHttp http) {
    super(config, http);
  }

  @Override
  Optional<String> wrong(Order order) {
    Optional<String> wrong = super.wrong(order);
    if (wrong.isPresent()) {
      return wrong;
    }
    if (order.buyer().tel() == null) {
      return Optional.of("구매자 전화번호는 필수입니다. (buyer_tel)");
    }
    try {
      NaverProducts.of(order.wishes().goods().naverProducts(), order.amount());
      return Optional.empty();
    } catch (ArithmeticException tooMuch) {
      return Optional.of("상품 금액이 너무 큽니다. (naverProducts)");
    } catch (IllegalArgumentException unusable) {
      return Optional.of(String.valueOf(unusable.getMessage()));
    }
  }

  @Override
  void describe(Order order, ObjectNode fields) {
    fields.set(
        "products",
        NaverProducts.of(order.wishes().goods().naverProducts(), order.amount()).told());
  }

  /** Of a product order; without one it is a charge nobody wants that is undone. */
  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    CancelOrder.Goods goods = cancel.goods();
    if (goods == null) {
      return super.cancel(cancel);
    }
    ObjectNode fields = Emulation.fields().put("product_order", goods.product());
    if (goods.why() != null) {
      fields.put("why", goods.why());
    }
    return cancel("product." + lower(goods.verb()), cancel, fields);
  }

  @Override
  public Outcome<List<ProductOrder>> products(Order order) {
    return tell("product.list", order, Emulation.fields())
        .read(
            answer ->
                answer
                    .path("fields")
                    .required("product_orders")
                    .valueStream()
                    .map(NaverAnswers::product)
                    .toList());
  }

  @Override
  public Outcome<Optional<ProductOrder>> product(String id) {
    Outcome<Optional<ProductOrder>> found =
        tell("product.find", id, Emulation.fields())
            .read(answer -> Optional.of(NaverAnswers.product(answer.path("fields"))));
    return found.doneIf(no -> no.is(Emulation.UNKNOWN_TRANSACTION), Optional.empty());
  }

  @Override
  public Outcome<ProductOrder> act(Order order, String product, ProductAct act) {
    ObjectNode fields = Emulation.fields().put("product_order", product);
    act.details().forEach(fields::put);
    return tell("product." + lower(act.verb()), order, fields)
        .read(answer -> NaverAnswers.product(answer.path("fields")));
  }

  @Override
  public Outcome<List<ProductReview>> reviews(Instant from, Instant to, ProductReview.Kind kind) {
    ObjectNode fields =
        Emulation.fields()
            .put("from", from.toString())
            .put("to", to.toString())
            .put("kind", lower(kind));
    return tell("review.list", "reviews", fields)
        .read(
            answer ->
                answer
                    .path("fields")
                    .required("reviews")
                    .valueStream()
                    .map(NaverAnswers::review)
                    .toList());
  }

  @Override
  public Outcome<URI> openWishList(Wish wish) {
    ObjectNode fields = Emulation.fields().put("language", wish.language());
    ArrayNode products = fields.putArray("products");
    for (Wish.Product each : wish.products()) {
      products
          .addObject()
          .put("product", each.id())
          .put("name", each.name())
          .put("description", each.description())
          .put("price", each.price().minor())
          .put("page", each.page())
          .put("thumbnail", each.thumbnail())
          .put("image", each.image());
    }
    return tell("wish.open", wish.id(), fields).then(emulation::window);
  }
}
