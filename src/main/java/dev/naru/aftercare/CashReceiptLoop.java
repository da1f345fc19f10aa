package dev.naru.aftercare;

import dev.naru.attention.Jobs;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import dev.naru.merchant.Channels;
import dev.naru.merchant.reach.PgReach;
import dev.naru.payment.flow.Payments;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Brings cash receipts of unknown outcome to their end. Every node runs one. */
@Component
class CashReceiptLoop implements SmartLifecycle, DueWork, Pulse {

  private static final int AT_ONCE = 128;

  /** So many of each PG: one that hangs takes the places of no other. */
  private static final int OF_A_PG = 8;

  private static final Duration LEASE = Duration.ofMinutes(2);

  private final CashReceiptDueStore store;
  private final CashReceiptCalls calls;
  private final Payments payments;
  private final HubClock clock;
  private final Jobs jobs;
  private final PgReach reach;
  private final Channels channels;
  private final WorkLoop loop = new WorkLoop("cash-receipts", AT_ONCE, this::round);

  CashReceiptLoop(
      CashReceiptDueStore store,
      CashReceiptCalls calls,
      Payments payments,
      HubClock clock,
      PgReach reach,
      Channels channels,
      Jobs jobs) {
    this.jobs = jobs;
    this.store = store;
    this.calls = calls;
    this.payments = payments;
    this.clock = clock;
    this.reach = reach;
    this.channels = channels;
  }

  private void round() throws InterruptedException {
    jobs.round("cash-receipts", this::claim);
  }

  private void claim() {
    Lease lease = payments.lease();
    Instant now = clock.instant();
    boolean moved = clock.movedWithin(LEASE);
    for (CashReceipt due : store.claim(now, payments.leaseEnd(), moved, free())) {
      String name = "cash receipt " + due.id();
      loop.submit(pg(due), () -> jobs.run(due.merchantId(), name, () -> calls.look(due, lease)));
    }
  }

  private Map<String, Integer> free() {
    return reach.free(Math.min(OF_A_PG, loop.free()), loop.running());
  }

  private String pg(CashReceipt due) {
    return channels.get(due.merchantId(), due.channelKey()).pg().code();
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
    return store.nextDue();
  }
}
