package dev.naru.payment;

import dev.naru.connector.Approval;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.payment.flow.Cancellations;
import dev.naru.payment.resolve.VbankExpiry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a payment that somebody pays in later: into a virtual account, or at a till.
 * Pure, as {@link Payment} is.
 *
 * <p>An account may take any number of deposits. Then the payment's amount is what has come in, the
 * first deposit makes it paid, and a cancel gives back a part of one deposit.
 */
public record Intake(Payment payment) {

  /**
   * What an account is to be changed to.
   *
   * @param due until when
   */
  public record Wish(Money amount, Instant due) {}

  public boolean isUnlimited() {
    return payment.purchase().wishes().account().unlimited();
  }

  /**
   * When an account is to be looked at. One that takes any number of deposits never is: whether it
   * will take another cannot be seen in any book.
   */
  @Nullable Instant over(Approval.Account account) {
    return isUnlimited() ? null : VbankExpiry.lookAt(account);
  }

  // The one deposit

  /** Whether a deposit of this amount is the one that is waited for. */
  public boolean takes(Money amount) {
    return amount.equals(payment.charged())
        || changing().filter(wish -> wish.amount().equals(amount)).isPresent();
  }

  /**
   * @param amount what came in, null if not told
   */
  public Change deposited(@Nullable Money amount, Instant at, @Nullable String tid, Instant now) {
    if (!(payment.state() instanceof Payment.State.Waiting(Approval issued)) || isUnlimited()) {
      return Change.none(payment);
    }
    Payment known = amount == null ? payment : settledBy(amount);
    Attempt approved = unchanging(known).decided(Attempt.State.APPROVED, issued.ref(), null, now);
    Map<String, String> data = tid == null ? Map.of() : Map.of("tid", tid);
    return Change.of(
        known.with(approved).as(new Payment.State.Paid(issued, at)),
        known.bill().sold(Event.of(Event.Kind.DEPOSITED, true, data)));
  }

  /** The account whose time was over here before any money came in. */
  public Optional<Approval.Account> expired() {
    return payment.state() instanceof Payment.State.Failed(Decline why, var failedAt)
            && why.reason() == Reason.EXPIRED
            && !isUnlimited()
        ? Optional.ofNullable(payment.attempt().noted().expired())
        : Optional.empty();
  }

  /**
   * The bank took the deposit, and told of it after the account's time was over here.
   *
   * @param proved as the PG's books have it
   */
  public Change late(Approval proved, Instant at, @Nullable String tid, Instant now) {
    Approval.Account account = expired().orElse(null);
    if (account == null) {
      return Change.none(payment);
    }
    Approval paid = proved.changed(proved.amount(), account);
    Attempt approved = payment.attempt().decided(Attempt.State.APPROVED, proved.ref(), null, now);
    Map<String, String> data = tid == null ? Map.of() : Map.of("tid", tid);
    return Change.of(
        payment.with(approved).as(new Payment.State.Paid(paid, at)),
        payment.bill().sold(Event.of(Event.Kind.DEPOSITED, true, data)));
  }

  /** A deposit of the changed amount proves that the account was changed. */
  private Payment settledBy(Money amount) {
    return amount.equals(payment.charged()) || !takes(amount)
        ? payment
        : payment.priced(amount, List.of());
  }

  /** Paid, although its order was paid otherwise meanwhile: the money goes back. */
  public Change outpaid(Instant now) {
    return payment.state() instanceof Payment.State.Waiting(Approval issued)
        ? payment.reverse(Decline.of(Reason.DUPLICATE_ORDER, Refusal.PAID_OTHERWISE), issued, now)
        : Change.none(payment);
  }

  /** The bank took the deposit back: V1's paid goes back to ready. */
  public Change reversed(Instant now) {
    boolean reversible =
        payment.state() instanceof Payment.State.Paid(Approval approval, Instant at)
            && approval.account() != null
            && payment.canceled().isZero()
            && payment.canceling().isZero()
            && !isUnlimited();
    if (!reversible) {
      return Change.none(payment);
    }
    Approval issued = payment.approval().orElseThrow();
    Attempt waiting =
        payment.attempt().waiting(issued.ref(), now, VbankExpiry.lookAt(issued.account()));
    return Change.of(
        payment.with(waiting).as(new Payment.State.Waiting(issued)),
        payment.bill().undone(Event.of(Event.Kind.DEPOSIT_REVERSED, true, Map.of())));
  }

  /** The account was closed before anybody paid, by the shop or by the end of its time. */
  public Change closed(Event.Kind kind, Decline why, Instant now) {
    if (!(payment.state() instanceof Payment.State.Waiting)) {
      return Change.none(payment);
    }
    Approval.Account account =
        payment.approval().map(Approval::account).filter(one -> !one.isBarcode()).orElse(null);
    Attempt declined =
        unchanging(payment)
            .noting(noted -> noted.expired(account))
            .decided(Attempt.State.DECLINED, null, why.text(), now);
    return Change.of(
        payment.with(declined).as(new Payment.State.Failed(why, now)), Event.quiet(kind));
  }

  // Any number of deposits

  /** One more has come in; one that is known is not counted again. */
  public Change received(Deposit deposit, Instant now) {
    boolean known = payment.received().stream().anyMatch(one -> one.tid().equals(deposit.tid()));
    Approval issued = payment.approval().orElse(null);
    if (known || issued == null || !isUnlimited()) {
      return Change.none(payment);
    }
    List<Deposit> all = new ArrayList<>(payment.received());
    all.add(deposit.numbered(all.size() + 1));
    Payment after = payment.priced(payment.amount().plus(deposit.amount()), all);
    if (payment.state() instanceof Payment.State.Waiting) {
      Attempt approved =
          unchanging(payment).decided(Attempt.State.APPROVED, issued.ref(), null, now);
      after = after.with(approved).as(new Payment.State.Paid(issued, deposit.at()));
    }
    return Change.of(
        after,
        payment
            .bill()
            .received(
                Event.of(Event.Kind.DEPOSITED, true, Map.of("tid", deposit.tid())),
                deposit.amount()));
  }

