package dev.naru.payment.resolve;

import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Channel;
import dev.naru.payment.Bill;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.Word;
import dev.naru.payment.flow.Cancellations;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Money that somebody gave back at the PG itself, in its console: the PG's books show it and ours
 * do not, and a PG that cross-checks what is left refuses every cancel from then on. It becomes a
 * cancel of ours, announced as any other, and what comes after it is right again.
 */
@Component
public class OutsideRefunds {

  private static final String REASON = Wording.KOREAN.of(Word.CANCELED_OUTSIDE);

  private static final Logger LOG = LoggerFactory.getLogger(OutsideRefunds.class);

  private final PaymentStore store;
  private final Looks looks;
  private final HubClock clock;
  private final Ids ids;

  OutsideRefunds(PaymentStore store, Looks looks, HubClock clock, Ids ids) {
    this.store = store;
    this.looks = looks;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Reads the PG's books, and takes over what was given back there. While a cancel of ours runs
   * they prove nothing; and if the payment changed meanwhile, they are of another time.
   *
   * @return the payment as it is then
   */
  public Payment look(Payment payment, Channel channel) {
    boolean idle =
        payment.state() instanceof Payment.State.Paid
            && !payment.isKeyOnly()
            && payment.cancelRunning().isEmpty()
            && !payment.intake().isUnlimited();
    if (!idle || !channel.has(Lookup.class) || !tellsOf(payment, channel)) {
      return payment;
    }
    Money balance = Looks.balance(looks.find(payment, payment.attempt(), channel)).orElse(null);
    if (balance == null) {
      return payment;
    }
    if (!payment.bill().paid().exceeds(balance)) {
      return payment;
    }
    return store.update(
        payment,
        current ->
            current.version() == payment.version()
                ? taken(current, balance)
                : Change.none(current));
  }

  /** Books that know no balance say nothing of a payment of which parts were given back. */
  private static boolean tellsOf(Payment payment, Channel channel) {
    return payment.bill().paid().equals(payment.charged())
        || channel
            .connector()
            .as(Cancels.class)
            .filter(one -> one.cancelEnds().partial() == Ends.NONE)
            .isEmpty();
  }

  /** The same after a cancel that the PG refused, perhaps because it was given back there. */
  public Payment afterCancel(Payment settled, int no, Channel channel) {
    return settled.cancellations().get(no - 1).state() == Cancellation.State.REFUSED
        ? look(settled, channel)
        : settled;
  }

  /**
   * The same while a cancel of ours has no answer, whose end the PG's balance cannot tell by
   * itself. Is at least its money gone, then it counts as done, and the rest as given back there:
   * in sum that is what the PG says. Is less gone, then it was not done, and goes on with what is
   * left; unless that is not enough for it.
   *
   * @param balance what the PG keeps, neither what was there before the cancel nor what should be
   *     after it
   */
  void explain(Payment payment, Cancellation running, Money balance) {
    boolean explained =
        running.before().exceeds(balance)
            && payment.purchase().benefit() == null
            && !payment.intake().isUnlimited()
            && running.goods() == null;
    if (!explained) {
      LOG.error(
          "the PG's balance of {} is {}, which no cancel of ours explains",
          payment.impUid(),
          balance);
      looks.unexplained(
          payment,
          "PG balance "
              + balance.major().toPlainString()
              + ", expected "
              + running.left().major().toPlainString());
      store.update(payment, p -> p.cancelLooked(running.no(), false, looks.next(running.tries())));
      return;
    }
    store.update(
        payment,
        current ->
            current.version() == payment.version()
                ? beside(current, running, balance)
                : Change.none(current));
  }

  private Change beside(Payment payment, Cancellation running, Money balance) {
    Instant now = clock.instant();
    if (running.left().exceeds(balance)) {
      Outcome<Canceled> done =
          new Outcome.Ok<>(new Canceled(payment.intake().ref(running), now, null));
      Change settled = payment.cancelAwaited(running.no()).settleCancel(running.no(), done, now);
      return settled.and(taken(settled.after(), balance));
    }
    if (running.money().exceeds(balance)) {
      Outcome<Canceled> no =
          new Outcome.Declined<>(Decline.of(Reason.OVER_CANCEL, Refusal.OVER_CANCEL_AT_PG));
      Change refused = payment.cancelAwaited(running.no()).settleCancel(running.no(), no, now);
      return refused.and(taken(refused.after(), balance));
    }
    Change rest = Change.of(payment.with(running.rebased(balance, looks.next(0))));
    return rest.and(taken(rest.after(), running.before().minus(balance), balance));
  }

  /**
   * A charge of unknown outcome was undone at the PG, which is all that was to be done; unless the
   * PG told of the charge in that very moment, so that the shop believes itself paid.
   */
  void undone(Payment unknown) {
    Payment after =
        store.update(
            unknown,
            current ->
                isPaid(current, unknown) && current.cancelRunning().isEmpty()
                    ? taken(current, current.bill().paid().minus(current.bill().paid()))
                    : Change.none(current));
    if (isPaid(after, unknown) && after.cancelRunning().isPresent()) {
      looks.unexplained(after, "undone at the PG while it told of the charge");
    }
  }

  private static boolean isPaid(Payment payment, Payment unknown) {
    return payment.state() instanceof Payment.State.Paid
        && payment.attempt().orderId().equals(unknown.attempt().orderId())
        && !payment.canceled().equals(payment.amount());
  }

  private Change taken(Payment payment, Money balance) {
    return taken(payment, payment.bill().paid().minus(balance), balance);
  }

  private Change taken(Payment payment, Money gone, Money balance) {
    // Under a promotion only the whole tells which part of the order it is.
    boolean unclear = payment.purchase().benefit() != null && !balance.isZero();
    if (unclear || gone.isZero()) {
      if (unclear) {
        looks.unexplained(
            payment, "PG balance " + balance.major().toPlainString() + " of a discounted payment");
      }
      return Change.none(payment);
    }
    Money amount = payment.purchase().benefit() == null ? gone : payment.cancelable();
    Tax tax = Bill.share(payment.bill().tax(), payment.charged().minor(), gone.minor());
    Cancellation outside =
        Cancellation.outside(
            payment.cancellations().size() + 1,
            ids.opaque("cancellation"),
            new Cancellation.Outside(amount, gone, tax, gone.plus(balance), REASON),
            clock.instant());
    LOG.warn(
        "{} of {} was given back at the PG and not by us: it becomes cancel {}",
        gone,
        payment.impUid(),
        outside.id());
    Canceled canceled = new Canceled(Cancellations.ref(payment.attempt()), clock.instant(), null);
    return Change.of(
        payment.with(outside.done(canceled)), payment.bill().refunded(outside, canceled));
  }
}
