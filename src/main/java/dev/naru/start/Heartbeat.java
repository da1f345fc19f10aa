package dev.naru.start;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Pulse;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Shards.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Finds out, again and again, whether the database takes writes: a disk may be full, a server a
 * replica since a failover, a line silent. Readiness asks what was found, and so answers at once.
 */
@Component
class Heartbeat implements SmartLifecycle, Pulse {

  private static final Duration EVERY = Duration.ofSeconds(2);

  /** The longest wait for a connection, and two beats. */
  private static final Duration LATE = Duration.ofSeconds(6);

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final HeartbeatStore store;
  private final Shards shards;
  private final HubClock clock;
  private final String node = UUID.randomUUID().toString();
  private volatile @Nullable Thread thread;
  private volatile long last;
  private volatile boolean failed;

  Heartbeat(HeartbeatStore store, Shards shards, HubClock clock) {
    this.store = store;
    this.shards = shards;
    this.clock = clock;
  }

  @Override
  public Optional<String> trouble() {
    boolean late = thread != null && System.nanoTime() - last > LATE.toNanos();
    return failed || late ? Optional.of("the database takes no writes") : Optional.empty();
  }

  @Override
  public void start() {
    last = System.nanoTime();
    // Not on the threads of requests, which may be all taken when it matters.
    Thread fresh = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::run);
    thread = fresh;
    fresh.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    while (thread == Thread.currentThread()) {
      try {
        beat();
        TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
      } catch (InterruptedException stopping) {
        return;
      }
    }
  }

  private void beat() {
    try {
      Instant now = clock.machine().instant();
      for (Shard shard : shards.all()) {
        store.beat(shard, node, now, now.minus(KEPT));
      }
      last = System.nanoTime();
      tell(false, null);
    } catch (Throwable e) {
      // Errors too: nothing would start this again.
      tell(thread == Thread.currentThread(), e);
    }
  }

  private void tell(boolean fails, @Nullable Throwable why) {
    if (fails && !failed) {
      LOG.error("the database takes no writes: this hub is not ready", why);
    } else if (!fails && failed) {
      LOG.info("the database takes writes again");
    }
    failed = fails;
  }
}
