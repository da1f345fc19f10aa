package dev.naru.console.payment;

import dev.naru.kernel.Money;
import dev.naru.kernel.Wording;
import dev.naru.payment.story.Said;

/** How amounts and sentences are shown to one reader. */
record Say(Wording words) {

  public String amount(Money money) {
    return Said.amount(money, words);
  }

  /** So many minor units of the same currency. */
  public String minor(long many, Money like) {
    return amount(new Money(many, like.currency()));
  }

  /** The same as a story has it. */
  public String minor(String many, Money like) {
    return minor(Long.parseLong(many), like);
  }

  /** With the sign of what is taken away; nothing is not taken away. */
  public String minus(Money money) {
    return money.isZero() ? amount(money) : "−" + amount(money);
  }
}
