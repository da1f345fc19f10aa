package dev.naru.aftercare;

import dev.naru.attention.Jobs;
import dev.naru.connector.Lease;
import dev.naru.kernel.DueWork;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.WorkLoop;
import dev.naru.payment.Payments;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Brings cash receipts of unknown outcome to their end. Every node runs one. */
@Component
class CashReceiptLoop implements SmartLifecycle, DueWork {

  private static final int AT_ONCE = 8;
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final CashReceiptStore store;
  private final CashReceiptCalls calls;
  private final Payments payments;
  private final HubClock clock;
  private final Jobs jobs;
  private final WorkLoop loop = new WorkLoop("cash-receipts", AT_ONCE, this::round);

  CashReceiptLoop(
      CashReceiptStore store,
      CashReceiptCalls calls,
      Payments payments,
      HubClock clock,
      Jobs jobs) {
    this.jobs = jobs;
    this.store = store;
    this.calls = calls;
    this.payments = payments;
    this.clock = clock;
  }

  private void round() throws InterruptedException {
    jobs.round("cash-receipts", this::claim);
  }

  private void claim() {
    Lease lease = payments.lease();
    Instant now = clock.instant();
    boolean moved = clock.movedWithin(LEASE);
    for (CashReceipt due : store.claim(now, payments.leaseEnd(), moved, loop.free())) {
      loop.submit(
          () ->
              jobs.run(due.merchantId(), "cash receipt " + due.id(), () -> calls.look(due, lease)));
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
