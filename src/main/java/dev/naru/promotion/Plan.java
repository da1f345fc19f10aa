package dev.naru.promotion;

import dev.naru.kernel.Failed;
import java.time.Instant;

/**
 * What a merchant decides about a promotion.
 *
 * @param cardCode V1's code of the one card company
 * @param startsAt inclusive
 * @param endsAt exclusive
 * @param budget the most that all discounts together may take, in won
 * @param restores whether cancels give budget back
 */
public record Plan(
    String name,
    String cardCode,
    Instant startsAt,
    Instant endsAt,
    long budget,
    boolean restores,
    Terms terms) {

  private static final int LONGEST_NAME = 40;
  private static final long LARGEST_BUDGET = 1_000_000_000_000L;

  /** Throws {@link Failed} invalid for what cannot be. */
  public Plan {
    if (name.isBlank()
        || name.codePointCount(0, name.length()) > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Failed.invalid(Refusal.NAME, LONGEST_NAME);
    }
    if (!CardCompanies.isKnown(cardCode)) {
      throw Failed.invalid(Refusal.UNKNOWN_CARD, cardCode);
    }
    if (!startsAt.isBefore(endsAt)) {
      throw Failed.invalid(Refusal.ENDS_BEFORE_START);
    }
    if (budget < terms.least() || budget > LARGEST_BUDGET) {
      throw Failed.invalid(Refusal.BUDGET, terms.least(), LARGEST_BUDGET);
    }
  }
}