  /** The deposit that a cancel gives back: each takes from the oldest that has enough left. */
  public Optional<Deposit> given(Cancellation cancel) {
    return giving(cancel.no(), cancel.amount());
  }

  /**
   * The deposit that a new cancel of this amount would give back; empty if none has enough left.
   */
  public Optional<Deposit> giving(Money amount) {
    return giving(payment.cancellations().size() + 1, amount);
  }

  /**
   * Nothing is kept of it, since it is always the same one: deposits are only added behind, and
   * when a cancel begins all before it have ended.
   */
  private Optional<Deposit> giving(int no, Money amount) {
    Map<Integer, Money> left = left(no);
    return payment.received().stream()
        .filter(one -> !amount.exceeds(left.getOrDefault(one.no(), one.amount())))
        .findFirst();
  }

  /** What the cancels before this one have left of a deposit. */
  private Money left(Deposit deposit, int no) {
    return left(no).getOrDefault(deposit.no(), deposit.amount());
  }

  /** Of each deposit that cancels before this one have taken from. */
  private Map<Integer, Money> left(int no) {
    Map<Integer, Money> left = new HashMap<>();
    for (Cancellation cancel : payment.cancellations()) {
      if (cancel.no() < no && cancel.state() != Cancellation.State.REFUSED) {
        payment.received().stream()
            .filter(one -> !cancel.amount().exceeds(left.getOrDefault(one.no(), one.amount())))
            .findFirst()
            .ifPresent(
                one ->
                    left.put(
                        one.no(),
                        left.getOrDefault(one.no(), one.amount()).minus(cancel.amount())));
      }
    }
    return left;
  }

  /** What the PG has of a deposit, or of the payment, before a new cancel of this amount. */
  public Money before(Money amount) {
    return giving(amount)
        .map(deposit -> left(deposit, payment.cancellations().size() + 1))
        .orElseGet(() -> payment.bill().paid());
  }

  /** What the PG knows by which money came in that a cancel gives back. */
  public PgRef ref(Cancellation cancel) {
    return given(cancel)
        .map(deposit -> new PgRef(deposit.tid()))
        .orElseGet(() -> Cancellations.ref(payment.attempt()));
  }

  /** Which cancel it is of what it gives back, counting from 1 those that were done. */
  public int turn(Cancellation cancel) {
    Optional<Deposit> deposit = given(cancel);
    return 1
        + (int)
            payment.cancellations().stream()
                .filter(one -> one.isDone() && one.no() != cancel.no())
                .filter(one -> given(one).equals(deposit))
                .count();
  }

  // Changing an account

  /** What the account is being changed to, as far as anybody knows. */
  public Optional<Wish> changing() {
    Noted.Changing change = payment.attempt().noted().change();
    return change == null || !(payment.state() instanceof Payment.State.Waiting)
        ? Optional.empty()
        : Optional.of(
            new Wish(new Money(change.amount(), payment.amount().currency()), change.due()));
  }

  /** The PG is about to be asked; whoever dies before it answers leaves it to the resolver. */
  public Change change(Wish wish, Instant leaseEnds) {
    if (!(payment.state() instanceof Payment.State.Waiting) || changing().isPresent()) {
      return Change.none(payment);
    }
    Noted.Changing change =
        new Noted.Changing(wish.amount().minor(), wish.due().truncatedTo(ChronoUnit.SECONDS));
    return Change.of(
        payment.with(payment.attempt().noting(noted -> noted.changing(change)).dueAt(leaseEnds)),
        Event.quiet(Event.Kind.VBANK_CHANGE_CALLED));
  }

  /**
   * The PG has changed the account.
   *
   * @param now as the PG says it is; what it does not say is as was wished
   */
  public Change changed(Approval now) {
    Wish wish = changing().orElse(null);
    Approval issued = payment.approval().orElse(null);
    if (wish == null || issued == null || issued.account() == null) {
      return Change.none(payment);
    }
    Money amount = isUnlimited() ? payment.amount() : now.amount();
    Instant due = now.account() == null ? wish.due() : now.account().due();
    Approval.Account account = issued.account().until(due);
    Attempt attempt = unchanging(payment).keeping(now.memo()).dueAt(over(account));
    Payment after = payment.priced(amount, payment.received()).with(attempt);
    return Change.of(
        after.as(new Payment.State.Waiting(issued.changed(now.amount(), account))),
        Event.quiet(Event.Kind.VBANK_CHANGED));
  }

  /** The account is as it was. */
  public Change unchanged(String why) {
    Approval issued = payment.approval().orElse(null);
    if (changing().isEmpty() || issued == null || issued.account() == null) {
      return Change.none(payment);
    }
    return Change.of(
        payment.with(unchanging(payment).dueAt(over(issued.account()))),
        Event.of(Event.Kind.VBANK_CHANGE_REFUSED, false, Map.of("why", why)));
  }

  private static Attempt unchanging(Payment of) {
    return of.attempt().noting(noted -> noted.changing(null));
  }

  /** The order as its PG knows it if this is what is to be paid in. */
  public Order order(Money amount) {
    return payment.priced(amount, payment.received()).order(payment.attempt());
  }
}
