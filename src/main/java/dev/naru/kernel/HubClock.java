package dev.naru.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The one clock of the hub: the machine's time plus an offset, which a sandbox may advance. Cut to
 * microseconds, which is what PostgreSQL keeps.
 */
public final class HubClock implements InstantSource {

  /** The zone of every date a Korean PG writes. */
  public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private final InstantSource machine;
  private volatile Duration offset = Duration.ZERO;
  private volatile Instant movedAt = Instant.MIN;

  public HubClock() {
    this(InstantSource.system());
  }

  public HubClock(InstantSource machine) {
    this.machine = machine;
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(offset).truncatedTo(ChronoUnit.MICROS);
  }

  public Duration offset() {
    return offset;
  }

  /** Moves this node's time. */
  public void offset(Duration newOffset) {
    movedAt = machine.instant();
    offset = newOffset;
  }

  /** Takes up the time at which the hub stood when it ended: nothing runs yet. */
  public void begin(Duration stored) {
    offset = stored;
  }

  /**
   * Whether time was moved so shortly ago, by the machine's time, that what began before may run.
   */
  public boolean movedWithin(Duration span) {
    return machine.instant().minus(span).isBefore(movedAt);
  }

  /** The time without the offset, for those outside who live in it. */
  public InstantSource machine() {
    return machine;
  }
}
