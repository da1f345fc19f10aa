package dev.naru.start.database;

import dev.naru.attention.Clocks;
import dev.naru.connector.http.PgClocks.Skew;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.work.Pulse;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Shards.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /** After so many beats clocks are compared. */
  private static final int COMPARED = 15;

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final HeartbeatStore store;
  private final Shards shards;
  private final HubClock clock;
  private final Clocks clocks;
  private final String node = UUID.randomUUID().toString();
  private volatile @Nullable Thread thread;
  private volatile long last;
  private long beats;
  private volatile boolean failed;

  Heartbeat(HeartbeatStore store, Shards shards, HubClock clock, Clocks clocks) {
    this.store = store;
    this.clocks = clocks;
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
      compareClocks();
    } catch (Throwable e) {
      // Errors too: nothing would start this again.
      tell(thread == Thread.currentThread(), e);
    }
  }

  /** Leases and due times are this machine's clock, and other nodes' too: they should agree. */
  private void compareClocks() {
    if (beats++ % COMPARED == 0) {
      List<Shard> all = shards.all();
      for (int n = 0; n < all.size(); n++) {
        Instant begun = clock.machine().instant();
        Instant theirs = store.time(all.get(n));
        String whose = all.size() == 1 ? "database" : "database " + (n + 1);
        clocks.measured(whose, Skew.of(begun, theirs, clock.machine().instant()));
      }
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
