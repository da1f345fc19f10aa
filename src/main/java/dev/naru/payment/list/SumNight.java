package dev.naru.payment.list;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import dev.naru.merchant.Shards;
import dev.naru.payment.store.NightStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Compares the sums of days with the ledger every night, on one node; adds up anew what differs.
 */
@Component
class SumNight implements SmartLifecycle, Pulse {

  private static final String NAME = "sums";

  /** From five in the morning on: after the books were proved. */
  private static final Duration NIGHT = Duration.ofHours(5);

  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(20);
  private static final Logger LOG = LoggerFactory.getLogger(SumNight.class);

  private final NightStore nights;
  private final SumStore sums;
  private final Shards shards;
  private final HubClock clock;
  private final WorkLoop loop = new WorkLoop("sums", 1, this::round);
  private long last = System.nanoTime() - PAUSE.toNanos();

  /**
   * @param patient connections on which sums over everything may take their time
   */
  SumNight(NightStore nights, @Qualifier("patient") DataSource patient, HubClock clock) {
    this.nights = nights;
    this.shards = Shards.on(patient);
    this.sums = new SumStore(shards);
    this.clock = clock;
  }

  private void round() {
    if (System.nanoTime() - last < PAUSE.toNanos()) {
      return;
    }
    last = System.nanoTime();
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now.minus(NIGHT), HubClock.SEOUL);
    if (nights.claim(NAME, today, now, now.plus(LEASE))) {
      loop.submit(() -> run(today));
    }
  }

  private void run(LocalDate today) {
    for (long merchant : sums.merchants()) {
      nights.busy(NAME, clock.instant().plus(LEASE));
      check(merchant);
    }
    nights.done(NAME, today);
  }

  /** Whether a merchant's sums were what the ledger says. */
  boolean check(long merchantId) {
    List<String> differing = sums.differing(merchantId);
    if (!differing.isEmpty()) {
      LOG.warn(
          "the sums of merchant {} in {} are not what the ledger says: they are added up anew",
          merchantId,
          differing);
      shards.shard(merchantId).transaction().executeWithoutResult(_ -> sums.begin(merchantId));
    }
    return differing.isEmpty();
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
