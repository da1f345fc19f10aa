package dev.naru.api.wire;

import org.jspecify.annotations.Nullable;

/**
 * What every V1 answer is wrapped in.
 *
 * @param code 0 for success, 1 refused by state, -1 anything else
 */
public record Envelope(int code, @Nullable String message, @Nullable Object response) {

  public static Envelope of(Object response) {
    return new Envelope(0, null, response);
  }

  /** Success of an operation that answers nothing (V1's ResponseAnnotation). */
  public static Envelope done() {
    return new Envelope(0, null, null);
  }

  static Envelope refusal(int code, String message) {
    return new Envelope(code, message, null);
  }
}
