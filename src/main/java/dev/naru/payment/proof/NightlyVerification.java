package dev.naru.payment.proof;

import dev.naru.attention.Attention;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Vault;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import dev.naru.merchant.Shards;
import dev.naru.payment.store.NightStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Proves the books every night, when Korea sleeps, on one node. */
@Component
class NightlyVerification implements SmartLifecycle, Pulse {

  private static final String NAME = "verify";

  /** From four in the morning on. */
  private static final Duration NIGHT = Duration.ofHours(4);

  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(NightlyVerification.class);

  private final NightStore nights;
  private final Verification verification;
  private final HubClock clock;
  private final WorkLoop loop = new WorkLoop("verification", 1, this::round);
  private long last = System.nanoTime() - PAUSE.toNanos();

  /**
   * @param patient connections on which sums over everything may take their time
   */
  NightlyVerification(
      NightStore nights,
      Vault vault,
      Attention attention,
      @Qualifier("patient") DataSource patient,
      HubClock clock) {
    this.nights = nights;
    this.verification = new Verification(Shards.on(patient), vault, attention);
    this.clock = clock;
  }

  private void round() {
    if (System.nanoTime() - last >= PAUSE.toNanos()) {
      last = System.nanoTime();
      run();
    }
  }

  /** Proves the books if it is time and nobody else does; says whether it did. */
  boolean run() {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now.minus(NIGHT), HubClock.SEOUL);
    if (!nights.claim(NAME, today, now, now.plus(LEASE))) {
      return false;
    }
    Verification.Result result =
        verification.run(difference -> {}, () -> nights.busy(NAME, clock.instant().plus(LEASE)));
    nights.done(NAME, today);
    LOG.info(
        "the books of {} payments were proved: {} differences",
        result.payments(),
        result.differences());
    return true;
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
