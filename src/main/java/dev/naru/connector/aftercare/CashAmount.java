package dev.naru.connector.aftercare;

import dev.naru.kernel.Money;

/**
 * What is left of a payment that counts as cash, so that a cash receipt may be issued for it.
 *
 * @param total the sum of {@code byPoints} and {@code byPrimary}, and of {@code supply} and {@code
 *     vat}
 * @param byPoints paid by the PG's points or money
 * @param byPrimary paid from a bank account; a card is not cash
 */
public record CashAmount(Money total, Money byPoints, Money byPrimary, Money supply, Money vat) {}
