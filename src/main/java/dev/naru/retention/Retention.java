package dev.naru.retention;

import dev.naru.attention.Attention;
import dev.naru.attention.Jobs;
import dev.naru.attention.What;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Forgets what is old: a little at a time, so that nobody waits for it, on every node. Payments
 * that were begun to be paid, their events, cancels and ledger stay for ever; so does whatever
 * something that runs may need. See docs/retention.md.
 */
@Component
class Retention implements SmartLifecycle, Pulse {

  /** Between two looks when there was nothing more to forget. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** Of one kind in one round, so that a round is short. */
  private static final int MOST_BATCHES = 20;

  /** For tokens and endpoints that are of no use any more. */
  private static final Duration DAY = Duration.ofDays(1);

  private final RetentionStore store;
  private final MerchantRetentionStore ofMerchants;
  private final Settings.Keep keep;
  private final Attention attention;
  private final Jobs jobs;
  private final HubClock clock;
  private final WorkLoop loop = new WorkLoop("retention", 1, this::round);
  private long last = System.nanoTime();

  Retention(
      RetentionStore store,
      MerchantRetentionStore ofMerchants,
      Settings settings,
      Attention attention,
      Jobs jobs,
      HubClock clock) {
    this.store = store;
    this.ofMerchants = ofMerchants;
    this.keep = settings.keep();
    this.attention = attention;
    this.jobs = jobs;
    this.clock = clock;
  }

  private void round() throws InterruptedException {
    if (System.nanoTime() - last < PAUSE.toNanos()) {
      return;
    }
    jobs.round(
        "retention",
        () -> {
          boolean more = false;
          try {
            more = sweep();
          } finally {
            // What fails is not tried without a pause either.
            if (!more) {
              last = System.nanoTime();
            }
          }
        });
  }

  /** Forgets some of each kind; says whether there may be more. */
  boolean sweep() {
    Instant now = clock.instant();
    Stream<IntSupplier> everywhere =
        Stream.of(
                Stream.<IntSupplier>of(
                    () -> store.closedSchedules(now),
                    () -> store.tokens(now.minus(DAY)),
                    () -> endpoints(now.minus(DAY))),
                aged(keep.windows(), now, at -> () -> store.windows(at, now)),
                aged(keep.windows(), now, at -> () -> store.links(at)),
                aged(keep.windows(), now, at -> () -> store.revokedSchedules(at)),
                aged(keep.certifications(), now, at -> () -> store.certifications(at)))
            .flatMap(Function.identity());
    Stream<IntSupplier> each =
        ofMerchants.merchants().stream()
            .flatMap(
                merchant ->
                    Stream.of(
                            aged(
                                keep.windows(),
                                now,
                                at -> () -> ofMerchants.abandoned(merchant, at)),
                            aged(
                                keep.wireLog(), now, at -> () -> ofMerchants.wireLog(merchant, at)),
                            aged(
                                keep.wireLog(), now, at -> () -> ofMerchants.notices(merchant, at)),
                            aged(
                                keep.webhooks(),
                                now,
                                at -> () -> ofMerchants.deliveries(merchant, at)))
                        .flatMap(Function.identity()));
    return all(Stream.concat(everywhere, each).toList());
  }

  /** All of them, even if one has more, or fails: nothing waits for the others. */
  private static boolean all(List<IntSupplier> kinds) {
    boolean more = false;
    RuntimeException failed = null;
    for (IntSupplier forgets : kinds) {
      try {
        more |= batches(forgets);
      } catch (RuntimeException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
    return more;
  }

  /** Nothing if it is kept for ever. */
  private static Stream<IntSupplier> aged(
      Duration kept, Instant now, Function<Instant, IntSupplier> forgets) {
    return kept.isZero() ? Stream.empty() : Stream.of(forgets.apply(now.minus(kept)));
  }

  private static boolean batches(IntSupplier forgets) {
    for (int n = 0; n < MOST_BATCHES; n++) {
      if (forgets.getAsInt() < RetentionStore.BATCH) {
        return false;
      }
    }
    return true;
  }

  private int endpoints(Instant before) {
    List<RetentionStore.Endpoint> gone = store.endpoints(before);
    gone.forEach(one -> attention.settled(one.merchantId(), What.ENDPOINT_PARKED, one.origin()));
    return gone.size();
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
