package dev.naru.console.promotion;

import dev.naru.console.part.Figures;
import dev.naru.promotion.CardCompanies;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Terms;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a promotion is shown. */
final class PromotionRows {

  static final List<String> STYLES =
      List.of("/assets/console/billing.css", "/assets/console/promotions.css");

  private static final int WHOLE = 100;

  private PromotionRows() {}

  /**
   * One, as it stands.
   *
   * @param used of the budget: spent and held by payments under way
   * @param percent of the budget that is used, 0 to 100
   * @param cap the most a rate takes off; null for no limit
   */
  record Row(
      Promotion promotion,
      Promotion.State state,
      String card,
      String starts,
      String ends,
      String budget,
      String used,
      String left,
      long percent,
      List<Condition> conditions,
      @Nullable String cap) {}

  /** From which amount on how much is taken off. */
  record Condition(String minimum, String off) {}

  static Row of(Promotion promotion, Instant now, boolean korean) {
    Figures figures = new Figures(korean);
    Plan plan = promotion.plan();
    long used = promotion.books().reserved() + promotion.books().spent();
    Long cap = plan.terms().cap();
    return new Row(
        promotion,
        promotion.state(now),
        CardCompanies.names().getOrDefault(plan.cardCode(), plan.cardCode()),
        figures.time(plan.startsAt()),
        figures.time(plan.endsAt()),
        figures.won(plan.budget()),
        figures.won(used),
        figures.won(Math.max(0, promotion.left())),
        Math.min(WHOLE, used * WHOLE / plan.budget()),
        plan.terms().steps().stream()
            .map(step -> condition(figures, plan.terms().kind(), step))
            .toList(),
        cap == null ? null : figures.won(cap));
  }

  private static Condition condition(Figures figures, Terms.Kind kind, Terms.Step step) {
    return new Condition(
        figures.won(step.minimum()),
        kind == Terms.Kind.RATE
            ? PromotionForm.percent(step.off()) + "%"
            : figures.won(step.off()));
  }
}
