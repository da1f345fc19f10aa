package dev.naru.promotion;

import dev.naru.kernel.Failed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a promotion takes off an order: by steps of its amount, each further one at a higher
 * effective rate. All amounts are won; what is less than a won is not taken off.
 *
 * @param steps by ascending minimum, one to five
 * @param cap the most that a rate takes off; null for no limit, and for fixed amounts
 */
public record Terms(Kind kind, List<Step> steps, @Nullable Long cap) {

  /** What {@link Step#off} counts. */
  public enum Kind {
    /** Hundredths of a percent: 1000 is 10 %. */
    RATE,
    /** Won. */
    AMOUNT
  }

  /**
   * What applies from an order amount on.
   *
   * @param minimum the least order amount, inclusive
   */
  public record Step(long minimum, long off) {}

  /** 100 %, in the unit of a rate. */
  public static final long WHOLE = 10_000;

  private static final int MOST_STEPS = 5;
  private static final long LARGEST_MINIMUM = 1_000_000_000;

  /** Throws {@link Failed} invalid for terms that cannot be. */
  public Terms {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || steps.size() > MOST_STEPS) {
      throw Failed.invalid(Refusal.STEPS, MOST_STEPS);
    }
    if (cap != null && (kind != Kind.RATE || cap <= 0)) {
      throw Failed.invalid(Refusal.CAP_WITHOUT_RATE);
    }
    for (Step step : steps) {
      check(kind, step);
    }
    for (int i = 1; i < steps.size(); i++) {
      checkOrder(kind, steps.get(i - 1), steps.get(i));
    }
  }

  private static void check(Kind kind, Step step) {
    if (step.minimum() < 1 || step.minimum() > LARGEST_MINIMUM) {
      throw Failed.invalid(Refusal.MINIMUM, LARGEST_MINIMUM);
    }
    if (step.off() < 1 || step.off() >= base(kind, step)) {
      throw Failed.invalid(kind == Kind.RATE ? Refusal.RATE : Refusal.AMOUNT);
    }
  }

  private static void checkOrder(Kind kind, Step lower, Step higher) {
    if (higher.minimum() <= lower.minimum()) {
      throw Failed.invalid(Refusal.STEPS_IN_ORDER);
    }
    if (higher.off() * base(kind, lower) <= lower.off() * base(kind, higher)) {
      throw Failed.invalid(Refusal.STEPS_RISE);
    }
  }

  /** What {@link Step#off} is a part of. */
  private static long base(Kind kind, Step step) {
    return kind == Kind.RATE ? WHOLE : step.minimum();
  }

  /** The step that an order of this amount reaches; empty below the lowest. */
  public Optional<Step> step(long amount) {
    return steps.stream()
        .filter(step -> step.minimum() <= amount)
        .reduce((lower, higher) -> higher);
  }

  /** What is taken off an order of this amount; 0 below the lowest step. */
  public long off(long amount) {
    return step(amount)
        .map(step -> kind == Kind.RATE ? capped(share(amount, step.off(), WHOLE)) : step.off())
        .orElse(0L);
  }

  /**
   * What stays taken off the rest of an order if it keeps the rate at which the whole of it was
   * discounted, even below the minimum. A fixed amount is read as its share in the step's minimum
   * (V1's worked example: 1,000 of 5,000 is 20 %); never more than was taken off the whole.
   *
   * @param ordered the whole order
   */
  public long kept(long ordered, long rest) {
    return step(ordered)
        .map(step -> capped(share(rest, step.off(), base(kind, step))))
        .map(kept -> Math.min(kept, off(ordered)))
        .orElse(0L);
  }

  /** The least that an order which gets anything gets. */
  public long least() {
    return Math.max(1, off(steps.getFirst().minimum()));
  }

  private long capped(long off) {
    return cap == null ? off : Math.min(off, cap);
  }

  /** {@code amount * part / whole}, rounded down, without overflow for a part below the whole. */
  private static long share(long amount, long part, long whole) {
    return amount / whole * part + amount % whole * part / whole;
  }
}
