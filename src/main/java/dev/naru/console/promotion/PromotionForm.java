package dev.naru.console.promotion;

import dev.naru.console.part.Figures;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Terms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * What somebody wrote about a promotion. What cannot be read is what no promotion can have, so that
 * its own refusal says what is wrong.
 */
record PromotionForm(MultiValueMap<String, String> fields) {

  static final int STEPS = 5;
  private static final int PERCENT = 100;

  /** A condition, as it is written. */
  record Step(String minimum, String off) {}

  static PromotionForm of(Plan plan) {
    Figures figures = new Figures(true);
    boolean rate = plan.terms().kind() == Terms.Kind.RATE;
    MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
    fields.add("name", plan.name());
    fields.add("card", plan.cardCode());
    fields.add("starts", figures.input(plan.startsAt()));
    fields.add("ends", figures.input(plan.endsAt()));
    fields.add("budget", figures.number(plan.budget()));
    fields.add("restores", plan.restores() ? "true" : "");
    fields.add("kind", plan.terms().kind().name());
    Long cap = plan.terms().cap();
    fields.add("cap", cap == null ? "" : figures.number(cap));
    for (Terms.Step step : plan.terms().steps()) {
      fields.add("minimum", figures.number(step.minimum()));
      fields.add("off", rate ? percent(step.off()) : figures.number(step.off()));
    }
    return new PromotionForm(fields);
  }

  static String percent(long hundredths) {
    return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
  }

  /** With what was written: what may not be written any more was not sent. */
  PromotionForm with(MultiValueMap<String, String> written, Promotion.State state) {
    if (state == Promotion.State.PLANNED) {
      return new PromotionForm(written);
    }
    MultiValueMap<String, String> both = new LinkedMultiValueMap<>(fields);
    both.putAll(written);
    return new PromotionForm(both);
  }

  public String value(String name) {
    String value = fields.getFirst(name);
    return value == null ? "" : value.strip();
  }

  public boolean rate() {
    return !value("kind").equals(Terms.Kind.AMOUNT.name());
  }

  public List<Step> steps() {
    return IntStream.range(0, STEPS)
        .mapToObj(n -> new Step(at("minimum", n), at("off", n)))
        .toList();
  }

  private String at(String name, int n) {
    List<String> all = fields.getOrDefault(name, List.of());
    return n < all.size() && all.get(n) != null ? all.get(n).strip() : "";
  }

  /** Throws {@link dev.naru.kernel.Failed} invalid for what cannot be. */
  Plan plan() {
    return new Plan(
        value("name"),
        value("card"),
        moment("starts", Instant.MAX),
        moment("ends", Instant.EPOCH),
        won(value("budget")),
        !value("restores").isEmpty(),
        terms());
  }

  /** Of what was written, what may be changed in a state; all else as it is. */
  Plan plan(Promotion promotion, Promotion.State state) {
    Plan now = promotion.plan();
    Set<String> open = open(state);
    return open.contains("budget")
        ? plan()
        : new Plan(
            open.contains("name") ? value("name") : now.name(),
            now.cardCode(),
            open.contains("starts") ? kept("starts", now.startsAt()) : now.startsAt(),
            open.contains("ends") ? kept("ends", now.endsAt()) : now.endsAt(),
            now.budget(),
            now.restores(),
            now.terms());
  }

  /** The fields that may be changed in a state. */
  static Set<String> open(Promotion.State state) {
    return switch (state) {
      case PLANNED -> Set.of("name", "starts", "ends", "card", "budget", "terms");
      case ACTIVE, EXHAUSTED -> Set.of("name", "starts", "ends");
      case PAUSED -> Set.of("name", "ends");
      case ENDED -> Set.of();
    };
  }

  /** A field has minutes: one that was not touched leaves the seconds there were. */
  private Instant kept(String name, Instant was) {
    return value(name).equals(new Figures(true).input(was)) ? was : moment(name, Instant.EPOCH);
  }

  private Terms terms() {
    List<Terms.Step> steps = new ArrayList<>();
    for (Step step : steps()) {
      if (!step.minimum().isEmpty() || !step.off().isEmpty()) {
        steps.add(
            new Terms.Step(won(step.minimum()), rate() ? hundredths(step.off()) : won(step.off())));
      }
    }
    Long cap = !rate() || value("cap").isEmpty() ? null : (Long) won(value("cap"));
    return new Terms(rate() ? Terms.Kind.RATE : Terms.Kind.AMOUNT, steps, cap);
  }

  private Instant moment(String name, Instant otherwise) {
    @Nullable Instant read = Figures.read(value(name));
    return read == null ? otherwise : read;
  }

  private static long won(String text) {
    String digits = text.replace(",", "");
    return digits.matches("\\d{1,15}") ? Long.parseLong(digits) : -1;
  }

  private static long hundredths(String text) {
    return text.matches("\\d{1,3}(\\.\\d{1,2})?")
        ? new BigDecimal(text)
            .multiply(BigDecimal.valueOf(PERCENT))
            .setScale(0, RoundingMode.UNNECESSARY)
            .longValueExact()
        : -1;
  }
}
