package dev.naru.attention;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells the operator of what is open: once, and then every day for as long as it is. What comes
 * together is told together.
 */
@Component
class Announcer implements SmartLifecycle, Pulse {

  static final Duration AGAIN = Duration.ofDays(1);

  /** Longer than any way takes. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

  private final AnnounceStore store;
  private final List<Way> ways;
  private final HubClock clock;
  private final Map<Way.Kind, AtomicBoolean> busy = new ConcurrentHashMap<>();
  private final Map<Way.Kind, Duration> pauses = new ConcurrentHashMap<>();
  private final WorkLoop loop = new WorkLoop("announcer", Way.Kind.values().length, this::round);

  Announcer(AnnounceStore store, List<Way> ways, HubClock clock) {
    this.store = store;
    this.ways = ways;
    this.clock = clock;
    for (Way.Kind kind : Way.Kind.values()) {
      busy.put(kind, new AtomicBoolean());
      pauses.put(kind, FIRST_PAUSE);
    }
  }

  private void round() {
    for (Way way : ways) {
      AtomicBoolean running = busy.get(way.kind());
      if (way.isOpen() && running != null && running.compareAndSet(false, true)) {
        loop.submit(
            () -> {
              try {
                tell(way);
              } finally {
                running.set(false);
              }
            });
      }
    }
  }

  private void tell(Way way) {
    Instant lease = clock.instant().plus(LEASE);
    List<Matter> due = store.claim(way.kind(), clock.instant(), lease);
    if (due.isEmpty()) {
      return;
    }
    boolean told = way.tell(due);
    Instant now = clock.instant();
    Duration pause = told ? FIRST_PAUSE : pauses.getOrDefault(way.kind(), FIRST_PAUSE);
    Duration doubled = pause.multipliedBy(2);
    pauses.put(
        way.kind(),
        told ? FIRST_PAUSE : doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
    for (Matter matter : due) {
      if (told) {
        store.told(way.kind(), matter, lease, now, now.plus(AGAIN));
      } else {
        store.failed(way.kind(), matter, lease, now.plus(pause));
      }
    }
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public int getPhase() {
    return DueWork.PHASE;
  }

  @Override
  public Optional<String> trouble() {
    return loop.trouble();
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }
}
