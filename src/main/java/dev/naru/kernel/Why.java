package dev.naru.kernel;

import java.util.List;

/** What a refusal says, before it is put into words: a text is made of it by {@link Wording}. */
public sealed interface Why {

  /** In our words. The arguments are as {@link Cause#with} has them. */
  record Ours(Cause cause, List<Object> arguments) implements Why {
    public Ours {
      arguments = List.copyOf(arguments);
    }
  }

  /** In somebody else's words, a PG's or a shop's, which are passed on as they came. */
  record Said(String text) implements Why {}

  static Why of(Cause cause, Object... arguments) {
    return new Ours(cause, List.of(arguments));
  }

  static Why said(String text) {
    return new Said(text);
  }
}
