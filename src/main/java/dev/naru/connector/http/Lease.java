package dev.naru.connector.http;

import dev.naru.connector.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time within which its holder alone may call a PG about something. A node that stood still for
 * longer must not send what it was about to: another has taken the matter over by then. {@link
 * PgHttp} asks immediately before a request is written, and a request is written only while its
 * answer, too, can come within the lease.
 *
 * <p>Measured by two clocks, and over as soon as one of them says so: the wall clock may be set
 * back, and the monotonic clock stands still while a machine is suspended.
 */
public final class Lease {

  private static final ScopedValue<Lease> CURRENT = ScopedValue.newInstance();

  private final InstantSource wall;
  private final LongSupplier monotonic;
  private final Instant wallEnd;
  private final long begun;
  private final long sending;

  /**
   * Begins now.
   *
   * @param wall the machine's clock
   * @param sending how long requests may be written
   */
  public Lease(InstantSource wall, Duration sending) {
    this(wall, System::nanoTime, sending);
  }

  Lease(InstantSource wall, LongSupplier monotonic, Duration sending) {
    this.wall = wall;
    this.monotonic = monotonic;
    this.sending = sending.toNanos();
    wallEnd = wall.instant().plus(sending);
    begun = monotonic.getAsLong();
  }

  /** The request was not sent. Whoever holds the matter now brings it to its end. */
  public static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended() {
      super("not sent: the lease for it had ended", null, false, false);
    }
  }

  /** Makes calls to a PG under this lease; throws {@link Ended} if one came too late to be sent. */
  public <T> T call(Supplier<T> calls) {
    return ScopedValue.where(CURRENT, this).call(calls::get);
  }

  /** The same for what may be repeated by whoever asks: one that came too late is unknown. */
  public <T> Outcome<T> ask(Supplier<Outcome<T>> calls) {
    try {
      return call(calls);
    } catch (Ended late) {
      return new Outcome.Unknown<>(String.valueOf(late.getMessage()));
    }
  }

  /** The same for a job that makes its own use of what comes of its calls. */
  public void run(Runnable calls) {
    ScopedValue.where(CURRENT, this).run(calls);
  }

  boolean isOver() {
    return monotonic.getAsLong() - begun >= sending || !wall.instant().isBefore(wallEnd);
  }

  /** The lease this thread's calls are made under, null if they need none. */
  static @Nullable Lease current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }
}
