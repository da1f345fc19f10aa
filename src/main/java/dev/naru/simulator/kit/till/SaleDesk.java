package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.web.Answer;
import java.util.Map;

/** What a shop tells a PG about a payment after its sale, with all that its card makes of it. */
public final class SaleDesk {

  private final Till till;

  /** Kept in the till's book. */
  public SaleDesk(Till till) {
    this.till = till;
  }

  /** Takes one word of a kind; the first request may be swallowed, or its answer lost. */
  public Answer take(
      Charge charge,
      String operation,
      Map<String, String> fields,
      Answer.Reply yes,
      Answer.Reply no) {
    return charge.means().effect() == Effect.AFTER_REFUSED || !charge.paid()
        ? no
        : new Telling(operation, false, fields).take(till, charge, told -> yes);
  }

  /** Writes down what was told; the last about the same counts. */
  public void note(
      Charge charge,
      String operation,
      String about,
      Map<String, String> fields,
      boolean swallowed) {
    till.ledger()
        .save(
            new Entry.Told(
                charge.order().merchant(),
                charge.order().id(),
                charge.tid(),
                operation,
                about,
                fields,
                swallowed,
                till.now()));
  }

  /** The sum of an amount that was told with the cancels that were done, each noted by its key. */
  public long sum(Charge charge, String operation, String field) {
    long sum = 0;
    for (Charge.Cancel one : charge.cancels()) {
      Entry.Told told = till.ledger().told(charge.tid(), operation, one.replay());
      sum += told == null ? 0 : Numbers.amount(told.fields().getOrDefault(field, "0"));
    }
    return sum;
  }
}
