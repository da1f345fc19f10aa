package dev.naru.kernel.work;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** The heart of a loop: it says that it goes on, and survives whatever a round of it throws. */
public final class Beat implements Pulse {

  /** A round that takes longer, or a thread that is not there, is a loop that does no work. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private static final Logger LOG = System.getLogger(Beat.class.getName());

  private final String name;
  private volatile boolean on;
  private volatile long last;

  public Beat(String name) {
    this.name = name;
  }

  /** A round begins. */
  public void now() {
    last = System.nanoTime();
    on = true;
  }

  /** From now on nothing is expected of it. */
  public void stop() {
    on = false;
  }

  @Override
  public Optional<String> trouble() {
    return on && System.nanoTime() - last > STUCK.toNanos()
        ? Optional.of(name + " has stopped working")
        : Optional.empty();
  }

  /** Logs what was thrown. An error, such as a want of memory, ends no loop, even while logging. */
  public void survive(String what, Throwable thrown) {
    try {
      LOG.log(Level.ERROR, name + ": " + what, thrown);
    } catch (Throwable again) {
      // Not even memory for a line: the loop goes on all the same.
      on = true;
    }
  }
}
