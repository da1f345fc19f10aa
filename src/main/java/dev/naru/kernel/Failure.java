package dev.naru.kernel;

/**
 * Why a request cannot be served. The message is Korean and goes to the caller; one {@code switch}
 * in {@code api} gives each case its HTTP status and V1 code.
 */
public sealed interface Failure {

  String message();

  /** Missing, malformed, too long, of the wrong type. */
  record Invalid(String message) implements Failure {}

  /** No token, an unknown or an expired one, a wrong key pair. */
  record Unauthorized(String message) implements Failure {}

  /** Not from this address. */
  record Forbidden(String message) implements Failure {}

  /** Too often; again after some seconds. */
  record TooMany(String message, long retryAfterSeconds) implements Failure {}

  /** Not now, since there is too much to do or the database is away; again after some seconds. */
  record Busy(String message, long retryAfterSeconds) implements Failure {}

  /** No such thing, or it belongs to another merchant. */
  record NotFound(String message) implements Failure {}

  /** The path exists, the method does not. */
  record WrongMethod(String message) implements Failure {}

  /** Something with this id exists already, or must exist first. */
  record Conflict(String message) implements Failure {}

  /** The state of the payment does not allow it: duplicate, nothing to cancel, wrong checksum. */
  record WrongState(String message) implements Failure {}

  /** The order was paid before: what {@link WrongState} is otherwise, with a code of its own. */
  record PaidBefore(String message) implements Failure {}

  /** The PG or the card company said no; nothing was kept of it but a failed record. */
  record RefusedByPg(String message) implements Failure {}

  /** The PG said no, or nobody knows, where V1 answers that with an error: identity checks. */
  record PgError(String message) implements Failure {}

  /** The channel's PG has no such capability. */
  record Unsupported(String message) implements Failure {}

  /** The body is larger than Naru reads. */
  record TooLarge(String message) implements Failure {}
}
