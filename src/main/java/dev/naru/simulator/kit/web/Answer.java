package dev.naru.simulator.kit.web;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.facts.Effect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a simulator does with a request: answer it, or fail to in one of the ways networks do. */
public sealed interface Answer {

  /** The answer as the PG made it, whatever becomes of it on its way. */
  public @Nullable Reply made();

  record Reply(int status, String body, Charset charset, Map<String, String> headers)
      implements Answer {

    /** Anything, in JSON. */
    public static Reply json(int status, Object value) {
      return jsonText(status, Book.JSON.writeValueAsString(value));
    }

    /** JSON that is a text already. */
    public static Reply jsonText(int status, String text) {
      return text(status, "application/json;charset=UTF-8", text);
    }

    /** A text of this type. */
    public static Reply text(int status, String type, String text) {
      return new Reply(status, text, StandardCharsets.UTF_8, Map.of("Content-Type", type));
    }

    /** There is nothing at this address. */
    public static Reply notFound() {
      return text(404, "text/plain;charset=UTF-8", "not found\n");
    }

    /** Sends the browser on. */
    public static Reply redirect(String url) {
      return new Reply(303, "", StandardCharsets.UTF_8, Map.of("Location", url));
    }

    @Override
    public Reply made() {
      return this;
    }
  }

  /** What becomes of an answer on its way, as a magic card or phone has it. */
  static Answer sent(Effect effect, Reply made) {
    return switch (effect) {
      case ANSWER_LOST -> new Lost(made);
      case GARBLED -> new Garbled(made);
      case SLOW -> new Slow(made);
      default -> made;
    };
  }

  /** Holds the connection open without a word, then closes it. */
  record Silence() implements Answer {
    @Override
    public @Nullable Reply made() {
      return null;
    }
  }

  /** The answer was made, but the connection breaks before it goes out. */
  record Lost(Reply made) implements Answer {}

  /** The answer was made, but arrives as broken bytes. */
  record Garbled(Reply made) implements Answer {}

  record Slow(Reply made) implements Answer {}
}
