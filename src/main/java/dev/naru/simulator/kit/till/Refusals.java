package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import java.util.EnumMap;
import java.util.Map;

/** A PG's codes for what the magic table can bring about, from its resource file. */
public final class Refusals {

  private final Map<Effect, Refusal> refusals = new EnumMap<>(Effect.class);

  private Refusals() {}

  /** Rows of effect, HTTP status, code, text. */
  public static Refusals withStatus(String resource) {
    Refusals table = new Refusals();
    Cards.rows(resource)
        .forEach(
            r ->
                table.refusals.put(
                    Effect.valueOf(r[0]), new Refusal(Integer.parseInt(r[1]), r[2], r[3])));
    return table;
  }

  /** Rows of effect, code, text: for PGs that always answer 200. */
  public static Refusals of(String resource) {
    Refusals table = new Refusals();
    Cards.rows(resource)
        .forEach(r -> table.refusals.put(Effect.valueOf(r[0]), new Refusal(200, r[1], r[2])));
    return table;
  }

  /** What the PG says of this. */
  public Refusal of(Effect effect) {
    Refusal refusal = refusals.get(effect);
    if (refusal == null) {
      throw new IllegalArgumentException("no code for " + effect);
    }
    return refusal;
  }
}
