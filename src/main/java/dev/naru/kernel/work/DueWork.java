package dev.naru.kernel.work;

import java.time.Instant;
import java.util.Optional;

/**
 * Work of this node that is done when its time has come. Whoever moves the clock stops it first, so
 * that no lease ends under a job that runs.
 */
public interface DueWork {

  /**
   * The phase of those that Spring starts and stops: started after the door is open, and stopped
   * after the last request has been answered, which may wait for what they do.
   */
  int PHASE = Integer.MAX_VALUE - 1_536;

  /** Takes up nothing more, and returns when nothing is under way. */
  void drain() throws InterruptedException;

  /** The end of {@link #drain}; looks for work at once. */
  void resume();

  /** When the next work of any node is due, leases included. */
  Optional<Instant> nextDue();
}
