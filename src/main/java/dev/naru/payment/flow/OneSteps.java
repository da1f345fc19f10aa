package dev.naru.payment.flow;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Noted;
import dev.naru.payment.Opening;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.resolve.Looks;
import dev.naru.payment.resolve.Resolver;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Payments whose window charges by itself. What the browser says is a reason to look, no more: a
 * charge counts when the PG's books, its word when it is asked, or what it signed tell of it. Only
 * then can the shop be asked, and the order be taken; a charge that must not be is given back at
 * once, in full, and the payment has failed. All of it stands in the attempt before anything is
 * called, so that whoever dies in between leaves it to {@link Resolver}.
 */
@Component
public class OneSteps {

  private static final Logger LOG = LoggerFactory.getLogger(OneSteps.class);

  private final PaymentStore store;
  private final Payments payments;
  private final Confirm confirm;
  private final Waiter waiter;
  private final Looks looks;
  private final HubClock clock;

  OneSteps(
      PaymentStore store,
      Payments payments,
      Confirm confirm,
      Waiter waiter,
      Looks looks,
      HubClock clock) {
    this.store = store;
    this.payments = payments;
    this.confirm = confirm;
    this.waiter = waiter;
    this.looks = looks;
    this.clock = clock;
  }

  public static boolean isOne(Payment payment) {
    return payment.attempt().verb() == Attempt.Verb.ONE_STEP
        || payment.attempt().noted().byWindow();
  }

  /** Of a charge that somebody told of nobody knows whether it is so, and there are no books. */
  public static boolean isUntold(Payment payment, Channel channel) {
    return isOne(payment)
        && payment.attempt().state() == Attempt.State.UNKNOWN
        && !channel.has(Lookup.class);
  }

  /** Whether the PG has what is not to be: a charge, or an account that its window opened. */
  public static boolean isUnwanted(Payment payment, PgRecord entry) {
    return entry.state() == PgRecord.State.PAID
        || (isOne(payment) && entry.state() == PgRecord.State.WAITING);
  }

  /** The window is done with; as the browser has it, nothing was charged. */
  Payment ended(Payment payment, Channel channel, Decline otherwise) {
    return ended(payment, channel, Map.of(), otherwise);
  }

  /** The window is done with, and the browser says that the buyer has paid. */
  Payment ended(Payment payment, Channel channel, Map<String, String> claim) {
    return ended(payment, channel, claim, null);
  }

  private Payment ended(
      Payment payment, Channel channel, Map<String, String> claim, @Nullable Decline otherwise) {
    if (payment.attempt().state() != Attempt.State.OPEN) {
      return told(payment);
    }
    Outcome<Optional<PgRecord>> books =
        Looks.canAsk(channel)
            ? looks.find(payment, payment.attempt().claiming(claim), channel)
            : new Outcome.Unknown<>("the PG has no books");
    Optional<Approval> charged = charged(books);
    if (charged.isPresent()) {
      return told(take(payment, charged.get()));
    }
    Decline why = otherwise != null ? otherwise : undone(books).orElse(null);
    return why == null ? told(unsure(payment, claim)) : abandon(payment, why);
  }

  /** The buyer is told the end, and of a charge that is given back not before it is. */
  private Payment told(Payment payment) {
    return waiter.await(
        payment,
        current -> !current.isUndecided() && current.attempt().state() != Attempt.State.REVERSING);
  }

