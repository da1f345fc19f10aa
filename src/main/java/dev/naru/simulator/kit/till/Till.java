package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Pace;
import dev.naru.simulator.kit.web.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Charges and cancels for one PG, with all that magic cards make of it. Every method expects to be
 * called under the order's lock.
 */
public final class Till implements AutoCloseable {

  private final Ledger ledger;
  private final InstantSource clock;
  private final Duration late;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Set<Later> laters = ConcurrentHashMap.newKeySet();
  private BiConsumer<Charge, String> landed = (charge, replay) -> {};

  /** What is to be done at a time to come; no two are the same, since their work is not. */
  private record Later(Instant due, Runnable work) {}

  public Till(Ledger ledger, Pace pace) {
    this.ledger = ledger;
    this.clock = pace.clock();
    this.late = pace.late();
  }

  /** Its book. */
  public Ledger ledger() {
    return ledger;
  }

  /** The time all fakes live in. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Takes up what was due when the last run ended. The callback hears of late approvals and
   * cancels.
   */
  public void start(BiConsumer<Charge, String> landed) {
    this.landed = landed;
    ledger.open().toList().forEach(this::schedule);
  }

  /** Whether an order was paid for, or will be: a PG that tells duplicates refuses another. */
  public boolean isTaken(String merchant, String order) {
    return ledger.has(merchant, order, c -> c.charged() || c.status() == Status.PENDING);
  }

  /**
   * Charges without a window, where each request is a new charge: the one that follows another of
   * its order that was swallowed is served.
   */
  public Answer charge(Charge fresh, Voice<Charge> voice) {
    boolean swallowed =
        ledger.has(
            fresh.order().merchant(), fresh.order().id(), c -> c.status() == Status.SILENCED);
    return approve(swallowed ? fresh.as(Status.SILENCED, null) : fresh, voice);
  }

  /** Charges, with all that its card makes of it; one that was swallowed before is served. */
  public Answer approve(Charge charge, Voice<Charge> voice) {
    Instant now = clock.instant();
    Effect effect = charge.status() == Status.SILENCED ? Effect.APPROVE : charge.means().effect();
    if (effect.declines()) {
      Refusal refusal = voice.refusal(effect);
      ledger.save(charge.declined(refusal, now));
      return voice.refused(refusal);
    }
    return switch (effect) {
      case TIMEOUT -> {
        ledger.save(charge.as(Status.SILENCED, null));
        yield new Answer.Silence();
      }
      case LATE -> {
        schedule(ledger.save(charge.as(Status.PENDING, now.plus(late))));
        yield new Answer.Silence();
      }
      default -> Answer.sent(effect, voice.done(approved(charge, now)));
    };
  }

  /** Paid, unless the PG looks at it for a while. */
  private Charge approved(Charge charge, Instant now) {
    if (!charge.reviewed()) {
      return ledger.save(charge.settled(now));
    }
    Charge pending = ledger.save(charge.as(Status.PENDING, now.plus(late)));
    schedule(pending);
    return pending;
  }

  /**
   * The PG has checked that the amount can be cancelled.
   *
   * @param replay which idempotent request this is, or empty
   */
  public Answer cancel(
      Charge charge, long amount, String reason, String replay, Voice<Charge> voice) {
    return cancel(
        charge,
        new Cancel(Numbers.token(20), amount, reason, clock.instant(), Stage.DONE, replay),
        voice);
  }

  /**
   * The PG has checked that the amount can be cancelled.
   *
   * @param cancel how it is when all goes well: done, or looked at until its time comes
   */
  public Answer cancel(Charge charge, Cancel cancel, Voice<Charge> voice) {
    Instant now = clock.instant();
    return switch (charge.means().effect()) {
      case CANCEL_REFUSED -> voice.refused(Effect.CANCEL_REFUSED);
      case CANCEL_TIMEOUT -> {
        if (charge.cancelIs(Stage.SILENCED)) {
          yield voice.done(cancelled(charge, cancel));
        }
        ledger.save(charge.with(cancel.as(Stage.SILENCED, now)));
        yield new Answer.Silence();
      }
      case CANCEL_LATE -> {
        Charge _ = cancelled(charge, cancel.as(Stage.PENDING, now.plus(late)));
        yield new Answer.Silence();
      }
      case CANCEL_ANSWER_LOST -> new Answer.Lost(voice.done(cancelled(charge, cancel)));
      case CANCEL_GARBLED -> new Answer.Garbled(voice.done(cancelled(charge, cancel)));
      default -> voice.done(cancelled(charge, cancel));
    };
  }

  private Charge cancelled(Charge charge, Cancel cancel) {
    Charge after = ledger.save(charge.with(cancel));
    if (cancel.isOpen()) {
      schedule(after, cancel);
    }
    return after;
  }

  /** Undoes the charge, or keeps one that has yet to land from ever doing so. May be repeated. */
  public Charge undo(Charge charge, String reason) {
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED, PENDING, KEY_ISSUED ->
          ledger.save(charge.as(Status.BLOCKED, null));
      case WAITING, PAID, PARTLY_CANCELLED ->
          ledger.save(
              charge.with(
                  new Cancel(
                      Numbers.token(20),
                      charge.balance(),
                      reason,
                      clock.instant(),
                      Stage.DONE,
                      "")));
      case CANCELLED, DECLINED, BLOCKED -> charge;
    };
  }

  /** Does something later, by the clock that can be moved. */
  public void after(Duration time, Runnable work) {
    Later later = new Later(clock.instant().plus(time), work);
    laters.add(later);
    try {
      Future<?> _ =
          timer.schedule(
              () -> Thread.startVirtualThread(() -> run(later)),
              time.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // Closing: whatever matters is in the book and is taken up at the next start.
    }
  }

  /** The books were emptied: what was to be done later is about nothing any more. */
  public void forget() {
    laters.clear();
  }

  /** Time was moved: does what would have been done meanwhile. */
  public void moved() {
    Instant now = clock.instant();
    laters.stream()
        .filter(later -> !later.due().isAfter(now))
        .sorted(Comparator.comparing(Later::due))
        .forEach(this::run);
  }

  private void run(Later later) {
    ledger.begin();
    if (laters.remove(later)) {
      later.work().run();
    }
  }

  /** How long what is late takes. */
  public Duration late() {
    return late;
  }

  private void schedule(Charge charge) {
    Instant now = clock.instant();
    Instant approval = charge.course().at();
    if (charge.status() == Status.PENDING && approval != null) {
      after(positive(now, approval), () -> land(charge));
    }
    charge.course().cancels().stream()
        .filter(Cancel::isOpen)
        .forEach(cancel -> schedule(charge, cancel));
  }

  private void schedule(Charge charge, Cancel cancel) {
    after(positive(clock.instant(), cancel.at()), () -> landCancel(charge, cancel));
  }

  private static Duration positive(Instant now, Instant due) {
    return due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO;
  }

  private void land(Charge pending) {
    ledger.locked(
        pending.order().id(),
        () -> {
          Charge charge = ledger.charge(pending.id());
          if (charge != null && charge.status() == Status.PENDING) {
            landed.accept(
                ledger.save(charge.landed(clock.instant())), charge.order().more("replay"));
          }
          return pending;
        });
  }

  private void landCancel(Charge pending, Cancel cancel) {
    ledger.locked(
        pending.order().id(),
        () -> {
          Charge charge = ledger.charge(pending.id());
          if (charge != null
              && charge.course().cancels().contains(cancel)
              && charge.balance() >= cancel.amount()) {
            landed.accept(
                ledger.save(charge.with(cancel.landed(clock.instant()))), cancel.replay());
          }
          return pending;
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
