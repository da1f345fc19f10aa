package dev.naru.payment;

import dev.naru.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that came in on a virtual account that takes any number of deposits (V1's
 * VbankDepositAnnotation).
 *
 * @param no counts those of a payment
 * @param tid the PG's transaction
 * @param depositor who paid it in; stored encrypted
 */
public record Deposit(int no, String tid, Money amount, @Nullable String depositor, Instant at) {

  Deposit numbered(int number) {
    return new Deposit(number, tid, amount, depositor, at);
  }
}
