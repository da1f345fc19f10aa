package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.web.Answer;
import java.util.Map;
import java.util.function.Function;

/**
 * How a PG words what came of a request.
 *
 * @param codes what it says of what the magic table brings about
 * @param no its refusal
 * @param yes what it answers when all went well: a charge as it is now, after an approval and after
 *     a cancel alike; or a cash receipt
 */
public record Voice<T>(
    Function<Effect, Refusal> codes,
    Function<Refusal, Answer.Reply> no,
    Function<T, Answer.Reply> yes) {

  /** Of what nobody hears: what came of it is read off the book. */
  public static Voice<Charge> unheard(Refusals codes) {
    Answer.Reply nothing = Answer.Reply.json(200, Map.of());
    return new Voice<>(codes::of, refusal -> nothing, charge -> nothing);
  }

  /** Its code for what a magic card brings about. */
  public Refusal refusal(Effect effect) {
    return codes.apply(effect);
  }

  /** Its no. */
  public Answer.Reply refused(Refusal refusal) {
    return no.apply(refusal);
  }

  /** Its no to what a magic card brings about. */
  public Answer.Reply refused(Effect effect) {
    return refused(refusal(effect));
  }

  /** Its yes. */
  public Answer.Reply done(T what) {
    return yes.apply(what);
  }
}
