package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.book.Entry.Receipt;
import dev.naru.simulator.kit.book.Entry.ReceiptStage;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.web.Answer;
import java.util.Comparator;
import java.util.Optional;

/** Cash receipts of one PG, with what magic phones make of them. Written first, answered then. */
public final class ReceiptDesk {

  private final Till till;

  public ReceiptDesk(Till till) {
    this.till = till;
  }

  /** Issues one; an order that has one gets the same again. */
  public Answer issue(Receipt fresh, Voice<Receipt> voice) {
    Optional<Receipt> known = ofOrder(fresh.merchant(), fresh.order());
    if (known.isPresent() && known.get().stage() == ReceiptStage.ISSUED) {
      return voice.done(known.get());
    }
    Effect effect = known.isPresent() ? Effect.APPROVE : fresh.effect();
    if (effect.declines()) {
      return voice.refused(effect);
    }
    if (effect == Effect.TIMEOUT) {
      till.ledger().save(fresh.as(ReceiptStage.SILENCED));
      return new Answer.Silence();
    }
    till.ledger().save(fresh);
    return Answer.sent(effect, voice.done(fresh));
  }

  /** Takes one back. */
  public Answer cancel(Receipt issued, Voice<Receipt> voice) {
    if (issued.effect() == Effect.CANCEL_REFUSED) {
      return voice.refused(Effect.CANCEL_REFUSED);
    }
    Receipt cancelled = issued.cancelled(till.now());
    till.ledger().save(cancelled);
    Answer.Reply made = voice.done(cancelled);
    return issued.effect() == Effect.CANCEL_ANSWER_LOST ? new Answer.Lost(made) : made;
  }

  /** Where the PG takes no order id there is none to be found. */
  private Optional<Receipt> ofOrder(String merchant, String order) {
    return order.isEmpty()
        ? Optional.empty()
        : till.ledger().receipts(merchant, order).min(Comparator.comparing(Receipt::at));
  }
}
