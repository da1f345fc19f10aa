package dev.naru.connector;

import java.time.Instant;
import java.util.function.Function;

/**
 * What a call to a PG came to. There is no fifth case: an exception out of a connector is a bug.
 */
public sealed interface Outcome<T> {

  /** The PG did it. */
  record Ok<T>(T value) implements Outcome<T> {}

  /** The PG said no, or it is certain that the request never reached it: nothing happened. */
  record Declined<T>(Decline decline) implements Outcome<T> {}

  /** The PG will decide by {@code until}; only a look-up or a notice settles it. */
  record Pending<T>(PgRef ref, Instant until) implements Outcome<T> {}

  /**
   * Sent, but no readable answer: it may or may not have happened. Never to be read as a failure.
   */
  record Unknown<T>(String why) implements Outcome<T> {}

  default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Ok<T>(T value) -> new Ok<>(change.apply(value));
      case Declined<T>(Decline decline) -> new Declined<>(decline);
      case Pending<T>(PgRef ref, Instant until) -> new Pending<>(ref, until);
      case Unknown<T>(String why) -> new Unknown<>(why);
    };
  }

  /** The next call of a connector that needs two: made only if this one was {@link Ok}. */
  default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
    return switch (this) {
      case Ok<T>(T value) -> next.apply(value);
      case Declined<T>(Decline decline) -> new Declined<>(decline);
      case Pending<T>(PgRef ref, Instant until) -> new Pending<>(ref, until);
      case Unknown<T>(String why) -> new Unknown<>(why);
    };
  }

  /**
   * What this says when the call repeated one that is {@link Unknown}: a repeat that did not get
   * through leaves it so.
   */
  default Outcome<T> ofRepeat() {
    return this instanceof Declined<T>(Decline decline) && decline.reason().isOfTheWay()
        ? new Unknown<>(decline.message())
        : this;
  }
}
