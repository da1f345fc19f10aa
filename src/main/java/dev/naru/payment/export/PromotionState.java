package dev.naru.payment.export;

import dev.naru.kernel.Worded;
import dev.naru.promotion.Promotion;

/** What a file calls the state of a promotion. */
enum PromotionState implements Worded {
  PLANNED,
  ACTIVE,
  PAUSED,
  EXHAUSTED,
  ENDED;

  static PromotionState of(Promotion.State state) {
    return switch (state) {
      case PLANNED -> PromotionState.PLANNED;
      case ACTIVE -> PromotionState.ACTIVE;
      case PAUSED -> PromotionState.PAUSED;
      case EXHAUSTED -> PromotionState.EXHAUSTED;
      case ENDED -> PromotionState.ENDED;
    };
  }
}
