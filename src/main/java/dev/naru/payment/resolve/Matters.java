package dev.naru.payment.resolve;

import dev.naru.attention.Attention;
import dev.naru.attention.Matter;
import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.work.DueWork;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import dev.naru.merchant.Channels;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.store.PaymentStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Closes matters about payments when they are settled, however that came about: whoever settles a
 * payment need not know of them. And looks again at what a person asks for.
 */
@Component
public class Matters implements SmartLifecycle, Pulse {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * Work that failed and has not been seen to fail for so long is done, here or on another node.
   */
  private static final Duration FORGOTTEN = Duration.ofMinutes(15);

  private static final int PAGE = 500;

  private final Attention attention;
  private final PaymentStore store;
  private final Channels channels;
  private final OutsideRefunds outside;
  private final HubClock clock;
  private final WorkLoop loop = new WorkLoop("matters", 1, this::round);
  private long last = System.nanoTime() - PAUSE.toNanos();

  Matters(
      Attention attention,
      PaymentStore store,
      Channels channels,
      OutsideRefunds outside,
      HubClock clock) {
    this.attention = attention;
    this.store = store;
    this.channels = channels;
    this.outside = outside;
    this.clock = clock;
  }

  /**
   * Has the PG asked again, at once, about whatever of a payment is not settled.
   *
   * @throws Failed not found if there is no such payment
   */
  public void lookAgain(long merchantId, String impUid) {
    Payment payment =
        ImpUid.parse(impUid)
            .flatMap(uid -> store.find(merchantId, uid))
            .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_PAYMENT));
    Cancellation running = payment.cancelRunning().orElse(null);
    if (running != null) {
      store.update(payment, p -> p.cancelLooked(running.no(), false, clock.instant()));
    } else if (payment.attempt().state() == Attempt.State.APPROVED) {
      var _ = outside.look(payment, channels.get(merchantId, payment.via().channelKey()));
    } else {
      store.update(payment, p -> p.looked(false, clock.instant()));
    }
  }

  private void round() {
    if (System.nanoTime() - last < PAUSE.toNanos()) {
      return;
    }
    last = System.nanoTime();
    Place place = Place.START;
    List<Matter> page;
    do {
      page = attention.open(place, PAGE);
      page.stream()
          .filter(this::isSettled)
          .forEach(one -> attention.settled(one.merchantId(), one.what(), one.about()));
      place = page.isEmpty() ? place : new Place(page.getLast().since(), page.getLast().id());
    } while (page.size() == PAGE);
  }

  private boolean isSettled(Matter matter) {
    if (matter.what() == What.JOB_FAILS) {
      return clock.instant().isAfter(matter.seenAt().plus(FORGOTTEN));
    }
    return ImpUid.parse(matter.about())
        .flatMap(impUid -> store.find(matter.merchantId(), impUid))
        .filter(payment -> isSettled(matter, payment))
        .isPresent();
  }

  private boolean isSettled(Matter matter, Payment payment) {
    return switch (matter.what()) {
      case OUTCOME_UNKNOWN, CHARGE_WITHOUT_REFERENCE -> !payment.isUndecided();
      // However it has ended: one that was refused is a matter of its own.
      case CANCEL_UNDECIDED -> payment.cancelRunning().isEmpty();
      case CANCEL_REFUSED, BALANCE_UNEXPLAINED -> isCanceled(payment) || isQuiet(matter, payment);
      case REVERSAL_REFUSED -> payment.attempt().state() != Attempt.State.REVERSING;
      case LOOKUP_FAILS -> payment.attempt().dueAt() == null && payment.cancelRunning().isEmpty();
      case TEST_CHARGE_STANDS -> isCanceled(payment);
      case PAID_OTHERWISE -> isCanceled(payment) || isAlone(payment);
      default -> false;
    };
  }

  private static boolean isCanceled(Payment payment) {
    return payment.canceled().equals(payment.amount());
  }

  /** The cancel it was about has ended, and was done. */
  private static boolean isQuiet(Matter matter, Payment payment) {
    return payment.cancelRunning().isEmpty()
        && payment.cancellations().stream()
            .anyMatch(
                cancel ->
                    cancel.isDone()
                        && cancel.doneAt() != null
                        && !cancel.doneAt().isBefore(matter.since().minus(PAUSE)));
  }

  /** The order's own payment was given back: this one is all that is paid. */
  private boolean isAlone(Payment payment) {
    return store
        .holderOf(payment.merchantId(), payment.purchase().merchantUid())
        .map(Matters::isCanceled)
        .orElse(true);
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
