package dev.naru.console.payment;

import dev.naru.kernel.Money;
import dev.naru.payment.Payment;
import dev.naru.payment.story.StoryEntry;
import java.util.List;

/**
 * What the ledger says of a payment.
 *
 * @param in what a PG came to owe
 * @param out what it gave back
 * @param agree whether that is what the payment says, too
 */
record Books(Money in, Money out, boolean agree) {

  private static final String PG = "pg:";

  static Books of(Payment payment, List<StoryEntry> story) {
    long in = 0;
    long out = 0;
    for (StoryEntry entry : story) {
      if (entry.kind() == StoryEntry.Kind.LEDGER) {
        long amount = Long.parseLong(entry.detail().getOrDefault("amount", "0"));
        in += entry.detail().getOrDefault("debit", "").startsWith(PG) ? amount : 0;
        out += entry.detail().getOrDefault("credit", "").startsWith(PG) ? amount : 0;
      }
    }
    boolean paid = payment.state() instanceof Payment.State.Paid && !payment.isKeyOnly();
    long owed = paid ? payment.bill().paid().minor() : 0;
    return new Books(
        new Money(in, payment.amount().currency()),
        new Money(out, payment.amount().currency()),
        in - out == owed);
  }

  public boolean isEmpty() {
    return in.isZero() && out.isZero();
  }

  /** What the PG owes now. */
  public Money owed() {
    return in.exceeds(out) ? in.minus(out) : Money.zero(in.currency());
  }
}
