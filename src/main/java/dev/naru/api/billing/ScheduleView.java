package dev.naru.api.billing;

import dev.naru.billing.Schedule;
import dev.naru.connector.Decline;
import dev.naru.connector.order.Buyer;
import dev.naru.payment.Purchase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's ScheduleResultAnnotation. Times are UNIX seconds, 0 for "not happened". */
@JsonNaming(SnakeCaseStrategy.class)
record ScheduleView(
    String customerUid,
    String merchantUid,
    @Nullable String impUid,
    @Nullable String pgProvider,
    @Nullable String pgId,
    @Nullable String customerId,
    long scheduleAt,
    long executedAt,
    long revokedAt,
    BigDecimal amount,
    String currency,
    String name,
    @Nullable String buyerName,
    @Nullable String buyerEmail,
    @Nullable String buyerTel,
    @Nullable String buyerAddr,
    @Nullable String buyerPostcode,
    @Nullable String customData,
    String scheduleStatus,
    @Nullable String paymentStatus,
    @Nullable String failReason,
    @Nullable String promotionId) {

  static ScheduleView of(Schedule schedule) {
    Purchase purchase = schedule.purchase();
    Buyer buyer = purchase.buyer();
    Schedule.Execution execution = schedule.execution();
    Decline decline = execution == null ? null : execution.decline();
    return new ScheduleView(
        schedule.customerUid(),
        schedule.merchantUid(),
        execution == null ? null : execution.impUid().value(),
        execution == null ? null : execution.provider(),
        execution == null ? null : execution.mid(),
        schedule.customerId(),
        schedule.at().getEpochSecond(),
        seconds(execution == null ? null : execution.at()),
        seconds(schedule.revokedAt()),
        purchase.amount().major(),
        purchase.amount().currency().getCurrencyCode(),
        purchase.name(),
        buyer.name(),
        buyer.email(),
        buyer.tel(),
        buyer.addr(),
        buyer.postcode(),
        purchase.customData(),
        schedule.state().name().toLowerCase(Locale.ROOT),
        // V1 knows no "not known yet" here.
        execution == null || execution.status().equals("ready") ? null : execution.status(),
        decline == null ? null : decline.message(),
        purchase.promotionId());
  }

  static List<ScheduleView> of(List<Schedule> schedules) {
    return schedules.stream().map(ScheduleView::of).toList();
  }

  private static long seconds(@Nullable Instant at) {
    return at == null ? 0 : at.getEpochSecond();
  }
}
