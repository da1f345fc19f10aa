package dev.naru.contract;

import java.util.List;
import java.util.Map;

/**
 * What an operation answers when it succeeds.
 *
 * @param models the response is one of these; empty for an answer without a response
 * @param enveloped {@code {code, message, response}}, as all but the oldest answers
 * @param beside what may stand beside the response, by name
 */
public record Answer(
    Shape shape, List<String> models, boolean enveloped, Map<String, String> beside) {

  /** How many of them there are. */
  public enum Shape {
    NONE,
    ONE,
    LIST,
    /** {@code {total, previous, next, list}}. */
    PAGE
  }

  public Answer {
    models = List.copyOf(models);
    beside = Map.copyOf(beside);
  }
}
