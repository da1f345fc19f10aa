package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.web.Answer;
import java.util.Map;
import java.util.function.Function;

/**
 * What a merchant tells a PG about a payment after the sale. The last word counts, and the same
 * word again is no other; magic cards swallow the first, or lose the answer to it.
 *
 * @param operation what is told
 * @param once whatever comes after the first is the same thing
 * @param fields as they are told, without what is personal
 */
public record Telling(String operation, boolean once, Map<String, String> fields) {

  /**
   * Takes it, under the order's lock.
   *
   * @param answer the PG's, to what counts now
   */
  public Answer take(Till till, Charge charge, Function<Entry.Told, Answer.Reply> answer) {
    Effect effect = charge.means().effect();
    Entry.Told before = till.ledger().told(charge.tid(), operation, "");
    if (effect == Effect.AFTER_TIMEOUT && before == null) {
      till.ledger().save(entry(till, charge, true));
      return new Answer.Silence();
    }
    Entry.Told now =
        before != null && !before.swallowed() && (once || before.fields().equals(fields))
            ? before
            : entry(till, charge, false);
    till.ledger().save(now);
    Answer.Reply reply = answer.apply(now);
    return effect == Effect.AFTER_ANSWER_LOST && before == null ? new Answer.Lost(reply) : reply;
  }

  private Entry.Told entry(Till till, Charge charge, boolean swallowed) {
    return new Entry.Told(
        charge.order().merchant(),
        charge.order().id(),
        charge.tid(),
        operation,
        "",
        fields,
        swallowed,
        till.now());
  }
}
