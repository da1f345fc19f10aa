package dev.naru.payment.resolve;

import dev.naru.attention.Jobs;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import dev.naru.merchant.reach.PgReach;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Nudges;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Payments;
import dev.naru.payment.store.PaymentStore;
import dev.naru.payment.store.ResolverStore;
import dev.naru.payment.store.ResolverStore.Span;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs {@link Resolver} and {@link CancelResolver}: claims what is due on this node and looks at
 * it, each on its own virtual thread. Every node runs one; claims keep them apart.
 */
@Component
class ResolverLoop implements SmartLifecycle, DueWork, Pulse {

  private static final int AT_ONCE = 512;

  /** So many of each PG: one that hangs takes the places of no other. */
  private static final int OF_A_PG = 64;

  private static final Logger LOG = LoggerFactory.getLogger(ResolverLoop.class);

  private final ResolverStore claims;
  private final PaymentStore store;
  private final Resolver resolver;
  private final CancelResolver cancels;
  private final Payments payments;
  private final HubClock clock;
  private final Settings settings;
  private final Jobs jobs;
  private final PgReach reach;
  private final WorkLoop loop = new WorkLoop("resolver", AT_ONCE, this::round);

  ResolverLoop(
      ResolverStore claims,
      PaymentStore store,
      Resolver resolver,
      CancelResolver cancels,
      Payments payments,
      HubClock clock,
      Settings settings,
      PgReach reach,
      Nudges nudges,
      Jobs jobs) {
    this.jobs = jobs;
    this.claims = claims;
    this.store = store;
    this.resolver = resolver;
    this.cancels = cancels;
    this.payments = payments;
    this.clock = clock;
    this.settings = settings;
    this.reach = reach;
    nudges.onUndecided(loop::wake);
  }

  @Override
  public void start() {
    if (settings.database() == null) {
      int orphans = claims.orphaned(clock.instant());
      if (orphans > 0) {
        LOG.warn("{} calls were under way when the hub ended: resolving them now", orphans);
      }
    }
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
    return claims.nextDue();
  }

  private void round() throws InterruptedException {
    jobs.round("resolver", this::claim);
  }

  private void claim() {
    Lease lease = payments.lease();
    Instant now = clock.instant();
    Span span = new Span(now, payments.leaseEnd(), clock.movedWithin(payments.leaseTime()));
    each(claims.attempts(span, free()), lease, claim -> resolver.attempt(payment(claim)));
    each(claims.cancellations(span, free()), lease, this::cancel);
  }

  private Map<String, Integer> free() {
    return reach.free(Math.min(OF_A_PG, loop.free()), loop.running());
  }

  private void cancel(ResolverStore.Claim claim) {
    Payment payment = payment(claim);
    Cancellation cancel = payment.cancellations().get(claim.no() - 1);
    if (cancel.state().isRunning()) {
      cancels.look(payment, cancel);
    }
  }

  private Payment payment(ResolverStore.Claim claim) {
    return store.get(claim.merchantId(), claim.impUid());
  }

  private void each(
      List<ResolverStore.Claim> due, Lease lease, Consumer<ResolverStore.Claim> look) {
    due.forEach(
        claim ->
            loop.submit(
                claim.pg(),
                () ->
                    jobs.run(
                        claim.merchantId(),
                        "resolver " + claim.impUid(),
                        () -> look(claim, lease, look))));
  }

  private static void look(
      ResolverStore.Claim claim, Lease lease, Consumer<ResolverStore.Claim> look) {
    try {
      lease.run(() -> look.accept(claim));
    } catch (Lease.Ended late) {
      LOG.warn("a look at {} came too late, another follows", claim.impUid());
    }
  }
}
