package dev.naru.shops;

import dev.naru.kernel.Failed;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotions;
import dev.naru.promotion.Terms;
import dev.naru.shops.table.Part;
import dev.naru.shops.text.Problems;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads a shop's promotions. */
final class PromotionLines {

  private final Problems problems;
  private final String userCode;

  PromotionLines(Problems problems, String userCode) {
    this.problems = problems;
    this.userCode = userCode;
  }

  List<ShopFile.Promotion> read(List<Part> parts) {
    List<ShopFile.Promotion> promotions = new ArrayList<>();
    for (Part part : parts) {
      promotion(part).ifPresent(promotions::add);
    }
    return List.copyOf(promotions);
  }

  private Optional<ShopFile.Promotion> promotion(Part part) {
    Moments moments = new Moments(problems);
    Optional<Instant> starts = moments.at(part, "starts");
    Optional<Instant> ends = moments.until(part, "ends");
    Optional<Terms> terms = terms(part);
    boolean whole = part.has("name") && part.has("card") && part.has("budget");
    if (!whole || starts.isEmpty() || ends.isEmpty() || terms.isEmpty()) {
      return Optional.empty();
    }
    try {
      Plan plan =
          new Plan(
              part.required("name"),
              part.required("card"),
              starts.get(),
              ends.get(),
              part.whole("budget").orElse(0L),
              part.flagOr("restores", true),
              terms.get());
      return Optional.of(new ShopFile.Promotion(part.at(), id(part), plan));
    } catch (Failed refused) {
      problems.add(part.at(), "the promotion cannot be: " + refused.getMessage());
      return Optional.empty();
    }
  }

  private String id(Part part) {
    return part.text("id")
        .orElseGet(
            () ->
                Promotions.PREFIX
                    + "-"
                    + UUID.nameUUIDFromBytes(
                        ("file/" + userCode + "/promotion/" + part.required("name"))
                            .getBytes(StandardCharsets.UTF_8)));
  }

  /** Empty if they are wrong, which has been reported then. */
  private Optional<Terms> terms(Part part) {
    List<Part> steps = part.parts("steps");
    boolean whole = part.has("steps");
    boolean rate = !steps.isEmpty() && steps.getFirst().has("percent");
    for (Part step : steps) {
      if (step.has("percent") == step.has("amount")) {
        problems.add(step.at(), "a step has either \"percent\" or \"amount\"");
        whole = false;
      } else if (step.has("percent") != rate) {
        problems.add(step.at(), "the steps are all percentages or all amounts");
        whole = false;
      }
      whole &= step.has("from");
    }
    if (!whole) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Terms(
              rate ? Terms.Kind.RATE : Terms.Kind.AMOUNT,
              steps.stream().map(step -> step(step, rate)).toList(),
              part.whole("most").orElse(null)));
    } catch (Failed refused) {
      problems.add(part.at("steps"), "the steps cannot be: " + refused.getMessage());
      return Optional.empty();
    }
  }

  private static Terms.Step step(Part step, boolean rate) {
    long off =
        rate
            ? new BigDecimal(step.required("percent")).movePointRight(2).longValueExact()
            : step.whole("amount").orElse(0L);
    return new Terms.Step(step.whole("from").orElse(0L), off);
  }
}
