package dev.naru.connector;

import dev.naru.connector.Decline.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

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

  /** A no of our own, with a text for whoever wants to pay. */
  static <T> Outcome<T> declined(Reason reason, String text) {
    return new Declined<>(Decline.of(reason, text));
  }

  /** The request never reached the PG. */
  static <T> Outcome<T> unreachable(String why) {
    return new Declined<>(Decline.of(Reason.UNREACHABLE, Refusal.UNREACHABLE, why));
  }

  /**
   * A request put together of what the shop sent: an {@link IllegalArgumentException} says what is
   * wrong with that, in a text for the shop, before the PG is asked.
   */
  static <T> Outcome<T> composed(Supplier<? extends T> request) {
    try {
      return new Ok<>(request.get());
    } catch (IllegalArgumentException wrong) {
      return declined(Reason.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }
  }

  /**
   * What is read of an answer. What cannot be read proves nothing, whatever is wrong with it: all
   * that is thrown makes it {@link Unknown}. Reading calls nobody.
   */
  static <T> Outcome<T> reading(Supplier<? extends T> reading) {
    try {
      return new Ok<>(reading.get());
    } catch (RuntimeException unreadable) {
      return new Unknown<>("unreadable answer: " + unreadable.getMessage());
    }
  }

  /** {@link #reading} of what this came to. */
  default <R> Outcome<R> read(Function<? super T, ? extends R> reading) {
    return then(value -> reading(() -> reading.apply(value)));
  }

  /** The same, where what is read is itself a yes or a no. */
  default <R> Outcome<R> judge(Function<? super T, Outcome<R>> reading) {
    return this.<Outcome<R>>read(reading).then(outcome -> outcome);
  }

  /**
   * The answer to a question about the past: this no says that there is nothing, any other says
   * nothing about it.
   */
  default Outcome<Optional<T>> absentIf(Predicate<Decline> nothing) {
    return this instanceof Declined<T>(Decline no) && nothing.test(no)
        ? new Ok<>(Optional.empty())
        : ofQuestion().map(Optional::of);
  }

  /** The same, of a question that has no such no. */
  default Outcome<T> ofQuestion() {
    return switch (this) {
      case Ok<T> told -> told;
      case Declined<T>(Decline no) -> new Unknown<>(no.message());
      case Pending<T> pending -> new Unknown<>(pending.toString());
      case Unknown<T> unknown -> unknown;
    };
  }

  /** This no says that what was asked for was done already. */
  default Outcome<T> doneIf(Predicate<Decline> done, T value) {
    return this instanceof Declined<T>(Decline no) && done.test(no) ? new Ok<>(value) : this;
  }

  /** Of a question that may stay without an answer: empty if this is not {@link Ok}. */
  default Optional<T> told() {
    return this instanceof Ok<T>(T value) ? Optional.of(value) : Optional.empty();
  }

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
