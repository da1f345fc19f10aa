package dev.naru.kernel;

/** Carries a {@link Failure} to the edge. It has no stack trace: it is an answer, not a bug. */
public final class Failed extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  public Failed(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  public static Failed invalid(String message) {
    return new Failed(new Failure.Invalid(message));
  }

  public static Failed notFound(String message) {
    return new Failed(new Failure.NotFound(message));
  }

  public static Failed wrongState(String message) {
    return new Failed(new Failure.WrongState(message));
  }
}
