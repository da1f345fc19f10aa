package dev.naru.kernel;

/**
 * Carries a {@link Failure} to the edge. It has no stack trace: it is an answer, not a bug. Its own
 * message is for logs.
 */
public final class Failed extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  public Failed(Failure failure) {
    super(null, null, false, false);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  @Override
  public String getMessage() {
    return Wording.ENGLISH.of(failure.why());
  }

  /**
   * Refused for a cause of ours, as the others below.
   *
   * @param arguments as {@link Cause#with} has them
   */
  public static Failed invalid(Cause cause, Object... arguments) {
    return new Failed(new Failure.Invalid(cause.with(arguments)));
  }

  public static Failed unauthorized(Cause cause, Object... arguments) {
    return new Failed(new Failure.Unauthorized(cause.with(arguments)));
  }

  public static Failed forbidden(Cause cause, Object... arguments) {
    return new Failed(new Failure.Forbidden(cause.with(arguments)));
  }

  public static Failed notFound(Cause cause, Object... arguments) {
    return new Failed(new Failure.NotFound(cause.with(arguments)));
  }

  public static Failed wrongMethod(Cause cause, Object... arguments) {
    return new Failed(new Failure.WrongMethod(cause.with(arguments)));
  }

  public static Failed conflict(Cause cause, Object... arguments) {
    return new Failed(new Failure.Conflict(cause.with(arguments)));
  }

  public static Failed wrongState(Cause cause, Object... arguments) {
    return new Failed(new Failure.WrongState(cause.with(arguments)));
  }

  public static Failed refusedByPg(Cause cause, Object... arguments) {
    return new Failed(new Failure.RefusedByPg(cause.with(arguments)));
  }

  public static Failed pgError(Cause cause, Object... arguments) {
    return new Failed(new Failure.PgError(cause.with(arguments)));
  }

  public static Failed unsupported(Cause cause, Object... arguments) {
    return new Failed(new Failure.Unsupported(cause.with(arguments)));
  }

  public static Failed tooLarge(Cause cause, Object... arguments) {
    return new Failed(new Failure.TooLarge(cause.with(arguments)));
  }
}
