package dev.naru.payment.flow;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.VbankChanges;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.http.Lease;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Intake.Wish;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.notice.Receiving;
import dev.naru.payment.resolve.Looks;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Changes virtual accounts: what is wished stands in the payment's attempt before the PG is called,
 * so that whoever finds it there asks again until the PG has said what the account is like. Until
 * then nothing of the payment has changed, and a deposit of either amount is taken.
 */
@Component
public class VbankChanging {

  private final PaymentStore store;
  private final Payments payments;
  private final Waiter waiter;
  private final Looks looks;
  private final Receiving receiving;

  VbankChanging(
      PaymentStore store, Payments payments, Waiter waiter, Looks looks, Receiving receiving) {
    this.store = store;
    this.payments = payments;
    this.waiter = waiter;
    this.looks = looks;
    this.receiving = receiving;
  }

  /**
   * @return the payment, with its account changed
   * @throws Failed wrong state if another change is under way, or what came of this one is not
   *     known yet; refused by PG if the PG said no
   */
  Payment change(Payment payment, Channel channel, Wish wish) {
    AtomicBoolean ours = new AtomicBoolean();
    Lease lease = payments.lease();
    Payment reserved =
        store.update(
            payment,
            current -> {
              Change change = current.intake().change(wish, payments.leaseEnd());
              ours.set(!change.events().isEmpty());
              return change;
            });
    if (!reserved.intake().changing().equals(Optional.of(wish))) {
      throw Failed.wrongState(Refusal.CHANGE_RUNS);
    }
    // The same wish that another request has: what came of that is the answer to both.
    Outcome<Approval> outcome =
        ours.get()
            ? lease.ask(() -> ask(reserved, channel, wish))
            : new Outcome.Unknown<>("asked already");
    if (ours.get()) {
      write(reserved, outcome);
    }
    if (outcome instanceof Outcome.Declined<Approval>(Decline decline)) {
      throw new Failed(new Failure.RefusedByPg(decline.why()));
    }
    Payment after =
        waiter.await(
            store.get(payment.merchantId(), payment.impUid()),
            current -> current.intake().changing().isEmpty());
    if (after.intake().changing().isPresent()) {
      throw Failed.wrongState(Refusal.CHANGE_UNDECIDED);
    }
    if (!isAsWished(after, wish)) {
      throw Failed.refusedByPg(Refusal.CHANGE_REFUSED);
    }
    return after;
  }

  private static boolean isAsWished(Payment payment, Wish wish) {
    boolean due =
        payment
            .approval()
            .map(Approval::account)
            .filter(account -> account.due().getEpochSecond() == wish.due().getEpochSecond())
            .isPresent();
    return payment.charged().equals(wish.amount())
        && (due || payment.state() instanceof Payment.State.Paid);
  }

  /** Nobody knows what came of it: it is asked for again, which changes nothing twice. */
  public void look(Payment payment, Channel channel) {
    Wish wish = payment.intake().changing().orElseThrow();
    Outcome<Approval> outcome = ask(payment, channel, wish);
    if (!(outcome instanceof Outcome.Declined<Approval>(Decline decline))) {
      write(payment, outcome);
    } else if (decline.reason() == Decline.Reason.UNREACHABLE) {
      // That this request was not sent says nothing about the one before it.
      again(payment);
    } else {
      compare(payment, channel, wish, decline);
    }
  }

  /** A no to the repetition: the account was paid into or closed, or was never changed. */
  private void compare(Payment payment, Channel channel, Wish wish, Decline decline) {
    if (!channel.has(Lookup.class)) {
      store.update(payment, current -> current.intake().unchanged(decline.message()));
      return;
    }
    Attempt attempt = payment.attempt();
    Outcome<Optional<PgRecord>> found =
        channel
            .require(Lookup.class)
            .find(payment.intake().order(wish.amount()), attempt.ref(), attempt.intent());
    if (!(found instanceof Outcome.Ok<Optional<PgRecord>>(Optional<PgRecord> entry))) {
      again(payment);
      return;
    }
    Approval told = entry.flatMap(PgRecord::approval).orElse(null);
    PgRecord.State state = entry.map(PgRecord::state).orElse(PgRecord.State.DEAD);
    if (told != null && state == PgRecord.State.PAID && payment.intake().takes(told.amount())) {
      receiving.paid(payment, told.amount(), told.at(), told.ref().tid());
    } else if (told != null && state == PgRecord.State.WAITING && isChanged(payment, told)) {
      store.update(payment, current -> current.intake().changed(told));
    } else if (state == PgRecord.State.RUNNING) {
      again(payment);
    } else {
      store.update(payment, current -> current.intake().unchanged(decline.message()));
    }
  }

  /** Whether the PG's books show something else than ours do. */
  private static boolean isChanged(Payment payment, Approval told) {
    Approval.Account account = told.account();
    Approval.Account known = payment.approval().map(Approval::account).orElse(null);
    Money amount = payment.charged();
    return !told.amount().equals(amount)
        || (account != null && known != null && !account.due().equals(known.due()));
  }

  private static Outcome<Approval> ask(Payment payment, Channel channel, Wish wish) {
    Approval issued = payment.approval().orElseThrow();
    Approval.Account account = issued.account();
    if (account == null) {
      throw new IllegalStateException(payment.impUid() + " has no account");
    }
    return channel
        .require(VbankChanges.class)
        .change(
            payment.order(payment.attempt()),
            Cancellations.ref(payment.attempt()),
            account,
            wish.amount(),
            wish.due());
  }

  private void write(Payment payment, Outcome<Approval> outcome) {
    switch (outcome) {
      case Outcome.Ok<Approval>(Approval now) ->
          store.update(payment, current -> current.intake().changed(now));
      case Outcome.Declined<Approval>(Decline decline) ->
          store.update(payment, current -> current.intake().unchanged(decline.message()));
      case Outcome.Unknown<Approval>(String why) -> again(payment);
      case Outcome.Pending<Approval>(var ref, Instant until) -> again(payment);
    }
  }

  private void again(Payment payment) {
    Instant next = looks.next(payment.attempt().tries());
    store.update(
        payment,
        current ->
            current.intake().changing().isPresent()
                ? current.looked(false, next)
                : Change.none(current));
  }
}
