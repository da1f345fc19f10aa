package dev.naru.simulator;

import dev.naru.simulator.Charge.Refusal;
import java.util.EnumMap;
import java.util.Map;

/** A PG's codes for what the magic table can bring about, from its resource file. */
final class Refusals {

  private final Map<Effect, Refusal> refusals = new EnumMap<>(Effect.class);

  private Refusals() {}

  /** Rows of effect, HTTP status, code, text. */
  static Refusals withStatus(String resource) {
    Refusals table = new Refusals();
    Cards.rows(resource)
        .forEach(
            r ->
                table.refusals.put(
                    Effect.valueOf(r[0]), new Refusal(Integer.parseInt(r[1]), r[2], r[3])));
    return table;
  }

  /** Rows of effect, code, text: for PGs that always answer 200. */
  static Refusals of(String resource) {
    Refusals table = new Refusals();
    Cards.rows(resource)
        .forEach(r -> table.refusals.put(Effect.valueOf(r[0]), new Refusal(200, r[1], r[2])));
    return table;
  }

  Refusal of(Effect effect) {
    Refusal refusal = refusals.get(effect);
    if (refusal == null) {
      throw new IllegalArgumentException("no code for " + effect);
    }
    return refusal;
  }
}
