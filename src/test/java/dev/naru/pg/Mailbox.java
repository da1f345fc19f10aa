package dev.naru.pg;

import dev.naru.connector.window.PgReturn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** What PGs sent by themselves: whoever waits takes its own, and leaves the others' to them. */
final class Mailbox {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final List<PgReturn> kept = new ArrayList<>();

  synchronized void put(PgReturn raw) {
    kept.add(raw);
    notifyAll();
  }

  /** The oldest that fits, taken out; waits for it. */
  synchronized PgReturn take(Predicate<PgReturn> fits) {
    long end = System.nanoTime() + LONGEST.toNanos();
    try {
      for (long left = LONGEST.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
        for (Iterator<PgReturn> each = kept.iterator(); each.hasNext(); ) {
          PgReturn raw = each.next();
          if (fits.test(raw)) {
            each.remove();
            return raw;
          }
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("no such notice came; there are " + kept.size() + " others");
  }
}
