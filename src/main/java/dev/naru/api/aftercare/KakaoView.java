package dev.naru.api.aftercare;

import dev.naru.connector.aftercare.ListedOrder;
import dev.naru.kernel.HubClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * V1's wrapping of Kakao Pay's list of orders. An order is told in the words of Kakao Pay's own
 * answer about one order.
 *
 * <p>[inferred] That a list uses the same words: to be checked with Kakao Pay.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record KakaoView(int page, String paymentRequestDate, String cid, List<Listed> orders) {

  /** Kakao Pay writes the time in Seoul and no zone. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(HubClock.SEOUL);

  /**
   * An order.
   *
   * @param tid V1's pg_tid
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Listed(
      String tid,
      String cid,
      String status,
      String partnerOrderId,
      String itemName,
      Total amount,
      Total cancelAvailableAmount,
      String createdAt,
      @Nullable String approvedAt) {

    public static Listed of(ListedOrder order, String cid) {
      Instant paid = order.paidAt();
      return new Listed(
          order.ref().tid(),
          cid,
          status(order.status()),
          order.orderId(),
          order.name(),
          new Total(order.amount().major()),
          new Total(order.balance().major()),
          TIME.format(order.openedAt()),
          paid == null ? null : TIME.format(paid));
    }

    private static String status(ListedOrder.Status status) {
      return switch (status) {
        case OPEN -> "READY";
        case PAID -> "SUCCESS_PAYMENT";
        case PARTLY_CANCELLED -> "PART_CANCEL_PAYMENT";
        case CANCELLED -> "CANCEL_PAYMENT";
        case KEY_ISSUED -> "ISSUED_SID";
        case FAILED -> "FAIL_PAYMENT";
      };
    }
  }

  /** An amount, in won. */
  record Total(BigDecimal total) {}
}
