package dev.naru.api;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * V1's models of the former budget handler, filled from today's promotions. Most of their numbers
 * are texts; "0" stands for what there is none of.
 */
final class PromotionViews {

  private static final String NONE = "0";

  private PromotionViews() {}

  /** V1's Discount: what applies to an order. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Discount(String amount, String percent, String maxDiscount, String minAmount) {

    static Discount of(Terms terms, Terms.Step step) {
      boolean rate = terms.kind() == Terms.Kind.RATE;
      return new Discount(
          rate ? NONE : String.valueOf(step.off()),
          rate ? PromotionViews.percent(step.off()) : NONE,
          terms.cap() == null ? NONE : String.valueOf(terms.cap()),
          String.valueOf(step.minimum()));
    }
  }

  /** V1's CurrentPromotionDetail; {@code amount} is what the order costs after the discount. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Current(
      String issuer,
      String amount,
      Discount discount,
      String start,
      String end,
      String promotionId) {

    static Current of(Promotion promotion, Money amount) {
      Plan plan = promotion.plan();
      Terms terms = plan.terms();
      return new Current(
          plan.cardCode(),
          String.valueOf(amount.minor() - terms.off(amount.minor())),
          Discount.of(terms, terms.step(amount.minor()).orElseThrow()),
          time(plan.startsAt()),
          time(plan.endsAt()),
          promotion.id());
    }
  }

  /** V1's PromotionInfoDetail: of several steps the lowest; {@code status} 1, 2 or 3. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Info(
      String promotionId,
      String userCode,
      String issuer,
      String totalDiscountAmount,
      String hardCapRate,
      String cancelRate,
      String discount,
      String limitDiscount,
      String description,
      long start,
      long end,
      int status,
      long exhaustedAt,
      String minAmount) {

    static Info of(Promotion promotion, String userCode, Instant now) {
      Plan plan = promotion.plan();
      Discount lowest = Discount.of(plan.terms(), plan.terms().steps().getFirst());
      return new Info(
          promotion.id(),
          userCode,
          plan.cardCode(),
          String.valueOf(plan.budget()),
          NONE,
          NONE,
          plan.terms().kind() == Terms.Kind.RATE ? lowest.percent() + "%" : lowest.amount(),
          lowest.maxDiscount(),
          plan.name(),
          plan.startsAt().getEpochSecond(),
          Optional.ofNullable(promotion.endedAt()).orElse(plan.endsAt()).getEpochSecond(),
          PromotionViews.status(promotion.state(now)),
          0,
          lowest.minAmount());
    }
  }

  /** V1: 1 planned, 2 running, 3 finished. What is paused or exhausted may go on. */
  static int status(Promotion.State state) {
    return switch (state) {
      case PLANNED -> 1;
      case ACTIVE, PAUSED, EXHAUSTED -> 2;
      case ENDED -> 3;
    };
  }

  private static String percent(long hundredths) {
    return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
  }

  private static String time(Instant at) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        ZonedDateTime.ofInstant(at, HubClock.SEOUL));
  }
}
