package dev.naru.payment.notice;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.connector.Approval;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Deposit;
import dev.naru.payment.Noted;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Money that comes in later: into a virtual account, or at a till. Accounts and barcodes may share
 * a merchant_uid, and whoever pays first has paid the order; money that comes in on another is
 * there all the same, and is not kept secret.
 */
@Component
public class Receiving {

  private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);

  private final PaymentStore store;
  private final HubClock clock;
  private final Attention attention;

  Receiving(PaymentStore store, HubClock clock, Attention attention) {
    this.attention = attention;
    this.store = store;
    this.clock = clock;
  }

  /**
   * The one payment that is waited for has come. If its order was paid otherwise, one at a till
   * goes back by itself; one on an account is a paid payment beside the order's, because only the
   * shop can learn which account to give it back to.
   *
   * @param amount what came in, null if not told
   * @throws PaymentStore.OrderTaken if another payment of the order runs: it may yet fail, and then
   *     the order is this one's
   */
  public void paid(Payment payment, @Nullable Money amount, Instant at, @Nullable String tid) {
    try {
      store.update(
          payment, current -> current.intake().deposited(amount, at, tid, clock.instant()));
    } catch (PaymentStore.OrderTaken taken) {
      if (payment.attempt().verb() == Attempt.Verb.CVS) {
        LOG.warn("{} was paid at a till after its order was: it is given back", payment.impUid());
        store.update(payment, current -> current.intake().outpaid(clock.instant()));
      } else {
        requirePaidOtherwise(payment, taken);
        store.update(
            payment,
            current -> beside(current.intake().deposited(amount, at, tid, clock.instant())));
      }
    }
  }

  /**
   * The deposit into an account whose time was over here. V1 leaves such an account waiting, so the
   * money counts whenever it is told of.
   *
   * @param proved as the PG's books have it
   * @throws PaymentStore.OrderTaken as {@link #paid}
   */
  public void late(Payment payment, Approval proved, Instant at, @Nullable String tid) {
    try {
      store.update(payment, current -> current.intake().late(proved, at, tid, clock.instant()));
    } catch (PaymentStore.OrderTaken taken) {
      requirePaidOtherwise(payment, taken);
      store.update(
          payment, current -> beside(current.intake().late(proved, at, tid, clock.instant())));
    }
  }

  /**
   * One of any number of deposits has come.
   *
   * @throws PaymentStore.OrderTaken as {@link #paid}
   */
  void received(Payment payment, Deposit deposit) {
    try {
      store.update(payment, current -> current.intake().received(deposit, clock.instant()));
    } catch (PaymentStore.OrderTaken taken) {
      requirePaidOtherwise(payment, taken);
      store.update(payment, current -> beside(current.intake().received(deposit, clock.instant())));
    }
  }

  /** The payment is paid as well, and the order stays the other's. */
  private static Change beside(Change arrived) {
    Payment after = arrived.after();
    return arrived.events().isEmpty()
        ? arrived
        : new Change(after.with(after.attempt().noting(Noted::besideAnother)), arrived.events());
  }

  private void requirePaidOtherwise(Payment payment, PaymentStore.OrderTaken taken) {
    boolean paid =
        store
            .holderOf(payment.merchantId(), payment.purchase().merchantUid())
            .filter(holder -> holder.state() instanceof Payment.State.Paid)
            .isPresent();
    if (!paid) {
      throw taken;
    }
    LOG.error(
        "{} was paid into its account although its order was paid otherwise: it counts beside it,"
            + " and the shop should give one of them back",
        payment.impUid());
    attention.raise(
        payment.merchantId(),
        What.PAID_OTHERWISE,
        payment.impUid().value(),
        "merchant_uid " + payment.purchase().merchantUid());
  }
}
