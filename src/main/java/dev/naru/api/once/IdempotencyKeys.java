package dev.naru.api.once;

import dev.naru.api.once.IdempotencyStore.Answer;
import dev.naru.api.once.IdempotencyStore.Claimed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import dev.naru.kernel.work.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Who may act on an {@code Idempotency-Key}. The first request claims it before it does anything,
 * and leaves its answer. A request that ends without one, because its hub died, a bug stopped it or
 * its outcome is still unknown, leaves the key to a repetition, which runs as {@link
 * Once#lostSince}.
 */
@Component
class IdempotencyKeys implements InitializingBean, DisposableBean {

  /** So long a key is remembered, at least. */
  static final Duration KEPT = Duration.ofDays(15);

  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final Duration MARGIN = Duration.ofSeconds(60);
  private static final int ROUNDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyKeys.class);

  private final IdempotencyStore store;
  private final Vault vault;
  private final HubClock clock;
  private final Settings settings;
  private final CountDownLatch stopped = new CountDownLatch(1);

  IdempotencyKeys(IdempotencyStore store, Vault vault, HubClock clock, Settings settings) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
    this.settings = settings;
  }

  /** What becomes of a request with a key. */
  sealed interface Claim {
    /** It is to run, and to leave its answer. */
    record Mine(KeyInUse row) implements Claim {}

    /** It has been answered before. */
    record Replay(Answer answer) implements Claim {}

    /** The first one runs. */
    record Running() implements Claim {}

    /** The key was used with another input. */
    record Reused() implements Claim {}
  }

  /** Before any request is taken: what ran in the only hub there is runs no more. */
  @Override
  public void afterPropertiesSet() {
    if (settings.database() == null) {
      int orphans = store.orphaned();
      if (orphans > 0) {
        LOG.warn("{} requests with a key were under way when the hub ended", orphans);
      }
    }
    Thread.ofVirtual().name("idempotency-sweep").start(this::sweep);
  }

  @Override
  public void destroy() {
    stopped.countDown();
  }

  Claim claim(long merchantId, String operation, String key, String input) {
    Claimed id =
        new Claimed(merchantId, operation, vault.hash("idempotency-key", merchantId + "/" + key));
    String inputHash = vault.hash("idempotency-input", merchantId + "/" + input);
    for (int round = 0; round < ROUNDS; round++) {
      Instant now = clock.instant();
      KeyInUse fresh = new KeyInUse(id, inputHash, now, 1, now.plus(lease()), null);
      if (store.insert(fresh)) {
        return new Claim.Mine(fresh);
      }
      Optional<Claim> known = store.find(id).flatMap(row -> known(row, inputHash, now));
      if (known.isPresent()) {
        return known.get();
      }
    }
    return new Claim.Running();
  }

  /** Empty if the row has changed, or was too old. */
  private Optional<Claim> known(KeyInUse row, String inputHash, Instant now) {
    if (row.beganAt().plus(KEPT).isBefore(now)) {
      store.delete(row);
      return Optional.empty();
    }
    if (!row.inputHash().equals(inputHash)) {
      return Optional.of(new Claim.Reused());
    }
    if (row.answer() != null) {
      return Optional.of(new Claim.Replay(row.answer()));
    }
    if (row.busyUntil() == null || row.busyUntil().isAfter(now)) {
      return Optional.of(new Claim.Running());
    }
    Instant until = now.plus(lease());
    return store.takeOver(row, now, until)
        ? Optional.of(
            new Claim.Mine(
                new KeyInUse(row.id(), inputHash, row.beganAt(), row.round() + 1, until, null)))
        : Optional.empty();
  }

  /** Keeps the answer for repetitions. */
  void answer(KeyInUse mine, Answer answer) {
    store.answer(mine, answer);
  }

  /** There is no answer that should be given again. */
  void release(KeyInUse mine) {
    store.release(mine, clock.instant());
  }

  /** The id of the one cancel that requests with this key make, however many of them run. */
  String cancellationId(KeyInUse row) {
    Claimed id = row.id();
    String hash = vault.hash("idempotent-cancel", row.beganAt() + "/" + id.keyHash());
    return "cancellation-"
        + hash.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12}).*", "$1-$2-$3-$4-$5");
  }

  /** Longer than any request runs: key issue and charge are two calls of two steps each. */
  private Duration lease() {
    Settings.PgTimes times = settings.pgTimes();
    return times
        .connect()
        .plus(times.read())
        .multipliedBy(4)
        .plus(times.answer().multipliedBy(2))
        .plus(MARGIN);
  }

  private void sweep() {
    Beat beat = new Beat("idempotency-sweep");
    try {
      do {
        try {
          int some;
          do {
            some = store.forget(clock.instant().minus(KEPT));
          } while (some >= IdempotencyStore.BATCH);
        } catch (Throwable e) {
          beat.survive("old keys could not be forgotten, they come up again", e);
        }
      } while (!stopped.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
