package dev.naru.billing;

import dev.naru.attention.Jobs;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import dev.naru.merchant.reach.PgReach;
import dev.naru.payment.flow.Payments;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Executes on this node what is due: schedules, the recovery of failures, forgotten test charges.
 */
@Component
class ScheduleLoop implements SmartLifecycle, DueWork, Pulse {

  private static final int AT_ONCE = 512;

  /** So many of each PG: one that hangs takes the places of no other. */
  private static final int OF_A_PG = 32;

  private static final String TEST_CHARGES = "test-charges";

  /** Between claim and commit nothing is called: a lease that ends means that its node is gone. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final ExecutionStore store;
  private final Executions executions;
  private final TestChargeStore testStore;
  private final TestCharges tests;
  private final Recoveries recoveries;
  private final Payments payments;
  private final HubClock clock;
  private final Jobs jobs;
  private final PgReach reach;
  private final WorkLoop loop = new WorkLoop("schedules", AT_ONCE, this::round);

  ScheduleLoop(
      ExecutionStore store,
      Executions executions,
      TestChargeStore testStore,
      TestCharges tests,
      Recoveries recoveries,
      Payments payments,
      HubClock clock,
      PgReach reach,
      Jobs jobs) {
    this.jobs = jobs;
    this.store = store;
    this.executions = executions;
    this.testStore = testStore;
    this.tests = tests;
    this.recoveries = recoveries;
    this.payments = payments;
    this.clock = clock;
    this.reach = reach;
  }

  private void round() throws InterruptedException {
    jobs.round("schedules", this::claim);
  }

  private void claim() {
    recoveries.run();
    Instant now = clock.instant();
    for (ExecutionStore.Claim claim : store.claim(now, now.plus(LEASE), free())) {
      String name = "schedule " + claim.merchantUid();
      loop.submit(
          claim.pg(), () -> jobs.run(claim.merchantId(), name, () -> executions.execute(claim)));
    }
    // Cancels are calls to a PG, after which there may be more to wait for.
    Instant until = payments.leaseEnd().plus(LEASE);
    int places = OF_A_PG - loop.running().getOrDefault(TEST_CHARGES, 0);
    for (TestChargeStore.Claim claim : testStore.claim(now, until, places)) {
      String name = "test charge " + claim.impUid();
      loop.submit(
          TEST_CHARGES, () -> jobs.run(claim.merchantId(), name, () -> tests.giveBack(claim)));
    }
  }

  private Map<String, Integer> free() {
    return reach.free(Math.min(OF_A_PG, loop.free()), loop.running());
  }

  /** Something may be due earlier than it was. */
  void wake() {
    loop.wake();
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
  public Optional<String> trouble() {
    return loop.trouble();
  }

  /** Requests that are under way when the hub stops wait for what this does. */
  @Override
  public int getPhase() {
    return DueWork.PHASE;
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  @Override
  public void drain() throws InterruptedException {
    loop.drain();
  }

  @Override
  public void resume() {
    loop.resume();
  }

  @Override
  public Optional<Instant> nextDue() {
    return Stream.of(store.nextDue(), testStore.nextDue(), recoveries.nextDue())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }
}
