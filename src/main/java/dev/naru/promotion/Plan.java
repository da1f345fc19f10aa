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
      throw Failed.invalid("프로모션 이름은 1자 이상 " + LONGEST_NAME + "자 이하여야 합니다.");
    }
    if (!CardCompanies.isKnown(cardCode)) {
      throw Failed.invalid("등록되지 않은 카드사 코드입니다. (" + cardCode + ")");
    }
    if (!startsAt.isBefore(endsAt)) {
      throw Failed.invalid("프로모션 시작일은 종료일보다 빨라야 합니다.");
    }
    if (budget < terms.least() || budget > LARGEST_BUDGET) {
      throw Failed.invalid(
          "프로모션 예산은 최소 할인 금액(" + terms.least() + "원) 이상 " + LARGEST_BUDGET + "원 이하여야 합니다.");
    }
  }
}
