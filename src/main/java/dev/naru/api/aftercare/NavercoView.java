package dev.naru.api.aftercare;

import dev.naru.connector.aftercare.ProductOrder;
import dev.naru.connector.aftercare.ProductOrder.Claim;
import dev.naru.connector.aftercare.ProductReview;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's NaverProductOrder. Times are UNIX seconds. */
@JsonNaming(SnakeCaseStrategy.class)
record NavercoView(
    String productOrderId,
    String productOrderStatus,
    @Nullable String claimType,
    @Nullable String claimStatus,
    String productId,
    String productName,
    String productOptionId,
    String productOptionName,
    BigDecimal productAmount,
    BigDecimal deliveryAmount,
    int quantity,
    Orderer orderer,
    Address shippingAddress,
    @Nullable String shippingMemo,
    @Nullable Long shippingDue,
    @Nullable String individualCode) {

  /** V1's NaverOrderer. */
  record Orderer(String name, String id, String tel) {}

  /** V1's NaverAddress. */
  record Address(
      String base,
      @Nullable String detail,
      String postcode,
      String tel1,
      @Nullable String tel2,
      String name) {}

  /** V1's NaverReview. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Review(
      String reviewId,
      String score,
      String title,
      String content,
      String productOrderId,
      String productId,
      String productName,
      String productOptionName,
      String writer,
      long createdAt,
      @Nullable Long modifiedAt) {

    static Review of(ProductReview review) {
      return new Review(
          review.id(),
          review.score(),
          review.title(),
          review.content(),
          review.productOrder(),
          review.product().id(),
          review.product().name(),
          review.product().optionName(),
          review.writer(),
          review.at().getEpochSecond(),
          null);
    }
  }

  static NavercoView of(ProductOrder one) {
    Claim claim = one.claim();
    return new NavercoView(
        one.id(),
        status(one.status()),
        claim == null ? null : claim.kind().name(),
        claim == null ? null : status(claim),
        one.product().id(),
        one.product().name(),
        one.product().optionId(),
        one.product().optionName(),
        one.amount().major(),
        one.delivery().major(),
        one.quantity(),
        new Orderer(one.orderer().name(), one.orderer().id(), one.orderer().tel()),
        new Address(
            one.address().base(),
            one.address().detail(),
            one.address().postcode(),
            one.address().tel(),
            null,
            one.address().name()),
        one.memo(),
        one.sendBy() == null ? null : one.sendBy().getEpochSecond(),
        null);
  }

  private static String status(ProductOrder.Status status) {
    return switch (status) {
      case PAID -> "PAYED";
      case DECIDED -> "PURCHASE_DECIDED";
      case DELIVERING, DELIVERED, EXCHANGED, CANCELED, RETURNED -> status.name();
    };
  }

  private static String status(Claim claim) {
    String kind = claim.kind().name();
    return switch (claim.stage()) {
      case REQUESTED -> kind + "_REQUEST";
      case RUNNING -> claim.kind() == Claim.Kind.RETURN ? "COLLECT_DONE" : running(kind);
      case COLLECTING -> "COLLECTING";
      case COLLECTED -> "COLLECT_DONE";
      case REDELIVERING -> "EXCHANGE_REDELIVERING";
      case DONE -> kind + "_DONE";
      case REJECTED -> kind + "_REJECT";
    };
  }

  /** CANCEL and ADMIN_CANCEL. */
  private static String running(String kind) {
    return kind + "ING";
  }
}
