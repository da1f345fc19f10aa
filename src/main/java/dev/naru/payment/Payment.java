package dev.naru.payment;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.Order;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.payment.resolve.Looks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A payment: one attempt or several of a shop to be paid, and all that became of it. Immutable;
 * each transition is a pure method that gives the payment after it and what happened.
 *
 * @param version counts the writes; a write based on an old version is refused
 * @param received what came in on an account that takes any number of deposits
 */
public record Payment(
    long merchantId,
    ImpUid impUid,
    int version,
    Purchase purchase,
    Via via,
    State state,
    List<Attempt> attempts,
    List<Cancellation> cancellations,
    List<Deposit> received,
    Instant startedAt) {

  /** The channel it goes through, as it was when the payment was made. */
  public record Via(String channelKey, String provider, String mid, boolean sandbox) {}

  /** Where the money is. V1's four statuses are derived from it in {@code api}. */
  public sealed interface State {

    /** No money yet: a window is open, or a call is under way. */
    record Ready() implements State {}

    /** A virtual account waits for its deposit, or a barcode for somebody to pay it. */
    record Waiting(Approval issued) implements State {}

    record Paid(Approval approval, Instant at) implements State {}

    record Failed(Decline decline, Instant at) implements State {}
  }

  public Payment {
    attempts = List.copyOf(attempts);
    cancellations = List.copyOf(cancellations);
    received = List.copyOf(received);
  }

  // What is asked of it

  /** The attempt that counts: the last one. */
  public Attempt attempt() {
    return attempts.getLast();
  }

  /** The sum of the cancels that are done. */
  public Money canceled() {
    return sum(Cancellation::amount, cancel -> cancel.state() == Cancellation.State.DONE);
  }

  /** The sum of the cancels that are under way. */
  public Money canceling() {
    return sum(Cancellation::amount, cancel -> cancel.state().isRunning());
  }

  /** What can still be cancelled; zero unless paid. */
  public Money cancelable() {
    return state instanceof State.Paid && !isKeyOnly()
        ? amount().minus(canceled()).minus(canceling())
        : Money.zero(amount().currency());
  }

  /** What was ordered, and what cancels count in. */
  public Money amount() {
    return purchase.amount();
  }

  /** What the PG is asked for: the order less its discount. */
  public Money charged() {
    return bill().charged();
  }

  public Bill bill() {
    return new Bill(this);
  }

  public Intake intake() {
    return new Intake(this);
  }

  /** Only a billing key was issued: the amount was shown to the buyer, never charged. */
  public boolean isKeyOnly() {
    return purchase.usage() == Purchase.Usage.ISSUE;
  }

  /**
   * No other payment may take its merchant_uid: it runs, or money came once, and not beside that of
   * another payment.
   */
  public boolean holdsOrder() {
    return switch (state) {
      case State.Ready ready -> attempt().state().isUndecided();
      case State.Waiting _, State.Failed _ -> false;
      case State.Paid paid -> !attempt().noted().beside();
    };
  }

  public Optional<Approval> approval() {
    return switch (state) {
      case State.Paid(Approval approval, Instant at) -> Optional.of(approval);
      case State.Waiting(Approval issued) -> Optional.of(issued);
      case State.Ready _, State.Failed _ -> Optional.empty();
    };
  }

  public Optional<Cancellation> cancelRunning() {
    return cancellations.stream().filter(c -> c.state().isRunning()).findFirst();
  }

  /** The attempt as its PG is told of it. */
  public Order order(Attempt attempt) {
    return bill().order(attempt);
  }

  /** Whether its end must still be found out by the resolver, or by the caller who waits. */
  public boolean isUndecided() {
    return attempt().state().isUndecided();
  }

  // Transitions of the attempt

  /** The buyer is back from the window and the charge is about to be made. */
  public Change calling(Map<String, String> intent, Instant now, Instant leaseEnds) {
    return Change.of(
        with(attempt().calling(intent, now, leaseEnds)), Event.quiet(Event.Kind.AUTHENTICATED));
  }

  /** What a call, or the resolver, found out about the attempt. */
  public Change settle(Outcome<Approval> outcome, Instant now) {
    Attempt attempt = attempt();
    if (attempt.state() == Attempt.State.DECLINED || attempt.state() == Attempt.State.REVERSED) {
      return settleLate(outcome, now);
    }
    if (!attempt.state().isUndecided()) {
      return Change.none(this);
    }
    boolean awaited = attempt.state() != Attempt.State.CALLING;
    return switch (outcome) {
      case Outcome.Ok<Approval>(Approval approval) -> approve(approval, now);
      case Outcome.Declined<Approval>(Decline decline) -> decline(decline, awaited, now);
      case Outcome.Unknown<Approval>(String why) ->
          Change.of(
              with(attempt.undecided(Attempt.State.UNKNOWN, null, why, now)),
              Event.of(Event.Kind.UNKNOWN, false, Map.of("why", why)));
      case Outcome.Pending<Approval>(var ref, Instant until) ->
          Change.of(
              with(attempt.undecided(Attempt.State.PENDING, ref, "pending", until)),
              Event.quiet(Event.Kind.PENDING));
    };
  }

  /**
   * The same payment with its attempt marked as awaited: a caller may have been told "not known
   * yet", so a webhook follows whatever the end is. After a crash, nobody was told anything at all.
   */
  public Payment awaited() {
    Attempt attempt = attempt();
    return attempt.state() == Attempt.State.CALLING
        ? with(attempt.undecided(Attempt.State.UNKNOWN, null, "no answer", attempt.dueAt()))
        : this;
  }

  private Change approve(Approval approval, Instant now) {
    if (!approval.amount().equals(charged())) {
      return reverse(
          Decline.of(Reason.AMOUNT_MISMATCH, Refusal.OTHER_AMOUNT_APPROVED), approval, now);
    }
    Approval.Account account = approval.account();
    if (account != null) {
      Instant over = intake().over(account);
      Attempt waiting = attempt().keeping(approval.memo()).waiting(approval.ref(), now, over);
      boolean awaited = attempt().state() != Attempt.State.CALLING;
      return Change.of(
          with(waiting).as(new State.Waiting(approval)),
          Event.opened(account, awaited, approval.ref().tid()));
    }
    Attempt approved =
        attempt()
            .keeping(approval.memo())
            .decided(Attempt.State.APPROVED, approval.ref(), null, now);
    return Change.of(
        with(approved).as(new State.Paid(approval, approval.at())),
        bill().sold(Event.of(Event.Kind.APPROVED, true, Map.of("tid", approval.ref().tid()))));
  }

  /** A billing key came out of the window: V1 calls that paid, although no money moved. */
  public Change keyIssued(Approval shown, Instant now) {
    Attempt approved = attempt().decided(Attempt.State.APPROVED, shown.ref(), null, now);
    return Change.of(
        with(approved).as(new State.Paid(shown, now)),
        Event.of(Event.Kind.KEY_ISSUED, true, Map.of()));
  }

  private Change decline(Decline decline, boolean awaited, Instant now) {
    Attempt declined = attempt().decided(Attempt.State.DECLINED, null, decline.message(), now);
    if (decline.reason().isDoubtful() && isUndecided()) {
      declined = declined.dueAt(Looks.later(now, now).orElseThrow());
    }
    return Change.of(
        with(declined).as(new State.Failed(decline, now)),
        Event.of(Event.Kind.DECLINED, awaited, Map.of("why", decline.message())));
  }

  /**
   * A channel was refused, not the card: the charge is tried by another one, with an attempt of its
   * own. Only for a call whose answer is at hand, since only that proves that nothing was charged.
   */
  public Change failover(
      Decline decline, Via next, String orderId, Instant now, Instant leaseEnds) {
    Attempt refused = attempt();
    if (refused.state() != Attempt.State.CALLING) {
      return Change.none(this);
    }
    List<Attempt> all = new ArrayList<>(attempts);
    all.set(
        refused.no() - 1, refused.decided(Attempt.State.DECLINED, null, decline.message(), now));
    all.add(refused.next(orderId, now, leaseEnds));
    Payment after =
        new Payment(
            merchantId,
            impUid,
            version,
            purchase,
            next,
            state,
            all,
            cancellations,
            received,
            startedAt);
    Map<String, String> data =
        Map.of("from", via.channelKey(), "to", next.channelKey(), "why", decline.message());
    return Change.of(after, Event.of(Event.Kind.FAILED_OVER, false, data));
  }

  /** The buyer gave up, the shop vetoed, or the window's result was not to be trusted. */
  public Change abandon(Decline decline, Instant now) {
    return attempt().state() == Attempt.State.OPEN
        ? decline(decline, false, now)
        : Change.none(this);
  }

  /** Its window was open for too long to keep its part of a promotion's budget. */
  public Change released() {
    return attempt().state() == Attempt.State.OPEN && attempt().dueAt() != null
        ? Change.of(with(attempt().looked(false, null)), Event.quiet(Event.Kind.BUDGET_RELEASED))
        : Change.none(this);
  }

  /** Whatever was charged must be given back; the payment itself has failed. */
  public Change reverse(Decline decline, Approval approval, Instant now) {
    Attempt reversing =
        attempt()
            .keeping(approval.memo())
            .undecided(Attempt.State.REVERSING, approval.ref(), decline.message(), now);
    boolean open = state instanceof State.Ready || state instanceof State.Waiting;
    State after = open ? new State.Failed(decline, now) : state;
    return Change.of(
        with(reversing).as(after),
        Event.of(
            Event.Kind.LATE_APPROVAL,
            attempt().state() == Attempt.State.UNKNOWN,
            Map.of("tid", approval.ref().tid(), "why", decline.message())));
  }

  /** An approval that came in after the attempt had been settled as not charged. */
  private Change settleLate(Outcome<Approval> outcome, Instant now) {
    return outcome instanceof Outcome.Ok<Approval>(Approval approval)
        ? reverse(Decline.of(Reason.REVERSED, Refusal.LATE_APPROVAL), approval, now)
        : Change.none(this);
  }

  /** The unwanted charge is undone, or proved never to have been. */
  public Change reversed(Instant now) {
    return attempt().state() == Attempt.State.REVERSING
        ? Change.of(
            with(attempt().decided(Attempt.State.REVERSED, null, attempt().why(), now)),
            Event.quiet(Event.Kind.REVERSED))
        : Change.none(this);
  }

  /** The resolver looked at the attempt and learned nothing final. */
  public Change looked(boolean notFound, @Nullable Instant due) {
    boolean comesAgain = isUndecided() || Attempt.State.LOOKED_AT.contains(attempt().state());
    return due == null || comesAgain
        ? Change.of(with(attempt().looked(notFound, due)))
        : Change.none(this);
  }

  // Cancels

  /** Reserves a cancel: the caller has checked that the amount is there and none is running. */
  public Change cancelCalling(Cancellation calling) {
    return Change.of(with(calling), Event.quiet(Event.Kind.CANCEL_CALLED).about(calling.id()));
  }

  public Change settleCancel(int no, Outcome<Canceled> outcome, Instant now) {
    Cancellation cancel = cancellations.get(no - 1);
    if (!cancel.state().isRunning()) {
      return Change.none(this);
    }
    return switch (outcome) {
      case Outcome.Ok<Canceled>(var canceled) ->
          Change.of(with(cancel.done(canceled)), bill().refunded(cancel, canceled));
      case Outcome.Declined<Canceled>(Decline decline) ->
          Change.of(
              with(cancel.refused(decline.message())),
              Event.of(
                      Event.Kind.CANCEL_REFUSED,
                      cancel.state() != Cancellation.State.CALLING,
                      Map.of("why", decline.message()))
                  .about(cancel.id()));
      case Outcome.Unknown<Canceled>(String why) ->
          Change.of(
              with(cancel.undecided(Cancellation.State.UNKNOWN, why, now)),
              Event.of(Event.Kind.CANCEL_UNKNOWN, false, Map.of("why", why)).about(cancel.id()));
      case Outcome.Pending<Canceled>(var ref, Instant until) ->
          Change.of(
              with(cancel.undecided(Cancellation.State.PENDING, "pending", until)),
              Event.quiet(Event.Kind.CANCEL_UNKNOWN).about(cancel.id()));
    };
  }

  /** As {@link #awaited()}, for a cancel: a webhook follows its end whatever was asked for. */
  public Payment cancelAwaited(int no) {
    Cancellation cancel = cancellations.get(no - 1);
    return cancel.state() == Cancellation.State.CALLING
        ? with(cancel.undecided(Cancellation.State.UNKNOWN, "no answer", cancel.dueAt()))
        : this;
  }

  public Change cancelLooked(int no, boolean untouched, @Nullable Instant due) {
    Cancellation cancel = cancellations.get(no - 1);
    return cancel.state().isRunning()
        ? Change.of(with(cancel.looked(untouched, due)))
        : Change.none(this);
  }

  // Small builders

  public Payment written(int newVersion) {
    return new Payment(
        merchantId,
        impUid,
        newVersion,
        purchase,
        via,
        state,
        attempts,
        cancellations,
        received,
        startedAt);
  }

  public String receivable() {
    return "pg:" + via.channelKey();
  }

  Payment as(State newState) {
    return copy(newState, attempts, cancellations);
  }

  public Payment with(Attempt changed) {
    List<Attempt> all = attempts.stream().map(a -> a.no() == changed.no() ? changed : a).toList();
    return copy(state, all, cancellations);
  }

  public Payment with(Cancellation changed) {
    List<Cancellation> all = new ArrayList<>(cancellations);
    if (changed.no() > all.size()) {
      all.add(changed);
    } else {
      all.set(changed.no() - 1, changed);
    }
    return copy(state, attempts, all);
  }

  private Payment copy(State newState, List<Attempt> tries, List<Cancellation> cancels) {
    return new Payment(
        merchantId, impUid, version, purchase, via, newState, tries, cancels, received, startedAt);
  }

  /** With another amount, and what made it so. */
  Payment priced(Money amount, List<Deposit> deposits) {
    return new Payment(
        merchantId,
        impUid,
        version,
        purchase.priced(amount),
        via,
        state,
        attempts,
        cancellations,
        deposits,
        startedAt);
  }

  Money sum(Function<Cancellation, Money> part, Predicate<Cancellation> which) {
    return cancellations.stream()
        .filter(which)
        .map(part)
        .reduce(Money.zero(amount().currency()), Money::plus);
  }
}
