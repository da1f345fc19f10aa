package dev.naru.pg.emulated;

import dev.naru.connector.aftercare.ProductOrder;
import dev.naru.connector.aftercare.ProductOrder.Claim;
import dev.naru.connector.aftercare.ProductReview;
import dev.naru.pg.kit.Tree;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Naver Pay tells of product orders and reviews, in our words. */
final class NaverAnswers {

  private NaverAnswers() {}

  static ProductReview review(JsonNode one) {
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

  static ProductOrder product(JsonNode one) {
    JsonNode by = one.required("orderer");
    JsonNode to = one.required("address");
    return new ProductOrder(
        Tree.text(one, "product_order"),
        Tree.text(one, "order"),
        word(ProductOrder.Status.class, one, "status"),
        claim(one.path("claim")),
        goods(one),
        one.required("quantity").intValue(),
        EmulatedCheckout.money(one, "amount"),
        EmulatedCheckout.money(one, "delivery"),
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
