package dev.naru.kernel;

/**
 * A request that cannot be served. Its case decides: one {@code switch} in {@code api} gives each
 * its HTTP status and V1 code. What it says is made a text where it goes out.
 */
public sealed interface Failure {

  Why why();

  /** Missing, malformed, too long, of the wrong type. */
  record Invalid(Why why) implements Failure {}

  /** No token, an unknown or an expired one, a wrong key pair. */
  record Unauthorized(Why why) implements Failure {}

  /** Not from this address. */
  record Forbidden(Why why) implements Failure {}

  /** Too often; again after some seconds. */
  record TooMany(Why why, long retryAfterSeconds) implements Failure {}

  /** Not now, since there is too much to do or the database is away; again after some seconds. */
  record Busy(Why why, long retryAfterSeconds) implements Failure {}

  /** No such thing, or it belongs to another merchant. */
  record NotFound(Why why) implements Failure {}

  /** The path exists, the method does not. */
  record WrongMethod(Why why) implements Failure {}

  /** Something with this id exists already, or must exist first. */
  record Conflict(Why why) implements Failure {}

  /** The state of the payment does not allow it: duplicate, nothing to cancel, wrong checksum. */
  record WrongState(Why why) implements Failure {}

  /** The order was paid before: what {@link WrongState} is otherwise, with a code of its own. */
  record PaidBefore(Why why) implements Failure {}

  /** The PG or the card company said no; nothing was kept of it but a failed record. */
  record RefusedByPg(Why why) implements Failure {}

  /** The PG said no, or nobody knows, where V1 answers that with an error: identity checks. */
  record PgError(Why why) implements Failure {}

  /** The channel's PG has no such capability. */
  record Unsupported(Why why) implements Failure {}

  /** The body is larger than Naru reads. */
  record TooLarge(Why why) implements Failure {}
}
