package dev.naru.promotion;

import dev.naru.kernel.Failed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instant discount that one card company's buyers get, out of a budget.
 *
 * @param id {@code promotion-id-<uuid>}
 * @param endedAt when the merchant ended it, null if it did not
 * @param version counts the merchant's changes; discounts do not change it
 */
public record Promotion(
    long merchantId,
    String id,
    Plan plan,
    Books books,
    boolean paused,
    @Nullable Instant endedAt,
    Instant createdAt,
    Instant updatedAt,
    int version) {

  /** Where it stands: follows from the clock, the books and what the merchant did. */
  public enum State {
    PLANNED,
    ACTIVE,
    PAUSED,
    /** What is left is less than the least discount; active again when cancels restore budget. */
    EXHAUSTED,
    ENDED
  }

  /**
   * What payments have taken of the budget, in won: the sums over them.
   *
   * @param reserved of payments that are under way
   * @param spent of payments that were made, less what cancels restored
   */
  public record Books(long reserved, long spent) {

    static final Books EMPTY = new Books(0, 0);
  }

  public State state(Instant now) {
    if (endedAt != null || !now.isBefore(plan.endsAt())) {
      return State.ENDED;
    }
    if (paused) {
      return State.PAUSED;
    }
    if (now.isBefore(plan.startsAt())) {
      return State.PLANNED;
    }
    return left() < plan.terms().least() ? State.EXHAUSTED : State.ACTIVE;
  }

  /** What no payment has taken of the budget yet, in won. */
  public long left() {
    return plan.budget() - books.reserved() - books.spent();
  }

  /**
   * With another plan.
   *
   * @throws Failed wrong state if something changes that its state does not permit; invalid if it
   *     would end at once
   */
  Promotion edited(Plan wanted, Instant now) {
    State state = state(now);
    if (!wanted.equals(permitted(wanted, state))) {
      throw Failed.wrongState(Refusal.FIXED, state);
    }
    boolean begun = state == State.ACTIVE || state == State.EXHAUSTED;
    if (begun && wanted.startsAt().isAfter(now)) {
      throw Failed.invalid(Refusal.BEGUN);
    }
    if (!wanted.endsAt().isAfter(now)) {
      throw Failed.invalid(Refusal.ENDS_IN_PAST);
    }
    return changed(wanted, paused, endedAt, now);
  }

  /** Of what is wanted, what may be changed in a state; all else as it is. */
  private Plan permitted(Plan wanted, State state) {
    return switch (state) {
      case PLANNED -> wanted;
      case ACTIVE, EXHAUSTED -> with(wanted.name(), wanted.startsAt(), wanted.endsAt());
      case PAUSED -> with(wanted.name(), plan.startsAt(), wanted.endsAt());
      case ENDED -> plan;
    };
  }

  private Plan with(String name, Instant startsAt, Instant endsAt) {
    return new Plan(
        name, plan.cardCode(), startsAt, endsAt, plan.budget(), plan.restores(), plan.terms());
  }

  /** Throws {@link Failed} wrong state if it is paused already, or over. */
  Promotion paused(Instant now) {
    State state = state(now);
    if (state == State.PAUSED || state == State.ENDED) {
      throw Failed.wrongState(Refusal.NOT_PAUSABLE, state);
    }
    return changed(plan, true, endedAt, now);
  }

  /** Throws {@link Failed} wrong state if it is not paused. */
  Promotion resumed(Instant now) {
    State state = state(now);
    if (state != State.PAUSED) {
      throw Failed.wrongState(Refusal.NOT_PAUSED, state);
    }
    return changed(plan, false, endedAt, now);
  }

  /** Throws {@link Failed} wrong state if it is over. */
  Promotion ended(Instant now) {
    if (state(now) == State.ENDED) {
      throw Failed.wrongState(Refusal.OVER);
    }
    return changed(plan, paused, now, now);
  }

  private Promotion changed(
      Plan newPlan, boolean newPaused, @Nullable Instant newEndedAt, Instant now) {
    return new Promotion(
        merchantId, id, newPlan, books, newPaused, newEndedAt, createdAt, now, version + 1);
  }
}
