package dev.naru.pg.emulated;

import dev.naru.connector.AfterSale.ProductOrders;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.WishLists;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.ProductAct;
import dev.naru.connector.ProductOrder;
import dev.naru.connector.ProductOrder.Claim;
import dev.naru.connector.ProductReview;
import dev.naru.connector.Wish;
import dev.naru.connector.http.PgHttp;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Tree;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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
      NaverProducts.of(order.option("naverProducts"), order.amount());
      return Optional.empty();
    } catch (ArithmeticException tooMuch) {
      return Optional.of("상품 금액이 너무 큽니다. (naverProducts)");
    } catch (IllegalArgumentException unusable) {
      return Optional.of(String.valueOf(unusable.getMessage()));
    }
  }

  @Override
  void describe(Order order, ObjectNode fields) {
    fields.set("products", NaverProducts.of(order.option("naverProducts"), order.amount()).told());
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
                    .map(EmulatedNaverco::product)
                    .toList());
  }

  @Override
  public Outcome<Optional<ProductOrder>> product(String id) {
    Outcome<Optional<ProductOrder>> found =
        tell("product.find", id, Emulation.fields())
            .read(answer -> Optional.of(product(answer.path("fields"))));
    return found.doneIf(no -> no.is(Emulation.UNKNOWN_TRANSACTION), Optional.empty());
  }

  @Override
  public Outcome<ProductOrder> act(Order order, String product, ProductAct act) {
    ObjectNode fields = Emulation.fields().put("product_order", product);
    act.details().forEach(fields::put);
    return tell("product." + lower(act.verb()), order, fields)
        .read(answer -> product(answer.path("fields")));
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
                    .map(EmulatedNaverco::review)
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
    return tell("wish.open", wish.id(), fields).then(this::window);
  }

  private static ProductReview review(JsonNode one) {
    return new ProductReview(
        Tree.text(one, "review"),
        Tree.text(one, "score"),
        Tree.text(one, "title"),
        Tree.text(one, "content"),
        Tree.text(one, "product_order"),
        Tree.text(one, "order"),
        goods(one),
        Tree.text(one, "writer"),
        Instant.parse(Tree.text(one, "at")));
  }

  private static ProductOrder product(JsonNode one) {
    JsonNode by = one.required("orderer");
    JsonNode to = one.required("address");
    return new ProductOrder(
        Tree.text(one, "product_order"),
        Tree.text(one, "order"),
        word(ProductOrder.Status.class, one, "status"),
        claim(one.path("claim")),
        goods(one),
        one.required("quantity").intValue(),
        money(one, "amount"),
        money(one, "delivery"),
        new ProductOrder.Orderer(Tree.text(by, "name"), Tree.text(by, "id"), Tree.text(by, "tel")),
        new ProductOrder.Address(
            Tree.text(to, "base"),
            Tree.optional(to, "detail"),
            Tree.text(to, "postcode"),
            Tree.text(to, "tel"),
            Tree.text(to, "name")),
        Tree.optional(one, "memo"),
        Instant.parse(Tree.text(one, "send_by")));
  }

  private static ProductOrder.Product goods(JsonNode one) {
    return new ProductOrder.Product(
        Tree.text(one, "product"),
        Tree.text(one, "name"),
        Tree.text(one, "option"),
        Tree.text(one, "option_name"));
  }

  private static @Nullable Claim claim(JsonNode claim) {
    return claim.isObject()
        ? new Claim(word(Claim.Kind.class, claim, "kind"), word(Claim.Stage.class, claim, "stage"))
        : null;
  }

  private static <E extends Enum<E>> E word(Class<E> type, JsonNode node, String field) {
    return Enum.valueOf(type, Tree.text(node, field).toUpperCase(Locale.ROOT));
  }
}
