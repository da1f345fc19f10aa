package dev.naru.connector.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far PGs' clocks are from this machine's, by the {@code Date} header of what they answer. Kept
 * by host, on the monotonic clock, so that it stays true when this machine's clock is set.
 *
 * <p>A time that a PG wrote may be compared with one of ours only if both clocks are known to
 * agree: see {@link Skew#isSmall()}.
 */
public final class PgClocks {

  /** Beyond this the clocks do not agree. */
  public static final Duration TRUSTED = Duration.ofSeconds(5);

  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  /** {@code Date} has no fractions. */
  private static final long RESOLUTION = Duration.ofSeconds(1).toNanos();

  /** Wants to know of each measure. Returns at once and never throws. */
  @FunctionalInterface
  public interface Listener {
    void on(String host, Skew skew);
  }

  /**
   * How much later it is here than there: somewhere between the two.
   *
   * @param least negative if the PG's clock may be ahead
   */
  public record Skew(Duration least, Duration most) {

    /** The clocks agree, within {@link #TRUSTED}. */
    public boolean isSmall() {
      return least.compareTo(TRUSTED.negated()) >= 0 && most.compareTo(TRUSTED) <= 0;
    }

    /** The clocks do not agree, whatever an answer's way took. */
    public boolean isProved() {
      return least.compareTo(TRUSTED) > 0 || most.compareTo(TRUSTED.negated()) < 0;
    }

    /**
     * What two clocks say of one moment.
     *
     * @param begun ours, before theirs was read
     * @param ended ours, after it
     */
    public static Skew of(Instant begun, Instant theirs, Instant ended) {
      return new Skew(Duration.between(theirs, begun), Duration.between(theirs, ended));
    }
  }

  /** A PG's clock less the monotonic one, in nanoseconds: somewhere between the two. */
  private record Known(long least, long most) {

    /** Both hold; if they cannot, a clock was set, and the newer one holds. */
    Known narrowed(Known newer) {
      long low = Math.max(least, newer.least);
      long high = Math.min(most, newer.most);
      return low <= high ? new Known(low, high) : newer;
    }
  }

  private final InstantSource wall;
  private final LongSupplier monotonic;
  private final ConcurrentMap<String, Known> hosts = new ConcurrentHashMap<>();
  private volatile Listener listener = (host, skew) -> {};

  /**
   * Knows nothing yet.
   *
   * @param wall the machine's clock
   */
  public PgClocks(InstantSource wall) {
    this(wall, System::nanoTime);
  }

  PgClocks(InstantSource wall, LongSupplier monotonic) {
    this.wall = wall;
    this.monotonic = monotonic;
  }

  /** There is one. */
  public void listen(Listener only) {
    listener = only;
  }

  /** What is known of the clock behind an address; empty if nothing was measured. */
  public Optional<Skew> of(URI address) {
    return Optional.ofNullable(hosts.get(host(address))).map(this::skew);
  }

  /** The time by the monotonic clock, to be given to {@link #answered}. */
  long now() {
    return monotonic.getAsLong();
  }

  /**
   * An answer has come.
   *
   * @param date its header; null if it had none
   * @param begun before the request was written
   */
  void answered(URI address, @Nullable String date, long begun) {
    long ended = monotonic.getAsLong();
    Instant theirs = date == null ? null : parsed(date);
    if (theirs == null) {
      return;
    }
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, theirs);
    Known measured = new Known(nanos - ended, nanos + RESOLUTION - begun);
    String host = host(address);
    listener.on(
        host,
        skew(
            Objects.requireNonNull(
                hosts.merge(host, measured, (known, newer) -> known.narrowed(newer)))));
  }

  private Skew skew(Known known) {
    long ahead = ChronoUnit.NANOS.between(Instant.EPOCH, wall.instant()) - monotonic.getAsLong();
    return new Skew(
        Duration.ofNanos(ahead - known.most()), Duration.ofNanos(ahead - known.least()));
  }

  private static String host(URI address) {
    return String.valueOf(address.getAuthority());
  }

  /** Null also for a time that no clock shows: it would not fit into nanoseconds. */
  private static @Nullable Instant parsed(String date) {
    try {
      Instant told = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      return told.isBefore(FIRST) || told.isAfter(LAST) ? null : told;
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }
}
