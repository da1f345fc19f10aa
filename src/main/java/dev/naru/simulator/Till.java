package dev.naru.simulator;

import dev.naru.simulator.Charge.Cancel;
import dev.naru.simulator.Charge.Refusal;
import dev.naru.simulator.Charge.Stage;
import dev.naru.simulator.Charge.Status;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Charges and cancels for one PG, with all that magic cards make of it. Every method expects to be
 * called under the order's lock.
 */
final class Till implements AutoCloseable {

  /** How the PG words what came of it. */
  interface Voice {

    Refusal refusal(Effect effect);

    Answer.Reply refused(Refusal refusal);

    /** Of an approval and of a cancel alike: the charge as it is now. */
    Answer.Reply done(Charge charge);
  }

  final Ledger ledger;
  final InstantSource clock;
  private final Duration late;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Set<Later> laters = ConcurrentHashMap.newKeySet();
  private BiConsumer<Charge, String> landed = (charge, replay) -> {};

  /** What is to be done at a time to come; no two are the same, since their work is not. */
  private record Later(Instant due, Runnable work) {}

  Till(Ledger ledger, Simulators.Settings settings) {
    this.ledger = ledger;
    this.clock = settings.clock();
    this.late = settings.late();
  }

  /**
   * Takes up what was due when the last run ended. The callback hears of late approvals and
   * cancels.
   */
  void start(BiConsumer<Charge, String> landed) {
    this.landed = landed;
    ledger.open().toList().forEach(this::schedule);
  }

  Answer approve(Charge charge, Voice voice) {
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
      case ANSWER_LOST -> new Answer.Lost(voice.done(approved(charge, now)));
      case GARBLED -> new Answer.Garbled(voice.done(approved(charge, now)));
      case SLOW -> new Answer.Slow(voice.done(approved(charge, now)));
      default -> voice.done(approved(charge, now));
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
  Answer cancel(Charge charge, long amount, String reason, String replay, Voice voice) {
    return cancel(
        charge, new Cancel(token(20), amount, reason, clock.instant(), Stage.DONE, replay), voice);
  }

  /**
   * The PG has checked that the amount can be cancelled.
   *
   * @param cancel how it is when all goes well: done, or looked at until its time comes
   */
  Answer cancel(Charge charge, Cancel cancel, Voice voice) {
    Instant now = clock.instant();
    return switch (charge.means().effect()) {
      case CANCEL_REFUSED -> voice.refused(voice.refusal(Effect.CANCEL_REFUSED));
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
  Charge undo(Charge charge, String reason) {
    return switch (charge.status()) {
      case AUTHENTICATED, SILENCED, PENDING, KEY_ISSUED ->
          ledger.save(charge.as(Status.BLOCKED, null));
      case WAITING, PAID, PARTLY_CANCELLED ->
          ledger.save(
              charge.with(
                  new Cancel(
                      token(20), charge.balance(), reason, clock.instant(), Stage.DONE, "")));
      case CANCELLED, DECLINED, BLOCKED -> charge;
    };
  }

  void after(Duration time, Runnable work) {
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

  /** Time was moved: does what would have been done meanwhile. */
  void moved() {
    Instant now = clock.instant();
    laters.stream()
        .filter(later -> !later.due().isAfter(now))
        .sorted(Comparator.comparing(Later::due))
        .forEach(this::run);
  }

  private void run(Later later) {
    if (laters.remove(later)) {
      later.work().run();
    }
  }

  Duration late() {
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

  private static final String ALPHABET =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /** Somewhere else after each start, since a start may be within the second of what was before. */
  private static final AtomicLong SERIAL =
      new AtomicLong(ThreadLocalRandom.current().nextLong(1L << 48));

  static String token(int length) {
    return random(ALPHABET, length);
  }

  static String digits(int length) {
    return random("0123456789", length);
  }

  /**
   * Digits that come again only after all others of this length: for what nothing else tells apart
   * within a second. At hundreds of charges in a second, six random ones meet soon.
   */
  static String serial(int length) {
    int counted = Math.min(length, 18);
    long number = Math.floorMod(SERIAL.getAndIncrement(), (long) Math.pow(10, counted));
    return digits(length - counted) + ("%0" + counted + "d").formatted(number);
  }

  private static String random(String alphabet, int length) {
    StringBuilder token = new StringBuilder(length);
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < length; i++) {
      token.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return token.toString();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
