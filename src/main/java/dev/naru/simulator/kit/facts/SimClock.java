package dev.naru.simulator.kit.facts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time the fake PGs live in: the machine's, and ahead of it where the hub has moved on. */
public final class SimClock implements InstantSource {

  private final InstantSource machine;
  private volatile Duration ahead = Duration.ZERO;

  public SimClock(InstantSource machine) {
    this.machine = machine;
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(ahead);
  }

  /** From now on it is so much ahead. */
  public void ahead(Duration newAhead) {
    ahead = newAhead;
  }
}
