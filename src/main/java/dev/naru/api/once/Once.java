package dev.naru.api.once;

import dev.naru.payment.Payment;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one request knows of its {@code Idempotency-Key}, if it has one. An operation whose work
 * must not be done twice asks it whether this is a repetition of a request whose answer was lost.
 */
public final class Once {

  private static final String ATTRIBUTE = Once.class.getName();

  private final @Nullable KeyInUse row;
  private final @Nullable String cancellationId;
  private volatile boolean undecided;

  private Once(@Nullable KeyInUse row, @Nullable String cancellationId) {
    this.row = row;
    this.cancellationId = cancellationId;
  }

  /** The request is the one that has the key now. */
  static void put(HttpServletRequest request, KeyInUse row, String cancellationId) {
    request.setAttribute(ATTRIBUTE, new Once(row, cancellationId));
  }

  /** Of a request without a key, one that knows nothing. */
  public static Once of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Once once ? once : new Once(null, null);
  }

  @Nullable KeyInUse row() {
    return row;
  }

  /** When the first request with this key began, if nobody knows how far it came. */
  @Nullable Instant lostSince() {
    return row == null || row.round() == 1 ? null : row.beganAt();
  }

  /** The id of the cancel that a request with this key makes, each time the same. */
  public @Nullable String cancellationId() {
    return cancellationId;
  }

  /** The answer says how things stand, not how they end: a repetition is to be told anew. */
  public void undecided() {
    undecided = true;
  }

  boolean isUndecided() {
    return undecided;
  }

  /** The payment that is answered. */
  Payment answering(Payment payment) {
    if (payment.state() instanceof Payment.State.Ready) {
      undecided();
    }
    return payment;
  }
}