  /** What the PG's books have of a charge that stands, or of an account that waits. */
  public static Optional<Approval> charged(Outcome<Optional<PgRecord>> books) {
    return books instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry)
        ? entry
            .filter(
                one ->
                    switch (one.state()) {
                      case PAID, WAITING -> true;
                      case CANCELED -> !one.balance().isZero();
                      case RUNNING, STANDING, DEAD -> false;
                    })
            .flatMap(PgRecord::approval)
        : Optional.empty();
  }

  private static Optional<Decline> undone(Outcome<Optional<PgRecord>> books) {
    return books instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry)
        ? entry
            .filter(one -> one.state() == PgRecord.State.DEAD || isCanceled(one))
            .map(one -> Decline.of(Reason.NOT_CHARGED, Refusal.NOT_CHARGED_OR_CANCELED))
        : Optional.empty();
  }

  private static boolean isCanceled(PgRecord one) {
    return one.state() == PgRecord.State.CANCELED && one.balance().isZero();
  }

  /** What the return itself proves: the PG signed it. */
  Payment ended(Payment payment, Approval approval) {
    return told(take(payment, approval));
  }

  /** The browser or a notice says paid, the PG does not say so yet, or cannot be asked. */
  public Payment unsure(Payment payment, Map<String, String> claim) {
    Outcome<Approval> unknown = new Outcome.Unknown<>("told of, and not confirmed");
    try {
      return store.update(
          payment,
          current -> {
            if (current.attempt().state() != Attempt.State.OPEN) {
              return Change.none(current);
            }
            Change calling = calling(current, claim);
            return calling.and(calling.after().settle(unknown, clock.instant()));
          });
    } catch (PaymentStore.OrderTaken taken) {
      return abandon(payment, duplicate());
    } catch (PaymentStore.BudgetGone gone) {
      return abandon(payment, late());
    }
  }

  /** An attempt that is abandoned is looked at once more, when the window is certainly over. */
  private Payment abandon(Payment payment, Decline why) {
    return store.update(payment, current -> current.abandon(why, clock.instant()));
  }

  /**
   * The PG has charged, as its books or a signed notice say. May be called again and again.
   *
   * @return what became of it: paid, waiting or failed; still running, if another thread is at it
   */
  public Payment take(Payment payment, Approval approval) {
    if (!approval.amount().equals(payment.charged())) {
      return giveBack(
          payment, Decline.of(Reason.AMOUNT_MISMATCH, Refusal.OTHER_AMOUNT_CHARGED), approval);
    }
    boolean[] ours = {false};
    Outcome<Approval> late = new Outcome.Ok<>(approval);
    try {
      Payment calling =
          store.update(
              payment,
              current -> {
                Attempt attempt = current.attempt();
                ours[0] = attempt.state() == Attempt.State.OPEN;
                return ours[0]
                    ? calling(current, approval.memo())
                    : current.isUndecided() || isGivenBack(attempt, approval)
                        ? Change.none(current)
                        : current.settle(late, clock.instant());
              });
      boolean unsure = calling.attempt().state() == Attempt.State.UNKNOWN;
      return ours[0] || unsure ? conclude(calling, approval) : calling;
    } catch (PaymentStore.OrderTaken taken) {
      return giveBack(payment, duplicate(), approval);
    } catch (PaymentStore.BudgetGone gone) {
      return giveBack(payment, late(), approval);
    }
  }

  private Change calling(Payment current, Map<String, String> memo) {
    return current
        .with(current.attempt().noting(Noted::chargedByWindow))
        .calling(memo, clock.instant(), payments.leaseEnd());
  }

  /** A notice that is repeated tells nothing new about what was given back. */
  static boolean isGivenBack(Attempt attempt, Approval approval) {
    return attempt.state() == Attempt.State.REVERSED && approval.ref().equals(attempt.ref());
  }

  /** The order is taken: the shop is asked, late as it is, and the payment gets its end. */
  public Payment conclude(Payment calling, Approval approval) {
    Optional<Decline> veto = confirm.ask(calling);
    return veto.isPresent()
        ? giveBack(calling, veto.get(), approval)
        : store.update(
            calling, current -> current.settle(new Outcome.Ok<>(approval), clock.instant()));
  }

  /** The payment has failed, and the resolver is to cancel the charge: both in one commit. */
  private Payment giveBack(Payment payment, Decline why, Approval approval) {
    LOG.warn("{} was charged and is given back: {}", payment.impUid(), why.reason());
    return store.update(
        payment,
        current ->
            current.attempt().state() == Attempt.State.OPEN || current.isUndecided()
                ? current.reverse(why, approval, clock.instant())
                : Change.none(current));
  }

  /**
   * A window has been open for as long as windows live, and nobody came back. One that cannot
   * charge by itself, or whose PG tells nothing, has only its part of a budget to give back.
   */
  public void over(Payment payment, Attempt attempt, Channel channel) {
    if (!attempt.mayCharge() || !Looks.canAsk(channel)) {
      store.update(payment, Payment::released);
      return;
    }
    Outcome<Optional<PgRecord>> books = looks.find(payment, attempt, channel);
    Optional<Approval> charged = charged(books);
    if (charged.isPresent()) {
      Payment after = take(payment, charged.get());
      LOG.info("{} was paid without the browser coming back: {}", after.impUid(), after.state());
    } else if (!(books instanceof Outcome.Ok<Optional<PgRecord>>)) {
      Instant next = looks.next(attempt.tries());
      store.update(payment, current -> lookedAtOpen(current, false, next));
    } else if (!Looks.isBelieved(attempt.absent())) {
      Instant next = clock.instant().plus(Opening.HOLD);
      store.update(payment, current -> lookedAtOpen(current, true, next));
    } else {
      store.update(
          payment,
          current ->
              current.purchase().benefit() == null
                  ? lookedAtOpen(current, true, null)
                  : current.released());
    }
  }

  private static Change lookedAtOpen(Payment payment, boolean absent, @Nullable Instant next) {
    return payment.attempt().state() == Attempt.State.OPEN
        ? payment.looked(absent, next)
        : Change.none(payment);
  }

  private static Decline duplicate() {
    return Decline.of(Reason.DUPLICATE_ORDER, Refusal.ORDER_RUNS);
  }

  private static Decline late() {
    return Decline.of(Reason.EXPIRED, Refusal.PROMOTION_OVER);
  }
}
