package dev.naru.connector.aftercare;

import dev.naru.connector.order.Order;
import java.time.Instant;

/**
 * What a buyer thinks of what they bought (구매평; V1: NaverReview).
 *
 * @param score 0 to 2 of a general one, 10 to 13 of a premium one
 * @param order {@link Order#id()} of the order it is about
 */
public record ProductReview(
    String id,
    String score,
    String title,
    String content,
    String productOrder,
    String order,
    ProductOrder.Product product,
    String writer,
    Instant at) {

  /** Those with pictures are premium. */
  public enum Kind {
    GENERAL,
    PREMIUM
  }
}
