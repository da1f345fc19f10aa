package dev.naru.payment.flow;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.http.Lease;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Attempt;
import dev.naru.payment.Change;
import dev.naru.payment.Payment;
import dev.naru.payment.Refusal;
import dev.naru.payment.store.PaymentStore;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Payments through a PG's window. What the browser brings back proves nothing: it is verified, the
 * shop is asked if it wants to be, and then the charge is made from here.
 */
@Component
public class Windows {

  private static final Logger LOG = LoggerFactory.getLogger(Windows.class);

  private final PaymentStore store;
  private final Payments payments;
  private final Channels channels;
  private final Confirm confirm;
  private final OneSteps oneSteps;
  private final Waiter waiter;
  private final HubClock clock;

  Windows(
      PaymentStore store,
      Payments payments,
      Channels channels,
      Confirm confirm,
      OneSteps oneSteps,
      Waiter waiter,
      HubClock clock) {
    this.store = store;
    this.payments = payments;
    this.channels = channels;
    this.confirm = confirm;
    this.oneSteps = oneSteps;
    this.waiter = waiter;
    this.clock = clock;
  }

  /**
   * The browser is back from the window of a charge. Coming back again changes nothing and gives
   * the same payment.
   *
   * @throws Failed invalid if the return is not the PG's
   */
  public Payment comeBack(Payment payment, PgReturn back) {
    Channel channel = channel(payment);
    if (OneSteps.isOne(payment)) {
      return comeBackCharged(payment, channel, back);
    }
    Checkout checkout = channel.require(Checkout.class);
    WindowStep step = begin(payment, order -> checkout.authenticate(order, back));
    if (!step.ours()) {
      return step.payment();
    }
    Payment calling = step.payment();
    Order order = calling.order(calling.attempt());
    try {
      return payments.settle(
          calling, step.lease().call(() -> checkout.approve(order, calling.attempt().intent())));
    } catch (Lease.Ended late) {
      return overtaken(calling);
    }
  }

  private Payment comeBackCharged(Payment payment, Channel channel, PgReturn back) {
    if (payment.attempt().state() != Attempt.State.OPEN && !OneSteps.isUntold(payment, channel)) {
      // Whatever it brings now: coming back again gives the same.
      return oneSteps.ended(payment, channel, Map.of());
    }
    Order order = payment.order(payment.attempt());
    return switch (channel.require(OneStepCheckout.class).authenticate(order, back)) {
      case Returned.Forged(String why) -> throw forged(payment, why);
      case Returned.Abandoned(Decline decline) -> oneSteps.ended(payment, channel, decline);
      case Returned.Approved(Approval approval) -> oneSteps.ended(payment, approval);
      case Returned.Left _ -> oneSteps.ended(payment, channel, Map.of());
      case Returned.Authenticated(var _, Map<String, String> claim) ->
          oneSteps.ended(payment, channel, claim);
    };
  }

  private static Failed forged(Payment payment, String why) {
    LOG.warn("a forged return for {}: {}", payment.impUid(), why);
    return Failed.invalid(Refusal.FORGED);
  }

  /**
   * Verifies a return, asks the shop, and takes the merchant_uid: all that comes before the call.
   */
  public WindowStep begin(Payment payment, Function<Order, Returned> authenticate) {
    if (payment.attempt().state() != Attempt.State.OPEN) {
      return over(waiter.await(payment, p -> !p.isUndecided()));
    }
    return switch (authenticate.apply(payment.order(payment.attempt()))) {
      case Returned.Forged(String why) -> throw forged(payment, why);
      case Returned.Abandoned(Decline decline) -> over(abandon(payment, decline));
      case Returned.Left _ -> over(oneSteps.ended(payment, channel(payment), Map.of()));
      case Returned.Approved(Approval approval) -> over(oneSteps.ended(payment, approval));
      case Returned.Authenticated(var amount, Map<String, String> intent) ->
          amount != null && !amount.equals(payment.charged())
              ? over(abandon(payment, mismatch()))
              : take(payment, intent);
    };
  }

  private WindowStep take(Payment payment, Map<String, String> intent) {
    Optional<Decline> veto = confirm.ask(payment);
    if (veto.isPresent()) {
      return over(abandon(payment, veto.get()));
    }
    Lease lease = payments.lease();
    boolean[] ours = {false};
    try {
      Payment calling =
          store.update(
              payment,
              current -> {
                ours[0] = current.attempt().state() == Attempt.State.OPEN;
                return ours[0]
                    ? current.calling(intent, clock.instant(), payments.leaseEnd())
                    : Change.none(current);
              });
      return ours[0]
          ? new WindowStep(calling, true, lease)
          : over(waiter.await(calling, p -> !p.isUndecided()));
    } catch (PaymentStore.OrderTaken taken) {
      return over(abandon(payment, Decline.of(Reason.DUPLICATE_ORDER, Refusal.ORDER_RUNS)));
    } catch (PaymentStore.BudgetGone late) {
      // The buyer was shown a price that nobody pays the rest of any more, and is not charged.
      return over(abandon(payment, Decline.of(Reason.EXPIRED, Refusal.PROMOTION_OVER)));
    }
  }

  /** The buyer closed the window, or never came through it. */
  public Payment close(Payment payment) {
    Decline gaveUp = Decline.of(Reason.ABANDONED, Refusal.GAVE_UP);
    return payment.attempt().mayCharge()
        ? oneSteps.ended(payment, channel(payment), gaveUp)
        : abandon(payment, gaveUp);
  }

  private Channel channel(Payment payment) {
    return channels.get(payment.merchantId(), payment.via().channelKey());
  }

  /** A window ended in a billing key: V1 calls the payment paid, no money moved. */
  public Payment keyIssued(Payment calling, Approval shown) {
    return store.update(calling, payment -> payment.keyIssued(shown, clock.instant()));
  }

  /** A window charged, or nobody knows whether it did. */
  public Payment keyCharged(Payment calling, Outcome<Approval> outcome) {
    return payments.settle(calling, outcome);
  }

  /** The call came too late to be sent: waits a while for what the resolver makes of it. */
  public Payment overtaken(Payment calling) {
    return payments.await(payments.overtaken(calling));
  }

  /** A window did not end in a billing key. */
  public Payment keyRefused(Payment calling, Decline decline) {
    return payments.settle(calling, new Outcome.Declined<>(decline));
  }

  private WindowStep over(Payment ended) {
    return new WindowStep(ended, false, payments.lease());
  }

  private Payment abandon(Payment payment, Decline decline) {
    return store.update(payment, current -> current.abandon(decline, clock.instant()));
  }

  private static Decline mismatch() {
    return Decline.of(Reason.AMOUNT_MISMATCH, Refusal.OTHER_AMOUNT_AUTHENTICATED);
  }
}
